package clock

import (
	"math"
	"slices"
	"time"
)

const (
	window   = 60 * time.Second
	capacity = 384 // a burst, a minute at 4 Hz, and some
	enough   = 8   // samples before anything is steered by them
	blocks   = 6
	lucky    = 1.6 // how much larger the least of seven variances is than it looks

	// What OneWayP95 is taken over: six seconds at 4 Hz.
	recent    = 24
	recentGap = 200 * time.Millisecond

	// free is how long after a reset a better estimate is taken as it is;
	// later it is approached at slewRate, so that no film is jerked.
	free     = 8 * time.Second
	slewRate = 0.5e-3 // seconds per second
	slewMost = 20 * time.Millisecond

	// A change this large for this long is another path, or a clock that
	// stood still: what was measured before says nothing any more.
	stepOver = 50 * time.Millisecond
	stepFor  = time.Second
)

// quantiles are the shares of the fastest packets that may be averaged. The
// minimum is best where delay is queueing, the mean where it is symmetric
// noise; which one holds is not known beforehand, so the data choose.
var quantiles = [...]float64{0, 0.02, 0.05, 0.10, 0.25, 0.50, 1}

// Filter estimates the offset from the samples of the last minute. For each
// direction by itself it averages the fastest share of the packets, and takes
// that share whose result varies least between interleaved blocks of the
// samples. The zero value is ready. It is not safe for concurrent use.
type Filter struct {
	ring  [capacity]exchange
	n     int // in ring
	head  int // next to write
	since Local

	theta  float64 // ns, the best estimate, at the last sample
	se     float64
	quant  float64 // the share that was chosen last
	drift  drift
	shown  float64 // ns, slewed towards theta
	at     Local   // when shown held
	odd    Local   // since when recent samples contradict theta
	isOdd  bool
	delay  time.Duration
	p95    time.Duration
	sorted [2][]float64 // scratch
	part   [2][]float64
}

type exchange struct {
	at          Local
	forth, back float64 // ns: Received-Sent, Returned-Replied
	round       float64
}

// Reset forgets everything: another path, another clock.
func (f *Filter) Reset() {
	s, p, d := f.sorted, f.part, f.drift
	d.reset()
	*f = Filter{sorted: s, part: p, drift: d}
}

// Add takes one sample; one that cannot have come about is dropped.
func (f *Filter) Add(s Sample) {
	if !s.possible() {
		return
	}
	if f.n > 0 && s.Returned < f.ring[(f.head+capacity-1)%capacity].at.Add(-window) {
		return
	}
	f.add(exchange{
		at: s.Returned, forth: float64(s.Received) - float64(s.Sent), back: float64(s.Returned) - float64(s.Replied),
		round: float64(s.Returned.Sub(s.Sent) - s.Replied.Sub(s.Received)),
	})
}

func (f *Filter) add(x exchange) {
	if f.n == 0 {
		f.since = x.at
		f.drift.until = x.at.Add(driftBlock)
	}
	if x.at >= f.drift.until {
		f.point(f.drift.until)
		f.drift.until = x.at.Add(driftBlock)
	}
	f.ring[f.head] = x
	f.head = (f.head + 1) % capacity
	f.n = min(f.n+1, capacity)
	for f.n > 1 && f.oldest().at < x.at.Add(-window) {
		f.n--
	}
	if f.contradicted(x) {
		f.Reset()
		f.add(x)
		return
	}
	shown := f.slewed(x.at)
	f.solve(x.at)
	f.shown, f.at = shown, x.at
	if young := x.at.Sub(f.since) < free; young || math.Abs(f.theta-shown) >= float64(slewMost) {
		f.shown = f.theta
	}
}

func (f *Filter) oldest() exchange { return f.ring[(f.head+capacity-f.n)%capacity] }

// point gives the drift the offset of the block that ends at end: the same
// average as was best for the whole window, over the block's samples alone.
func (f *Filter) point(end Local) {
	forth, back := f.part[0][:0], f.part[1][:0]
	var middle float64
	for i := range f.n {
		x := &f.ring[(f.head+capacity-1-i)%capacity]
		if x.at < end.Add(-driftBlock) {
			break
		}
		forth, back = append(forth, x.forth), append(back, x.back)
		middle += float64(x.at - end)
	}
	f.part = [2][]float64{forth, back}
	if len(forth) < enough {
		return
	}
	slices.Sort(forth)
	slices.Sort(back)
	at := end.Add(time.Duration(middle / float64(len(forth))))
	f.drift.add(at, (lowest(forth, f.quant)-lowest(back, f.quant))/2)
}

// contradicted tells whether every sample has been far from the estimate for
// long enough.
func (f *Filter) contradicted(x exchange) bool {
	if f.n <= enough {
		return false
	}
	// Half the round trip bounds how far one sample can be off by its delays.
	far := math.Abs((x.forth-x.back)/2-f.thetaAt(x.at)) > float64(stepOver)+x.round/2
	if !far {
		f.isOdd = false
		return false
	}
	if !f.isOdd {
		f.isOdd, f.odd = true, x.at
	}
	return x.at.Sub(f.odd) >= stepFor
}

