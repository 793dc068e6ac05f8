package main

import (
	"math"
	"time"

	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/rival"
)

// night is what was seen of evenings by one system, over all seeds, in ms
// unless said otherwise. Nothing is left out: a film that does not move when it
// should counts as where it stands.
type night struct {
	skew    []float64 // between all pairs of people, in steady state
	guests  []float64 // between pairs of guests
	host    []float64 // guests behind the host's film, with sign
	opening []float64 // all pairs, the first five seconds
	start03 []float64 // first to last film, 0.3 s after the first one moved
	start15 []float64
	first03 []float64 // the same of each evening's first start alone, of which nothing was known
	lead    []float64 // from asking to the first film that moves
	play    []float64 // to each one
	pause   []float64 // from asking until each stands
	stood   []float64 // first to last film when they stand
	seek    []float64 // from asking until each plays on at the new place
	seek15  []float64 // first to last film, 1.5 s after the last one does
	join    []float64 // from a newcomer's loaded film until it is near
	stall   []float64 // from new data until the film is near
	stopped []float64 // how long one of the others stood still for either
	rate    []float64 // µs gained and lost by rates in a second of steady state, that is ppm, a person
	seeks   int       // in steady state
	minutes float64   // of steady state, of all people together
	off     []float64 // ours: how far the clock is off
	own     []float64 // ours: how far it says it may be
	within  int       // ours: how often it is
}

const (
	grid   = 50 * ms // 20 Hz
	fine   = ms      // after commands
	near   = 40 * ms // from the host's film: every system could get there
	giveUp = 20 * time.Second
)

// attend goes through one evening and adds what it saw.
func (n *night) attend(t troupe, p plan) {
	for t.People() <= p.guests {
		t.Join()
		t.Run(30 * ms)
	}
	t.Run(15 * time.Second)
	for k := range p.starts {
		if k%2 == 1 {
			t.Do(rival.Seek, time.Duration(20+7*k)*time.Second)
			t.Run(1200 * ms)
		}
		t.Do(rival.Play, 0)
		n.starts(watch(t, 2600*ms))
		if k == 0 {
			n.first03 = append(n.first03, n.start03[len(n.start03)-1])
		}
		t.Run(time.Second)
		t.Do(rival.Pause, 0)
		n.pauses(watch(t, 1500*ms))
	}
	t.Do(rival.Seek, 90*time.Second)
	t.Run(1500 * ms)
	t.Do(rival.Play, 0)
	n.opens(t)
	n.steady(t, p.run)
	t.Do(rival.Seek, 10*time.Minute)
	n.sought(watch(t, 5*time.Second))
	t.Run(5 * time.Second)
	n.stalls(t)
	n.joins(t)
}

// record is where films were, in ms, for each person at each fine step.
type record [][]float64

func watch(t troupe, d time.Duration) record {
	r := make(record, t.People())
	for k := range int(d/fine) + 1 {
		if k > 0 {
			t.Run(fine)
		}
		for i := range r {
			r[i] = append(r[i], inMs(t.Position(i)))
		}
	}
	return r
}

// runs tells whether a film ran in the step before k.
func (r record) runs(i, k int) bool {
	step := (r[i][k] - r[i][k-1]) / inMs(fine)
	return step > 0.15 && step < 4
}

// moves is the step in which a film begins to run, or -1.
func (r record) moves(i int) int {
	for k := 1; k < len(r[i]); k++ {
		if r.runs(i, k) {
			return k
		}
	}
	return -1
}

// spread is how far the first is from the last, at a step.
func (r record) spread(k int) float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for i := range r {
		lo, hi = min(lo, r[i][min(k, len(r[i])-1)]), max(hi, r[i][min(k, len(r[i])-1)])
	}
	return hi - lo
}

func (n *night) starts(r record) {
	first := math.MaxInt
	for i := range r {
		k := r.moves(i)
		if k < 0 {
			n.play = append(n.play, math.Inf(1))
			continue
		}
		n.play = append(n.play, inMs(time.Duration(k)*fine))
		first = min(first, k)
	}
	if first == math.MaxInt {
		first = 0
	}
	n.lead = append(n.lead, inMs(time.Duration(first)*fine))
	n.start03 = append(n.start03, r.spread(first+int(300*ms/fine)))
	n.start15 = append(n.start15, r.spread(first+int(1500*ms/fine)))
}

