package playback

import (
	"slices"
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Constants of the self-test.
const (
	probeFor     = time.Second            // one trial
	probeEdge    = 250 * time.Millisecond // at either end, over which the position is taken
	probeLeast   = 4 * time.Millisecond   // a rate that should have moved less proves nothing
	probeShare   = 0.2                    // a rate may do this much more or less than it says
	probeStep    = 6 * time.Millisecond   // and lose this much when it changes
	probeStair   = 25 * time.Millisecond  // the same where positions come in steps of 40 ms
	probeTries   = 3                      // failures in a row before rates are given up
	probeAgain   = 2 * time.Minute        // until they are tried again
	unsafeWithin = 40 * time.Millisecond  // where rates cannot be used, errors below are let be
)

// selfTest finds out whether a playback rate does here what it says. In Safari
// a change of rate disturbs the sound (WebKit bug 208142; dash.js changes it in
// steps of a quarter only), and an element that corrects the pitch loses time
// whenever its rate leaves 1 (20 ms in Chromium). A servo that goes on all the
// same would correct for ever what it causes.
type selfTest struct {
	from   clock.Local
	head   []time.Duration // errors at the trial's beginning
	tail   []time.Duration // at its end
	pushed time.Duration   // what the rates should have moved until the head's end
	failed int
	unsafe bool
	since  clock.Local
}

// begin starts a trial anew: what was seen so far is not one.
func (s *selfTest) begin() { s.from, s.head, s.tail = 0, s.head[:0], s.tail[:0] }

// add takes one error, and what the rates should have moved until then.
func (s *selfTest) add(at clock.Local, err, pushed time.Duration, stair bool) {
	if s.unsafe && at.Sub(s.since) >= probeAgain {
		s.unsafe, s.failed = false, probeTries-1
	}
	if s.from == 0 {
		s.from = at
	}
	switch passed := at.Sub(s.from); {
	case passed <= probeEdge:
		s.head = append(s.head, err)
		s.pushed = pushed
	case passed >= probeFor+probeEdge:
		s.judge(at, pushed-s.pushed, stair)
		s.begin()
	case passed >= probeFor:
		s.tail = append(s.tail, err)
	}
}

func (s *selfTest) judge(at clock.Local, asked time.Duration, stair bool) {
	if len(s.head) < 3 || len(s.tail) < 3 {
		return
	}
	limit := probeStep
	if stair {
		limit = probeStair
	}
	off := (typical(s.tail, stair) - typical(s.head, stair) - asked).Abs()
	switch {
	case off > limit+time.Duration(probeShare*float64(asked.Abs())):
		if s.failed++; s.failed >= probeTries {
			s.unsafe, s.since = true, at
		}
	case asked.Abs() >= probeLeast:
		s.failed = 0
	}
}

// typical is the middle of v, or its highest where positions are only ever told
// too low.
func typical(v []time.Duration, stair bool) time.Duration {
	slices.Sort(v)
	if stair {
		return v[len(v)-1]
	}
	return v[len(v)/2]
}
