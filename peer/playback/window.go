package playback

import (
	"slices"
	"time"

	"github.com/toile-party/toile/peer/clock"
)

const (
	windowFor  = 500 * time.Millisecond
	windowSlow = 1500 * time.Millisecond // when observations are rare: a hidden tab
	windowSize = 64
	envelope   = 5 // staircase: the highest of this many

	// actsAfter is how long after it was set a rate is heard, and seen in the
	// position: in Chromium 70 to 90 ms, the sound that was made already.
	actsAfter = 80 * time.Millisecond
)

// window holds the errors of the last moments and makes one of them.
//
// Chromium's positions scatter about the truth, so the median tells it.
// Firefox moves its position in steps of 40 ms and is only ever late: an
// unchanged position says nothing, and of the others the highest is truest.
//
// Each error is carried forward by what the film was made to run faster or
// slower since, and is about to from rates that were set but do not act yet: so
// neither the window's length nor the element's delay is a lag in the control
// loop (Smith, A controller to overcome dead time, ISA Journal 6, 1959).
type window struct {
	at      [windowSize]clock.Local
	err     [windowSize]time.Duration
	pushed  [windowSize]time.Duration // total correction that acted until then
	n, head int
	push    time.Duration // total correction so far
	last    time.Duration // position of the last observation
	lastAt  clock.Local
	lastDev float64
	devAt   clock.Local // since when it is lastDev
	before  float64     // what it was until then
	same    float64     // smoothed share of observations with an unchanged position
	scratch [windowSize]time.Duration
}

func (w *window) clear() { *w = window{same: w.same} }

// add takes one error; dev is how much the film's rate differs from the
// Timeline's from here on.
func (w *window) add(at clock.Local, position, err time.Duration, dev float64) {
	if w.lastAt != 0 {
		w.push += time.Duration(float64(at.Sub(w.lastAt)) * w.lastDev)
		unchanged := 0.0
		if position == w.last {
			unchanged = 1
		}
		w.same += 0.1 * (unchanged - w.same)
	}
	repeats := w.lastAt != 0 && position == w.last
	if dev != w.lastDev {
		w.devAt, w.before = at, w.lastDev
	}
	w.last, w.lastAt, w.lastDev = position, at, dev
	if repeats {
		return
	}
	w.at[w.head], w.err[w.head], w.pushed[w.head] = at, err, w.push-w.pending(at)
	w.head = (w.head + 1) % windowSize
	w.n = min(w.n+1, windowSize)
}

// pending is the correction that was asked for until at and does not show yet.
// Two changes are further apart than actsAfter.
func (w *window) pending(at clock.Local) time.Duration {
	since := min(at.Sub(w.devAt), actsAfter)
	return time.Duration(float64(since)*w.lastDev + float64(actsAfter-since)*w.before)
}

// estimate tells the error at now.
func (w *window) estimate(now clock.Local) (time.Duration, bool) {
	k := w.collect(now, windowFor)
	if k < 4 {
		k = w.collect(now, windowSlow)
	}
	if k < 2 {
		return 0, false
	}
	v := w.scratch[:k]
	if w.stair() {
		return slices.Max(v[:min(k, envelope)]), true
	}
	slices.Sort(v)
	return (v[k/2] + v[(k-1)/2]) / 2, true
}

// stair tells whether positions come in steps.
func (w *window) stair() bool { return w.same > 0.2 }

// collect puts the errors of the last span into scratch, the newest first.
func (w *window) collect(now clock.Local, span time.Duration) int {
	k := 0
	for i := range w.n {
		j := (w.head + 2*windowSize - 1 - i) % windowSize
		if now.Sub(w.at[j]) > span {
			break
		}
		w.scratch[k] = w.err[j] + w.push - w.pushed[j]
		k++
	}
	return k
}