// thetaAt is theta, carried on to now by the drift.
func (f *Filter) thetaAt(now Local) float64 { return f.theta + f.drift.slope*float64(now.Sub(f.at)) }

// slewed is the shown offset, carried on by the drift and moved towards theta.
func (f *Filter) slewed(now Local) float64 {
	passed := float64(now.Sub(f.at))
	shown := f.shown + f.drift.slope*passed
	most := max(passed, 0) * slewRate
	return shown + max(-most, min(most, f.thetaAt(now)-shown))
}

// Estimate tells what is known at now.
func (f *Filter) Estimate(now Local) Estimate {
	if f.n == 0 {
		return Estimate{}
	}
	off := f.slewed(now)
	// The samples are as old as half the window on average, and the drift since
	// then is known no better than its own error.
	age := float64(min(now.Sub(f.since), window)) / 2
	se := math.Hypot(f.se, f.drift.spread()*age)
	return Estimate{
		Offset: time.Duration(off), Uncertainty: time.Duration(2*se + math.Abs(f.thetaAt(now)-off)),
		Drift: f.drift.slope,
		Delay: f.delay, OneWayP95: f.p95, Samples: f.n, Ready: f.n >= enough,
	}
}

// solve chooses the quantile and sets theta at now, its standard error and the
// delays.
func (f *Filter) solve(now Local) {
	forth, back := f.gather(f.sorted, now, 0, 1)
	f.sorted = [2][]float64{forth, back}
	f.measureDelay(back)
	parts := min(blocks, f.n/3)
	if parts < 2 {
		f.theta = (forth[0] - back[0]) / 2
		f.se = float64(f.delay) / 4
		return
	}
	var sums, squares [len(quantiles)]float64
	for p := range parts {
		pf, pb := f.gather(f.part, now, p, parts)
		f.part = [2][]float64{pf, pb}
		for i, q := range quantiles {
			th := (lowest(pf, q) - lowest(pb, q)) / 2
			d := th - (forth[0]-back[0])/2 // near zero, so that squares keep their digits
			sums[i] += d
			squares[i] += d * d
		}
	}
	k := float64(parts)
	best, least := 0, math.Inf(1)
	for i := range quantiles {
		if v := squares[i]/k - (sums[i]/k)*(sums[i]/k); v < least {
			best, least = i, v
		}
	}
	q := quantiles[best]
	f.quant = q
	f.theta = (lowest(forth, q) - lowest(back, q)) / 2
	// The least of several variances is less than that of what it was taken from:
	// by this much where delays are uniform, normal or queues.
	f.se = lucky * math.Sqrt(max(least, 0)*k/(k-1)/k)
}

// gather sorts the delays of every step-th sample from first on, each as it
// would have been at now: without what the clocks drifted since.
func (f *Filter) gather(into [2][]float64, now Local, first, step int) (forth, back []float64) {
	forth, back = into[0][:0], into[1][:0]
	start := f.head + capacity - f.n
	for i := first; i < f.n; i += step {
		x := &f.ring[(start+i)%capacity]
		drifted := f.drift.slope * float64(now.Sub(x.at))
		forth, back = append(forth, x.forth+drifted), append(back, x.back-drifted)
	}
	slices.Sort(forth)
	slices.Sort(back)
	return forth, back
}

// lowest is the mean of the lowest share q of sorted values, of one at least.
func lowest(sorted []float64, q float64) float64 {
	k := max(1, int(math.Ceil(q*float64(len(sorted)))))
	base := sorted[0]
	sum := 0.0
	for _, v := range sorted[:k] {
		sum += v - base
	}
	return base + sum/float64(k)
}

// measureDelay finds the shortest round trip, and how slow the way here is now.
// The latter is wanted for the next command: a page that is still loading holds
// up dozens of the first burst's answers, and for a minute that would be the
// slowest twentieth. So it is that of the newest samples, one per recentGap.
func (f *Filter) measureDelay(back []float64) {
	least := math.Inf(1)
	var late [recent]float64
	k, next := 0, Local(math.MaxInt64)
	for i := range f.n {
		x := &f.ring[(f.head+capacity-1-i)%capacity]
		least = min(least, x.round)
		// By when they were asked: what was held up comes all at once.
		if asked := x.at.Add(-time.Duration(x.round)); k < recent && asked <= next {
			late[k], next = x.back, asked.Add(-recentGap)
			k++
		}
	}
	slices.Sort(late[:k])
	// A browser that rounds its clock to a millisecond has a host in the same
	// room answer before it was asked.
	least = max(least, 0)
	f.delay = time.Duration(least)
	f.p95 = time.Duration(late[(k*95-1)/100] - back[0] + least/2)
}
