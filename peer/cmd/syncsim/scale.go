package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/toile-party/toile/peer/peertest"
	"github.com/toile-party/toile/peer/rival"
)

// scale measures ours with more and more people: how far films are apart, what
// the host sends, and what the machines cost.
func (f *figures) scale(p plan) {
	c := conditions()[1]
	fmt.Printf("\nMore people, %s\n", c.title)
	fmt.Printf("  %-8s %26s %14s %14s %22s %22s\n", "guests", "skew p95 / p99 / max ms", "host packets/s", "host kB/s", "guest CPU s/film hour", "host CPU s/film hour")
	for _, guests := range p.crowd {
		var n night
		var packets, sent, guest, host float64
		seeds := p.crowdSeeds
		if guests > 200 {
			seeds = 1
		}
		for seed := range seeds {
			e := c.luck
			e.Seed = uint64(seed)
			s := peertest.NewStage(e, film, guests)
			for range guests {
				s.Enter()
				s.Run(5 * ms)
			}
			s.Run(15 * time.Second)
			t := &ours{s}
			t.Do(rival.Play, 0)
			s.Run(5 * time.Second)
			packets -= float64(s.Packets)
			sent -= float64(s.Sent)
			s.Meter = meter()
			n.crowd(t, p.crowdRun)
			packets += float64(s.Packets)
			sent += float64(s.Sent)
			for i, node := range s.Nodes() {
				if i == 0 {
					host += node.Busy().Seconds()
				} else {
					guest += node.Busy().Seconds() / float64(guests)
				}
			}
		}
		slices.Sort(n.skew)
		seconds := p.crowdRun.Seconds() * float64(seeds)
		name := fmt.Sprintf("%s, %d guests", c.name, guests)
		for _, q := range []struct {
			name string
			q    float64
		}{{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}, {"max", 1}} {
			f.add("media skew "+q.name, name, ourName, quantile(n.skew, q.q), "ms", len(n.skew))
		}
		f.add("host sends packets", name, ourName, packets/seconds, "/s", seeds)
		f.add("host sends", name, ourName, sent/seconds, "B/s", seeds)
		f.add("guest's machine, CPU for an hour of film", name, ourName, guest/seconds*3600, "s", seeds)
		f.add("host's machine, CPU for an hour of film", name, ourName, host/seconds*3600, "s", seeds)
		fmt.Printf("  %-8d %8.2f %8.2f %8.2f %14.0f %14.1f %22.2f %22.2f\n", guests, quantile(n.skew, 0.95), quantile(n.skew, 0.99), quantile(n.skew, 1),
			packets/seconds, sent/seconds/1e3, guest/seconds*3600, host/seconds*3600)
	}
}

// crowd is a steady state of many: of the pairs of more than a hundred people
// those of every so manieth with everybody are taken.
func (n *night) crowd(t *ours, d time.Duration) {
	people := t.People()
	step := max(1, people/50)
	at := make([]time.Duration, people)
	for range int(d / (10 * grid)) {
		t.Run(10 * grid)
		for i := range at {
			at[i] = t.Position(i)
		}
		for i := range at {
			for k := 0; k < i; k += step {
				n.skew = append(n.skew, inMs((at[i] - at[k]).Abs()))
			}
		}
	}
}

// meter is a real clock.
func meter() func() time.Duration {
	from := time.Now()
	return func() time.Duration { return time.Since(from) }
}