func (n *night) pauses(r record) {
	for i := range r {
		last := 0
		for k := 1; k < len(r[i]); k++ {
			if r.runs(i, k) {
				last = k
			}
		}
		n.pause = append(n.pause, inMs(time.Duration(last)*fine))
	}
	n.stood = append(n.stood, r.spread(len(r[0])-1))
}

func (n *night) sought(r record) {
	latest := 0
	for i := range r {
		last := 0
		for k := 1; k < len(r[i]); k++ {
			if !r.runs(i, k) {
				last = k
			}
		}
		n.seek = append(n.seek, inMs(time.Duration(last)*fine))
		latest = max(latest, last)
	}
	n.seek15 = append(n.seek15, r.spread(latest+int(1500*ms/fine)))
}

// opens is the first five seconds from when somebody's film moves.
func (n *night) opens(t troupe) {
	was := t.Position(0)
	for range int(2 * time.Second / fine) {
		t.Run(fine)
		if t.Position(0) != was {
			break
		}
	}
	for range int(5 * time.Second / grid) {
		t.Run(grid)
		n.opening = pairs(n.opening, t, 0)
	}
}

func (n *night) steady(t troupe, d time.Duration) {
	before := make([]luck.Cost, t.People())
	for i := range before {
		before[i] = t.Spent(i)
	}
	for k := range int(d / grid) {
		t.Run(grid)
		n.skew = pairs(n.skew, t, 0)
		n.guests = pairs(n.guests, t, 1)
		for i := 1; i < t.People(); i++ {
			n.host = append(n.host, inMs(t.Position(0)-t.Position(i)))
		}
		if o, ok := t.(*ours); ok && k%20 == 0 {
			n.clocks(o)
		}
	}
	for i := range before {
		c := t.Spent(i)
		n.rate = append(n.rate, (c.Integral-before[i].Integral).Seconds()/d.Seconds()*1e6)
		n.seeks += c.Seeks - before[i].Seeks
		n.minutes += d.Minutes()
	}
}

// clocks is what guests believe of the host's clock, beside the truth.
func (n *night) clocks(o *ours) {
	for _, g := range o.Nodes()[1:] {
		if off, own, ok := g.ClockError(); ok {
			n.off = append(n.off, inMs(off.Abs()))
			n.own = append(n.own, inMs(own))
			if off.Abs() <= own {
				n.within++
			}
		}
	}
}

// pairs adds how far each pair of people from a number on is apart.
func pairs(to []float64, t troupe, from int) []float64 {
	for i := from; i < t.People(); i++ {
		at := t.Position(i)
		for k := from; k < i; k++ {
			to = append(to, inMs((at - t.Position(k)).Abs()))
		}
	}
	return to
}

// stalls takes away one guest's data for four seconds.
func (n *night) stalls(t troupe) {
	const lost = 4 * time.Second
	t.Stall(2, lost)
	stood := n.settles(t, 2, lost, &n.stall)
	n.stopped = append(n.stopped, stood)
}

// joins lets one more in.
func (n *night) joins(t troupe) {
	t.Join()
	t.Run(time.Second) // its film loads
	stood := n.settles(t, t.People()-1, 0, &n.join)
	n.stopped = append(n.stopped, stood)
}

// settles waits until who's film is near the host's for a second, both running,
// and tells how long person 1's stood meanwhile.
func (n *night) settles(t troupe, who int, from time.Duration, into *[]float64) (stood float64) {
	calm := time.Duration(0)
	since := math.Inf(1)
	a, b := t.Position(0), t.Position(1)
	for d := grid; d <= from+giveUp; d += grid {
		t.Run(grid)
		host, other := t.Position(0), t.Position(1)
		if (other - b).Abs() < grid/2 {
			stood += inMs(grid)
		}
		running := host-a > grid/2
		a, b = host, other
		if d > from && running && (t.Position(who)-host).Abs() <= near {
			if calm == 0 && math.IsInf(since, 1) {
				since = inMs(d - from)
			}
			calm += grid
		} else if calm < time.Second {
			calm, since = 0, math.Inf(1)
		}
	}
	*into = append(*into, since)
	return stood
}

func inMs(d time.Duration) float64 { return float64(d) / 1e6 }
