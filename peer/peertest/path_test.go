package peertest

import (
	"testing"
	"time"

	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

// A phone leaves the house: from one second to the next the way to it is
// another, with another asymmetry. The delays themselves stay within what they
// were, so no sample looks wrong, and only who saw the path change can know.
func TestAnotherPathIsMeasuredAnew(t *testing.T) {
	errs := func(told bool) (worst time.Duration) {
		slow, fast := impair.Path{Delay: 70 * ms, Jitter: ms}, impair.Path{Delay: 30 * ms, Jitter: ms}
		s := NewStage(luck.Evening{Seed: 5, Network: impair.Condition{Forth: slow, Back: fast}}, wire.Media{ID: 1, Kind: wire.MediaURL, URL: "https://example.org/film.mp4", Duration: time.Hour}, 1)
		g := s.Enter()
		s.Run(5 * time.Second)
		s.Nodes()[0].Do(party.Play{})
		s.Run(30 * time.Second)
		g.Move(fast, fast)
		if told {
			for id := range g.links {
				g.Do(party.Moved{Link: id})
			}
		}
		s.Run(4 * time.Second)
		for range 20 {
			s.Run(100 * ms)
			off, _, ok := g.ClockError()
			if !ok {
				t.Fatal("the film does not run")
			}
			worst = max(worst, off.Abs())
		}
		return worst
	}
	if got := errs(false); got < 10*ms {
		t.Errorf("untold, the clock is off by %v only: this test shows nothing", got)
	}
	if got := errs(true); got > 2*ms {
		t.Errorf("four seconds after the path changed the clock is off by %v", got)
	}
}
