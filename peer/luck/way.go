package luck

import (
	"math"
	"time"

	"github.com/toile-party/toile/peer/impair"
)

// Direction is from the middle or to it.
type Direction int

// Forth is from the middle to a person, Back from them to the middle.
const (
	Forth Direction = iota
	Back
)

const (
	// slot is how long a network stays as it is: packets in one share a fate.
	slot = time.Millisecond
	// spacing turns a burst that takes so many packets into one that takes so
	// long: the packets of a party are about this far apart.
	spacing = 20 * time.Millisecond
	// stack is how late an event loop sees what has come, on average.
	stack = 100 * time.Microsecond
)

// Way is one direction between a person and the middle. It is not safe for
// concurrent use.
type Way struct {
	evening *Evening
	person  int
	to      Direction
	path    impair.Path
	far     time.Duration
	bursts  []time.Duration // ends of quiet and lossy spans, in turn, quiet first
	next    impair.Path     // from change on
	change  time.Duration
}

// Way is the way from or to a person.
func (e *Evening) Way(person int, to Direction) *Way {
	w := &Way{evening: e, person: person, to: to, change: math.MaxInt64}
	if person == 0 {
		return w
	}
	w.path = e.Network.Forth
	if to == Back {
		w.path = e.Network.Back
	}
	w.far = e.between(person, distance, 0, -e.Spread, e.Spread)
	return w
}

// Change makes the way another one at an instant.
func (w *Way) Change(at time.Duration, path impair.Path) { w.change, w.next = at, path }

// Fate tells what happens to a packet that leaves at: how late it is, or that
// it is lost.
func (w *Way) Fate(at time.Duration) (late time.Duration, lost bool) {
	e, k := w.evening, uint64(at/slot)
	p, far := w.path, w.far
	if at >= w.change {
		p, far = w.next, 0
	}
	stream := delayForth + int(w.to)
	u := func(i uint64) float64 { return e.unit(w.person, stream, 8*k+i) }
	late = time.Duration(-float64(stack) * math.Log(1-u(0)))
	if w.person == 0 {
		return late, false
	}
	if u(1) < p.Loss || w.inBurst(at, p) {
		return 0, true
	}
	late += p.Delay + far + time.Duration((2*u(2)-1)*float64(p.Jitter))
	if p.Normal > 0 {
		late += time.Duration(math.Sqrt(-2*math.Log(1-u(3))) * math.Cos(2*math.Pi*u(4)) * float64(p.Normal))
	}
	if (at-Begin)%(10*time.Second) < 10*time.Second/3 {
		late += time.Duration(u(5) * float64(p.Bloat))
	}
	return max(late, 0), false
}

// inBurst tells whether everything is lost at an instant: a chain of two states
// (Gilbert and Elliott) whose spans are exponential.
func (w *Way) inBurst(at time.Duration, p impair.Path) bool {
	if p.BurstEvery == 0 {
		return false
	}
	end := Begin
	if n := len(w.bursts); n > 0 {
		end = w.bursts[n-1]
	}
	for end <= at {
		n := len(w.bursts)
		mean := float64(spacing) / p.BurstEvery
		if n%2 == 1 {
			mean = float64(spacing) * p.BurstFor
		}
		end += time.Duration(-mean * math.Log(1-w.evening.unit(w.person, burstsForth+int(w.to), uint64(n))))
		w.bursts = append(w.bursts, end)
	}
	i := len(w.bursts) - 1
	for i > 0 && w.bursts[i-1] > at {
		i--
	}
	return i%2 == 1
}

// Carry tells when something arrives that is sent again until it does: by a
// reliable channel or TCP, which waits for an acknowledgement for first, and
// twice as long each time.
func (w *Way) Carry(at, first time.Duration) time.Duration {
	for {
		late, lost := w.Fate(at)
		if !lost {
			return at + late
		}
		at += first
		first *= 2
	}
}
