package playback

import (
	"slices"
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Constants of the self-test.
const (
	probeAfter = 600 * time.Millisecond // after a start: what a busy machine loses there is not the rate's doing
	probeFor   = time.Second            // one trial
	probeEdge  = 250 * time.Millisecond // at either end, over which the position is taken
	probeLeast = 4 * time.Millisecond   // rates that should have moved less prove nothing
	probeShare = 0.25                   // rates may do this much more or less than they say
	probeStep  = 6 * time.Millisecond   // and lose this much
	probeStair = 25 * time.Millisecond  // the same where positions come in steps of 40 ms
	probeTries = 5                      // failures in a row before rates are given up
	probeAgain = 30 * time.Second       // until they are tried again, twice as long each time
	probeLast  = 10 * time.Minute

	unsafeWithin = 40 * time.Millisecond // where rates cannot be used, errors below are let be
)

// selfTest finds out whether a playback rate does here what it says. In Safari
// a change of rate disturbs the sound (WebKit bug 208142; dash.js changes it in
// steps of a quarter only), and an element that corrects the pitch loses time
// whenever its rate leaves 1 (20 ms in Chromium). A servo that goes on all the
// same would correct for ever what it causes.
//
// An error without what the rates should have moved it is constant where they
// do as they say. A busy machine loses time too, now and then: so it takes five
// trials in a row, only such count in which a rate was to do something, and the
// verdict is tried again at a later start.
type selfTest struct {
	from   clock.Local
	head   []time.Duration // errors at the trial's beginning, less what was pushed
	tail   []time.Duration // at its end
	pushed time.Duration   // until the trial began
	turned bool            // a rate was set since then
	failed int
	unsafe bool
	since  clock.Local
	again  time.Duration
}

// begin starts a trial anew: what was seen so far is not one.
func (s *selfTest) begin() { s.from, s.head, s.tail, s.turned = 0, s.head[:0], s.tail[:0], false }

// turn notes that a rate was set.
func (s *selfTest) turn() { s.turned = true }

// pardon forgets the verdict.
func (s *selfTest) pardon() { *s = selfTest{head: s.head[:0], tail: s.tail[:0]} }

// retry gives rates another chance, when it is time: at a start, when the film
// is disturbed anyway.
func (s *selfTest) retry(now clock.Local) {
	if s.unsafe && now.Sub(s.since) >= s.again {
		s.unsafe, s.failed = false, probeTries-1
	}
}

// add takes one error, and what the rates should have moved until then.
func (s *selfTest) add(at clock.Local, err, pushed time.Duration, stair bool) {
	if s.from == 0 {
		s.from, s.pushed = at, pushed
	}
	switch passed := at.Sub(s.from); {
	case passed <= probeEdge:
		s.head = append(s.head, err-pushed)
	case passed >= probeFor+probeEdge:
		s.judge(at, pushed-s.pushed, stair)
		s.begin()
	case passed >= probeFor:
		s.tail = append(s.tail, err-pushed)
	}
}

func (s *selfTest) judge(at clock.Local, asked time.Duration, stair bool) {
	if len(s.head) < 3 || len(s.tail) < 3 || asked.Abs() < probeLeast {
		return
	}
	limit := probeStep
	if stair {
		limit = probeStair
	}
	off := (typical(s.tail, stair) - typical(s.head, stair)).Abs()
	if off <= limit+time.Duration(probeShare*float64(asked.Abs())) {
		if s.turned { // that a rate acts while it is left alone says nothing of what setting it costs
			s.failed, s.again = 0, 0
		}
		return
	}
	if s.failed++; s.failed >= probeTries {
		s.unsafe, s.since = true, at
		s.again = min(max(2*s.again, probeAgain), probeLast)
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
