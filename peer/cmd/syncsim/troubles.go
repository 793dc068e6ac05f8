package main

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/peertest"
	"github.com/toile-party/toile/peer/rival"
)

// handshake is how long a new link takes: ICE, DTLS and SCTP need about five
// round trips.
const handshake = 500 * ms

// trouble is something that happens to one guest of a party that plays.
type trouble struct {
	name string
	do   func(s *peertest.Stage, who *peertest.Node, seen *aftermath)
}

// aftermath is how that guest's film did, in ms from the host's.
type aftermath struct {
	during, after []float64
	back          []float64 // s until it is in sync, also by its badge
	others        []float64 // the other guests' films, from the host's, from the trouble on
}

func troubles() []trouble {
	return []trouble{
		{"10 s blackout", func(s *peertest.Stage, who *peertest.Node, seen *aftermath) {
			who.Cut()
			seen.watch(s, who, 10*time.Second, &seen.during)
			who.Mend()
			rejoin(s, who)
			seen.recovers(s, who)
		}},
		{"hidden tab for two minutes", func(s *peertest.Stage, who *peertest.Node, seen *aftermath) {
			who.Player.Hidden = true
			seen.watch(s, who, 2*time.Minute, &seen.during)
			who.Player.Hidden = false
			seen.recovers(s, who)
		}},
		{"60 s asleep, the clock goes on", func(s *peertest.Stage, who *peertest.Node, seen *aftermath) {
			who.Sleep(time.Minute)
			s.Run(time.Minute + ms)
			rejoin(s, who)
			seen.recovers(s, who)
		}},
		{"60 s asleep, the clock stands", func(s *peertest.Stage, who *peertest.Node, seen *aftermath) {
			who.Nap(time.Minute)
			s.Run(time.Minute + ms)
			rejoin(s, who)
			seen.recovers(s, who)
		}},
		{"5 s asleep, the clock stands", func(s *peertest.Stage, who *peertest.Node, seen *aftermath) {
			who.Nap(5 * time.Second)
			s.Run(5*time.Second + ms)
			rejoin(s, who)
			seen.recovers(s, who)
		}},
		{"another path, RTT 100 to 160 ms", func(s *peertest.Stage, who *peertest.Node, seen *aftermath) {
			p := impair.Path{Delay: 80 * ms, Jitter: 10 * ms, Loss: 0.02}
			who.Move(p, p)
			who.Notice()
			seen.recovers(s, who)
			seen.watch(s, who, time.Minute, &seen.during)
		}},
		{"another path, RTT 100 to 40 ms", func(s *peertest.Stage, who *peertest.Node, seen *aftermath) {
			p := impair.Path{Delay: 20 * ms, Jitter: 4 * ms}
			who.Move(p, p)
			who.Notice()
			seen.recovers(s, who)
			seen.watch(s, who, time.Minute, &seen.during)
		}},
	}
}

// rejoin is one tap on the button, as soon as it is there.
func rejoin(s *peertest.Stage, who *peertest.Node) {
	if who.View.Phase == party.Broken {
		who.Do(party.Rejoin{})
		s.After(handshake, func() { s.Connect(who) })
		return
	}
	s.After(grid, func() { rejoin(s, who) })
}

func (a *aftermath) watch(s *peertest.Stage, who *peertest.Node, d time.Duration, into *[]float64) {
	for range int(d / grid) {
		s.Run(grid)
		host := s.Nodes()[0].Position()
		*into = append(*into, inMs((who.Position() - host).Abs()))
		for _, n := range s.Nodes()[1:] {
			if n != who {
				a.others = append(a.others, inMs((n.Position() - host).Abs()))
			}
		}
	}
}

// recovers waits until the film is within 10 ms for a second and the badge says
// so, for half a minute at most.
func (a *aftermath) recovers(s *peertest.Stage, who *peertest.Node) {
	good, since := 0, math.Inf(1)
	for k := range int(30 * time.Second / grid) {
		a.watch(s, who, grid, &a.after)
		right := a.after[len(a.after)-1] <= 10 && who.View.Phase == party.Theatre && who.View.Sync.State == party.Synced
		switch {
		case !right && good < 20:
			good, since = 0, math.Inf(1)
		case right:
			if good == 0 {
				since = float64(k+1) * grid.Seconds()
			}
			good++
		}
	}
	a.back = append(a.back, since)
}

func (f *figures) troubles(p plan) {
	c := conditions()[1]
	fmt.Printf("\nTroubles of one of four guests, %s\n", c.title)
	fmt.Printf("  %-34s %24s %22s %20s\n", "", "in sync after s p50/max", "film off ms p95/max", "the others' max ms")
	for _, t := range troubles() {
		var a aftermath
		for seed := range p.troubles {
			s := playing(c, uint64(seed))
			t.do(s, s.Nodes()[2], &a)
		}
		for _, v := range [][]float64{a.back, a.during, a.others} {
			slices.Sort(v)
		}
		f.add("in sync after, p50", t.name, ourName, quantile(a.back, 0.5), "s", len(a.back))
		f.add("in sync after, max", t.name, ourName, quantile(a.back, 1), "s", len(a.back))
		if len(a.during) > 0 {
			f.add("film off meanwhile, p95", t.name, ourName, quantile(a.during, 0.95), "ms", len(a.during))
			f.add("film off meanwhile, max", t.name, ourName, quantile(a.during, 1), "ms", len(a.during))
		}
		f.add("others' films off, max", t.name, ourName, quantile(a.others, 1), "ms", len(a.others))
		during := "                     -" // asleep, nobody looks at it
		if len(a.during) > 0 {
			during = fmt.Sprintf("%11.2f %10.2f", quantile(a.during, 0.95), quantile(a.during, 1))
		}
		fmt.Printf("  %-34s %12.2f %11.2f %s %20.2f\n", t.name, quantile(a.back, 0.5), quantile(a.back, 1), during, quantile(a.others, 1))
	}
	var n night
	long := playing(c, 1)
	n.steady(&ours{long}, p.long)
	slices.Sort(n.skew)
	name := fmt.Sprintf("%s, %.0f minutes", c.name, p.long.Minutes())
	f.add("seeks in steady state", name, ourName, float64(n.seeks), "", len(long.Nodes()))
	f.spread("media skew", name, ourName, n.skew)
	fmt.Printf("  %.0f minutes: %d seeks, skew p95 %.2f, p99 %.2f, max %.2f ms\n", p.long.Minutes(), n.seeks, quantile(n.skew, 0.95), quantile(n.skew, 0.99), quantile(n.skew, 1))
}

// playing is a party of five that has played for a minute.
func playing(c condition, seed uint64) *peertest.Stage {
	e := c.luck
	e.Seed = seed
	s := peertest.NewStage(e, film, 0)
	for range 4 {
		s.Enter()
		s.Run(30 * ms)
	}
	s.Run(15 * time.Second)
	(&ours{s}).Do(rival.Play, 0)
	s.Run(time.Minute)
	return s
}
