package main

import (
	"fmt"
	"math"
	"slices"
)

// curve is one system's skews, for a plot.
type curve struct {
	name   string
	sorted []float64
}

// compare lets all systems go through the evenings of one condition.
func (f *figures) compare(c condition, p plan) ([]curve, error) {
	fmt.Printf("\n%s\n", c.title)
	fmt.Printf("  %-24s %28s %8s %17s %15s %15s %9s %7s\n", "", "skew p50 / p95 / p99 / max", "× p95", "start +0.3/+1.5 s", "lead/pause p99", "join/stall s", "rate ppm", "seeks/h")
	var curves []curve
	var base float64
	for _, s := range systems() {
		var n night
		for seed := range p.seeds {
			e := c.luck
			e.Seed = uint64(seed)
			n.attend(s.open(e), p)
		}
		f.tell(c, s.name, &n)
		skew := n.skew
		p95 := quantile(skew, 0.95)
		if s.name == ourName {
			base = p95
		} else {
			f.add("ratio of media skew p95 to ours", c.name, s.name, p95/base, "", len(skew))
		}
		curves = append(curves, curve{s.name, skew})
		fmt.Printf("  %-24s %6.2f %6.2f %6.2f %7.2f %8.1f %8.1f %8.1f %7.0f %7.0f %7s %7s %9.0f %7.1f\n", s.name,
			quantile(skew, 0.5), p95, quantile(skew, 0.99), quantile(skew, 1), p95/base,
			quantile(n.start03, 0.95), quantile(n.start15, 0.95), quantile(n.lead, 0.95), quantile(n.pause, 0.99),
			seconds(n.join), seconds(n.stall), mean(n.rate), float64(n.seeks)/n.minutes*60)
		if s.name == ourName {
			fmt.Printf("  %-24s guests alone p95 %.2f; behind the host's film p50 %.2f; clock off by p95 %.2f, says 2 SE p50 %.2f and is within in %.1f %%\n", "",
				quantile(n.guests, 0.95), quantile(n.host, 0.5), quantile(n.off, 0.95), quantile(n.own, 0.5), 100*float64(n.within)/float64(len(n.off)))
		}
	}
	return curves, nil
}

// tell adds all that was seen of one system, and sorts it.
func (f *figures) tell(c condition, system string, n *night) {
	for _, v := range [][]float64{n.skew, n.guests, n.opening, n.start03, n.start15, n.first03, n.lead, n.play, n.pause, n.stood, n.seek, n.seek15, n.join, n.stall, n.stopped, n.off, n.own, n.host} {
		slices.Sort(v)
	}
	add := func(name string, v []float64, q float64, unit string) {
		f.add(name, c.name, system, quantile(v, q), unit, len(v))
	}
	f.spread("media skew", c.name, system, n.skew)
	f.spread("media skew, guests alone", c.name, system, n.guests)
	f.spread("media skew, first five seconds", c.name, system, n.opening)
	add("guests behind the host's film p50", n.host, 0.5, "ms")
	for _, one := range []struct {
		name string
		v    []float64
	}{{"start spread +0.3 s", n.start03}, {"start spread +1.5 s", n.start15}, {"pause latency", n.pause}, {"play latency", n.play},
		{"seek latency", n.seek}, {"spread 1.5 s after a seek", n.seek15}, {"spread of films that stand", n.stood}} {
		f.spread(one.name, c.name, system, one.v)
	}
	add("start spread +0.3 s, the first start p50", n.first03, 0.5, "ms")
	add("play lead p95", n.lead, 0.95, "ms")
	for _, one := range []struct {
		name string
		v    []float64
	}{{"late join until within 40 ms", n.join}, {"after a stall until within 40 ms", n.stall}} {
		add(one.name+" p50", one.v, 0.5, "ms")
		add(one.name+" max", one.v, 1, "ms")
		never := 0
		for _, x := range one.v {
			if math.IsInf(x, 1) {
				never++
			}
		}
		f.add(one.name+", not within 20 s", c.name, system, float64(never), "", len(one.v))
	}
	f.add("others stood still for a stall or a newcomer, mean", c.name, system, mean(n.stopped), "ms", len(n.stopped))
	f.add("rate correction", c.name, system, mean(n.rate), "ppm", len(n.rate))
	f.add("seeks in steady state", c.name, system, float64(n.seeks)/n.minutes*60, "/h", n.seeks)
	if len(n.off) > 0 {
		f.spread("clock off by", c.name, system, n.off)
		add("own uncertainty (2 SE) p50", n.own, 0.5, "ms")
		f.add("clock within its own uncertainty", c.name, system, 100*float64(n.within)/float64(len(n.off)), "%", len(n.off))
	}
}

// seconds is the median, or that there is none.
func seconds(sorted []float64) string {
	if m := quantile(sorted, 0.5); !math.IsInf(m, 1) {
		return fmt.Sprintf("%.1f", m/1e3)
	}
	return "never"
}
