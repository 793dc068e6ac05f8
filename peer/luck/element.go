package luck

import (
	"math"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
)

const ms = time.Millisecond

// What headless Chromium 156, and where it says so Firefox, was measured to do.
const (
	// With preservesPitch on, rates this near to 1 do nothing, and going back
	// into that band throws the time-stretcher's state away.
	deadZone  = 0.00104
	pulseLoss = 20300 * time.Microsecond

	// Firefox 153 moves positions when it has handed on so much sound
	// (AUDIO_DURATION_USECS).
	stair = 40 * ms

	scatter = 150 * time.Microsecond // of positions, one standard deviation
)

// Element is one person's media element: a virtual player with the faults of a
// real one, and with a record of what was asked of it. It is not safe for
// concurrent use.
type Element struct {
	playback.VirtualPlayer
	Cost

	exact bool
	rate  float64
	since clock.Local
	live  bool // the seek under way began while the film played
}

// Cost is what a film went through.
type Cost struct {
	Integral time.Duration // time gained and lost by rates, both counted as positive
	Seeks    int           // while it played
}

// Element gives person an element of their own; each has its own latencies. An
// exact one does what rates say, as browsers do with preservesPitch off; the
// others are as browsers make them.
func (e *Evening) Element(person int, exact bool) *Element {
	l := &Element{exact: exact, rate: 1}
	// After a seek a device takes about as long each time, and each device
	// another time: its sound buffers.
	own := e.between(person, startOf, 0, 65*ms, 86*ms)
	l.StartLatency = e.each(func(k uint64) time.Duration {
		return own + time.Duration(3*e.normal(person, startTime, k)*float64(ms))
	})
	// A resume falls on one side or the other of a buffer of 20 ms.
	l.Resume = e.each(func(k uint64) time.Duration {
		if e.unit(person, resumeTime, k) < 0.5 {
			return -10 * ms
		}
		return 11 * ms
	})
	paused := e.each(func(k uint64) time.Duration { return e.between(person, seekTime, k, 18*ms, 51*ms) })
	live := e.each(func(k uint64) time.Duration { return e.between(person, jumpTime, k, 87*ms, 123*ms) })
	l.SeekLatency = func() time.Duration {
		if l.live {
			return live()
		}
		return paused()
	}
	if e.isFirefox(person) {
		l.exact, l.Prompt = true, true
		l.StartLatency = e.each(func(k uint64) time.Duration { return e.between(person, startTime, k, 1*ms, 5*ms) })
		l.Resume = l.StartLatency
		paused = e.each(func(k uint64) time.Duration { return e.between(person, seekTime, k, 10*ms, 61*ms) })
		live = e.each(func(k uint64) time.Duration { return e.between(person, jumpTime, k, 42*ms, 69*ms) })
		l.Report = func(d time.Duration) time.Duration { return d / stair * stair }
	}
	phase := e.unit(person, noise, math.MaxUint32)
	l.Noise = func(at clock.Local) time.Duration {
		d := time.Duration(e.normal(person, noise, uint64(at)) * float64(scatter))
		if e.Sawtooth > 0 {
			x := float64(at)/float64(e.Sawtooth) + phase
			d += time.Duration((math.Floor(x) - x + 0.5) * float64(e.Sawtooth))
		}
		return d
	}
	if !l.exact {
		l.Gain = func(rate float64) float64 {
			if math.Abs(rate-1) < deadZone {
				return 1
			}
			return rate
		}
	}
	return l
}

// each counts what is drawn from a stream.
func (e *Evening) each(draw func(k uint64) time.Duration) func() time.Duration {
	k := uint64(0)
	return func() time.Duration {
		k++
		return draw(k)
	}
}

// Apply does what c says, at now.
func (l *Element) Apply(now clock.Local, c playback.Command) {
	l.spend(now)
	paused := l.Observe(now).Paused
	if c.Do == playback.Jump && !paused || c.Do == playback.Start && !paused {
		l.Seeks++
	}
	l.live = c.Do == playback.Jump && !paused
	l.Disturb = nil
	switch c.Do {
	case playback.Rate:
		if was, is := math.Abs(l.rate-1) >= deadZone, math.Abs(c.Rate-1) >= deadZone; !l.exact && was && !is {
			l.Disturb = func() time.Duration { return pulseLoss }
		}
		l.rate = c.Rate
	case playback.Start:
		l.rate = c.Rate
	case playback.Hold:
		l.rate = 1
	}
	l.VirtualPlayer.Apply(now, c)
}

// Lose lets the film lose d at once: a busy machine did not feed the sound.
func (l *Element) Lose(now clock.Local, d time.Duration) {
	loss := l.Disturb
	l.Disturb = func() time.Duration { return d }
	l.VirtualPlayer.Apply(now, playback.Command{Do: playback.Rate, Rate: math.Nextafter(l.rate, 2)})
	l.Disturb = loss
}

// spend adds up what the rate cost until now.
func (l *Element) spend(now clock.Local) {
	if !l.Observe(now).Paused && l.rate != 0 {
		l.Integral += time.Duration(math.Abs(l.rate-1) * float64(now.Sub(l.since)))
	}
	l.since = now
}

// Spent is the cost until now.
func (l *Element) Spent(now clock.Local) Cost {
	l.spend(now)
	return l.Cost
}

// Speed is the rate that was last asked for.
func (l *Element) Speed() float64 { return l.rate }
