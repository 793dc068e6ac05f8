package party

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/wire"
)

// evening runs an evening of ten people's whims out of bytes: two for each
// thing that somebody does. At its end everybody must know the same party.
func evening(t *testing.T, whims []byte) {
	r := newRig(t, "Luc", "Zoé", "Mia")
	lossy := rand.New(rand.NewPCG(1, uint64(len(whims))))
	r.lost = func(string, wire.Message) bool { return lossy.IntN(10) == 0 }
	for i := 0; i+1 < len(whims) && i < 400; i += 2 {
		what, who := whims[i], whims[i+1]
		n := r.host
		if k := int(who) % (len(r.guests) + 1); k > 0 {
			n = r.guests[k-1]
		}
		someone := wire.PersonID(who/8%6 + 1)
		on := who&1 != 0
		events := []Event{
			Play{}, Pause{}, Seek{time.Duration(who) * time.Second}, SetRate{1 + float64(who%4)/4}, Undo{},
			Say{Text: string(rune('a' + who%26)), Reply: uint32(who % 16)}, Erase{uint32(who % 32)}, Clear{}, Typing{on}, React{"🔥"},
			Rename{Name: []string{"Ana", "Luc", "host", "Zoé", "", "x"}[who%6], Hue: uint16(who)}, Device{wire.Device(who % 4)},
			Change{Drive: ptr(wire.Drive(who % 3))}, Change{Locked: &on}, Change{Approve: &on}, Change{Muted: &on}, Change{Wait: ptr(wire.Wait(who % 3))},
			Grant{someone, on}, AskRemote{on}, Mute{someone, on}, Admit{someone, on}, Check{on}, Ready{true}, Countdown{time.Duration(who%4) * time.Second}, GoOn{},
		}
		switch k := int(what) % (len(events) + 6); {
		case k < len(events):
			r.do(n, events[k])
		case k == len(events):
			if len(r.guests) < 10 {
				g := r.knock("Eva", theSecret)
				r.run(100 * ms)
				r.do(g, TakeSeat{Name: "Eva"})
			}
		case k == len(events)+1:
			if len(r.guests) > 0 && what > 200 {
				r.do(r.host, Kick{someone})
			}
		case k == len(events)+2:
			if n == r.host || n.end != nil {
				break
			}
			for id := range n.links { // it breaks; the host is left to notice by itself
				delete(n.links, id)
				r.do(n, Closed{id})
			}
			if on && n.end == nil {
				r.do(n, Rejoin{})
				r.connect(n)
			}
		default:
			r.run(time.Duration(who) * 20 * ms)
		}
		r.run(20 * ms)
	}
	// The storm is over: everybody comes back, and time passes.
	r.lost = nil
	r.run(10 * time.Second)
	for _, g := range r.guests {
		if g.end == nil && g.view.Phase == Broken {
			r.do(g, Rejoin{})
			r.connect(g)
		}
	}
	r.run(20 * time.Second)
	h := r.host.view
	for _, g := range r.guests {
		v := g.view
		if g.end != nil || v.Phase != Theatre {
			continue
		}
		if v.Rules != h.Rules {
			t.Errorf("%s knows the rules %+v, the host %+v", g.name, v.Rules, h.Rules)
		}
		if g.lines() != r.host.lines() {
			t.Errorf("%s reads\n%s\nthe host\n%s", g.name, g.lines(), r.host.lines())
		}
		if len(v.People) != len(h.People) {
			t.Errorf("%s sees %q, the host %q", g.name, g.people(), r.host.people())
			continue
		}
		for _, p := range h.People {
			got := g.person(p.Name)
			got.Condition = p.Condition // measured anew all the time
			if got != p {
				t.Errorf("%s sees %+v, the host %+v", g.name, got, p)
			}
		}
		if v.Cue.Check != h.Cue.Check || v.Cue.Countdown != h.Cue.Countdown || len(v.Typing) != len(h.Typing) || v.Invitation != h.Invitation && h.Invitation != "" {
			t.Errorf("%s sees %+v, %v, %q; the host %+v, %v, %q", g.name, v.Cue, v.Typing, v.Invitation, h.Cue, h.Typing, h.Invitation)
		}
		if v.Film.Rate != h.Film.Rate || v.Film.Position != h.Film.Position {
			t.Errorf("%s's film is %+v, the host's %+v", g.name, v.Film, h.Film)
		}
	}
}

func TestEverybodyKnowsTheSamePartyAfterAnyEvening(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 7))
		whims := make([]byte, 160)
		for i := range whims {
			whims[i] = byte(rng.Uint32())
		}
		evening(t, whims)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzEverybodyKnowsTheSameParty(f *testing.F) {
	f.Add([]byte{0, 0, 12, 2, 25, 0, 13, 1, 26, 9, 30, 200})
	f.Fuzz(evening)
}
