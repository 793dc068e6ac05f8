package peertest

import (
	"testing"
	"time"

	"github.com/toile-party/toile/peer/party"
)

// onTrueTime is when a moment of a node's clock truly is.
func (n *Node) onTrueTime(at time.Duration) time.Duration {
	return n.world.Now() + time.Duration(float64(at-time.Duration(n.clock()))/(1+n.drift))
}

func TestCountdownStartsFilmsTogetherAtItsInstant(t *testing.T) {
	for seed := range uint64(5) {
		w := full(seed, Network{Delay: uniform(50*ms, 10*ms), Loss: 0.05, Retransmit: 400 * ms}, 5)
		host := w.nodes[0]
		w.Run(5 * time.Second)
		pressed := w.Now()
		host.Do(party.Countdown{After: 3 * time.Second})
		w.Run(2 * time.Second)
		for _, n := range w.nodes {
			if !n.View.Cue.Countdown {
				t.Fatalf("seed %d: two seconds into the countdown %s does not see it", seed, n.name)
			}
			if d := n.onTrueTime(time.Duration(n.View.Cue.StartsAt)) - pressed - 3*time.Second; d.Abs() > 20*ms {
				t.Errorf("seed %d: %s counts to an instant that is %v off", seed, n.name, d)
			}
		}
		w.Run(1500 * ms)
		if _, worst := w.skew(50 * ms); worst > 50*ms {
			t.Errorf("seed %d: half a second after the start films are %v apart", seed, worst)
		}
		// A film's first start is late by what its element takes, which the servo
		// has not seen yet: 80 ms at most here.
		if d := host.Position() - (w.Now() - pressed - 3*time.Second); d.Abs() > 90*ms {
			t.Errorf("seed %d: the film is %v off from what the countdown promised", seed, d)
		}
	}
}

func TestReactionsAreSeenAtOneTrueInstant(t *testing.T) {
	w := full(11, Network{Delay: uniform(50*ms, 10*ms), Loss: 0.02, Retransmit: 150 * ms}, 5)
	w.Run(10 * time.Second)
	late := 0
	for i := range 40 {
		w.nodes[1+i%5].Do(party.React{Emoji: "🔥"})
		w.Run(time.Second)
		var first time.Duration
		for k, n := range w.nodes {
			list := n.View.Reactions
			if len(list) == 0 {
				t.Fatalf("reaction %d: %s does not see it", i, n.name)
			}
			at := n.onTrueTime(time.Duration(list[len(list)-1].At))
			if k == 0 {
				first = at
			}
			if d := (at - first).Abs(); d > 15*ms {
				late++
				t.Logf("reaction %d: %s sees it %v away from the host", i, n.name, d)
			}
		}
	}
	if late > 0 {
		t.Errorf("%d of 240 were not seen at the host's instant", late)
	}
}
