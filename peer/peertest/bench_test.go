package peertest

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/party"
)

// bounds are figures of many evenings, in ms.
type bounds struct{ skew95, skew99, clock95, start03, start15, pause99 float64 }

// sample is what they are taken from.
type sample struct{ skew, clock, start03, start15, pause []float64 }

func (s *sample) bounds() bounds {
	q := func(v []float64, q float64) float64 {
		slices.Sort(v)
		return v[min(len(v)-1, int(q*float64(len(v))))]
	}
	return bounds{q(s.skew, 0.95), q(s.skew, 0.99), q(s.clock, 0.95), q(s.start03, 0.95), q(s.start15, 0.95), q(s.pause, 0.99)}
}

// quartz is how much devices' clocks differ, one standard deviation.
const quartz = 15e-6

func inMs(d time.Duration) float64 { return float64(d) / 1e6 }

// evening is four starts and pauses, a warm-up, and half a minute of steady
// state, of six people.
func (s *sample) evening(e luck.Evening, warm time.Duration) {
	st := NewStage(e, film, 0)
	for range 5 {
		st.Enter()
		st.Run(30 * ms)
	}
	st.Run(10 * time.Second)
	host := st.nodes[0]
	for range 4 {
		host.Do(party.Play{})
		due := st.onTrueTime(host)
		st.Run(due + 300*ms)
		s.start03 = append(s.start03, st.apart())
		st.Run(1200 * ms)
		s.start15 = append(s.start15, st.apart())
		st.Run(time.Second)
		host.Do(party.Pause{})
		s.pauses(st)
		st.Run(time.Second)
	}
	host.Do(party.Play{})
	st.Run(warm)
	for k := range 600 {
		st.Run(50 * ms)
		for i, n := range st.nodes {
			for _, o := range st.nodes[:i] {
				s.skew = append(s.skew, inMs((n.Position() - o.Position()).Abs()))
			}
			if off, _, ok := n.ClockError(); i > 0 && ok && k%20 == 0 {
				s.clock = append(s.clock, inMs(off.Abs()))
			}
		}
	}
}

// onTrueTime is how long it is until the film that the host shows moves.
func (st *Stage) onTrueTime(host *Node) time.Duration {
	return time.Duration(host.View.Film.At.Sub(host.clock()))
}

// apart is how far the first film is from the last, in ms.
func (st *Stage) apart() float64 {
	lo, hi := st.nodes[0].Position(), st.nodes[0].Position()
	for _, n := range st.nodes {
		lo, hi = min(lo, n.Position()), max(hi, n.Position())
	}
	return inMs(hi - lo)
}

// pauses notes when each film stood, after it was asked for.
func (s *sample) pauses(st *Stage) {
	at := st.Now()
	stood := make([]time.Duration, len(st.nodes))
	for range 400 {
		st.Run(ms)
		for i, n := range st.nodes {
			if stood[i] == 0 && n.Player.Observe(n.clock()).Paused {
				stood[i] = st.Now() - at
			}
		}
	}
	for _, d := range stood {
		if d == 0 {
			d = time.Second
		}
		s.pause = append(s.pause, inMs(d))
	}
}

func named(name string) impair.Condition {
	for _, c := range impair.Conditions() {
		if c.Name == name {
			return c
		}
	}
	panic(name)
}

// These bounds are a quarter to a half above what was measured when they were
// written. Each of them is there because something fails it that would not fail
// the others: see the commit.
func TestFilmsStayTogetherOverManySeeds(t *testing.T) {
	for _, c := range []struct {
		name string
		luck luck.Evening
		warm time.Duration
		most bounds
	}{
		{"clean", luck.Evening{Network: named("clean"), Drift: quartz}, 10 * time.Second, bounds{1, 1.5, 0.7, 20, 1.3, 4}},
		{"rtt100", luck.Evening{Network: named("rtt100"), Drift: quartz}, 30 * time.Second, bounds{1.3, 1.8, 1, 15, 2, 85}},
		{"normal10", luck.Evening{Network: named("normal10"), Drift: quartz}, 30 * time.Second, bounds{2.8, 3.8, 2.2, 16, 4.5, 95}},
		{"bloat", luck.Evening{Network: named("bloat"), Drift: quartz}, 30 * time.Second, bounds{0.9, 1.3, 0.55, 15, 1.5, 135}},
		{"drift", luck.Evening{Network: named("rtt100"), Drift: 50e-6, Opposite: true}, 4 * time.Minute, bounds{1.1, 1.5, 0.8, 15, 3, 85}},
	} {
		var s sample
		for seed := range uint64(8) {
			c.luck.Seed = seed
			s.evening(c.luck, c.warm)
		}
		got := s.bounds()
		t.Logf("%-8s %.2f", c.name, got)
		for _, b := range []struct {
			what      string
			got, most float64
		}{
			{"films apart, p95", got.skew95, c.most.skew95}, {"films apart, p99", got.skew99, c.most.skew99},
			{"clock off, p95", got.clock95, c.most.clock95},
			{"films apart 0.3 s after a start, p95", got.start03, c.most.start03},
			{"films apart 1.5 s after a start, p95", got.start15, c.most.start15},
			{"pause until it stands, p99", got.pause99, c.most.pause99},
		} {
			if b.got > b.most {
				t.Errorf("%s: %s %.2f ms, at most %.2f", c.name, b.what, b.got, b.most)
			}
		}
	}
}

// A busy machine loses a few hundredths of a second of film now and then. The
// servo makes up for it: it does not jump, and soon nobody hears it.
func TestFilmsComeBackFromHiccups(t *testing.T) {
	for _, c := range []struct{ lose, within, most time.Duration }{
		{8 * ms, 1500 * ms, 4 * ms},
		{60 * ms, 2500 * ms, 9 * ms},
		{60 * ms, 6 * time.Second, 1500 * us},
	} {
		worst := time.Duration(0)
		for seed := range uint64(6) {
			st := playing(luck.Evening{Seed: seed, Network: named("clean"), Drift: quartz})
			n := st.nodes[2]
			before := n.Spent().Seeks
			n.seat.film.Lose(n.clock(), c.lose)
			st.Run(c.within)
			worst = max(worst, (n.Position() - st.nodes[0].Position()).Abs())
			if n.Spent().Seeks != before {
				t.Errorf("%v lost, seed %d: it jumped", c.lose, seed)
			}
		}
		t.Logf("%v after it lost %v a film is %v off", c.within, c.lose, worst)
		if worst > c.most {
			t.Errorf("%v after it lost %v a film is %v off, at most %v", c.within, c.lose, worst, c.most)
		}
	}
}

// playing is a party of six, a minute into a film.
func playing(e luck.Evening) *Stage {
	st := NewStage(e, film, 0)
	for range 5 {
		st.Enter()
		st.Run(30 * ms)
	}
	st.Run(10 * time.Second)
	st.nodes[0].Do(party.Play{})
	st.Run(time.Minute)
	return st
}

// What is run for every picture must leave nothing for the collector: its
// pauses are errors of the clock.
func TestPicturesOfASteadyFilmAllocateNothing(t *testing.T) {
	st := playing(luck.Evening{Seed: 1, Network: named("rtt100"), Drift: quartz})
	for i, n := range st.nodes {
		st.Run(3 * ms)
		var ev party.Event = party.Observed{Observation: n.Player.Observe(n.clock())}
		now := n.clock()
		n.machine.Handle(now, ev) // what else was due
		if each := testing.AllocsPerRun(100, func() { n.machine.Handle(now, ev) }); each > 0 {
			t.Errorf("person %d: %v allocations for each picture", i, each)
		}
	}
}

// With everything: questions, answers, states, the roster, and the simulation.
func TestSteadyStateAllocatesLittle(t *testing.T) {
	st := playing(luck.Evening{Seed: 1, Network: named("rtt100"), Drift: quartz})
	const span = 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	st.Run(span * time.Second)
	runtime.ReadMemStats(&after)
	each := float64(after.TotalAlloc-before.TotalAlloc) / span / float64(len(st.nodes))
	t.Logf("%.0f bytes a person and second", each)
	if each > 30e3 {
		t.Errorf("%.0f bytes a person and second, at most 30 kB", each)
	}
}

func TestSameLuckSameEvening(t *testing.T) {
	end := func() (at []time.Duration, packets int) {
		st := playing(luck.Evening{Seed: 6, Network: named("bursty"), Drift: quartz})
		for _, n := range st.nodes {
			at = append(at, n.Position())
		}
		return at, st.Packets
	}
	a, n := end()
	b, m := end()
	if !slices.Equal(a, b) || n != m {
		t.Errorf("the same luck ended at %v after %d packets, and at %v after %d", a, n, b, m)
	}
}

func TestHostSendsInProportionToTheRoom(t *testing.T) {
	each := func(guests int) float64 {
		st := NewStage(luck.Evening{Seed: 1, Network: named("rtt100"), Drift: quartz}, film, 0)
		for range guests {
			st.Enter()
			st.Run(5 * ms)
		}
		st.nodes[0].Do(party.Play{})
		st.Run(15 * time.Second)
		from := st.Sent
		st.Run(10 * time.Second)
		return float64(st.Sent-from) / 10 / float64(guests)
	}
	small, large := each(5), each(150)
	t.Logf("%.0f bytes a second for each of 5, %.0f for each of 150", small, large)
	if large > 5*small {
		t.Errorf("%.0f bytes a second for each of 150 guests, and %.0f for each of 5", large, small)
	}
}

// A room resumes after a seek when everybody tells that they stand ready. At 2 %
// loss one of fifty such words is lost, and nobody must notice.
func TestSeeksDoNotWaitForALostWord(t *testing.T) {
	var took []time.Duration
	for seed := range uint64(6) {
		st := playing(luck.Evening{Seed: seed, Network: named("rtt100"), Drift: quartz})
		for k := range 8 {
			to := time.Duration(k+1) * 10 * time.Minute
			st.nodes[0].Do(party.Seek{Position: to})
			d := time.Duration(0)
			for all := false; !all && d < 5*time.Second; d += 5 * ms {
				st.Run(5 * ms)
				all = true
				for _, n := range st.nodes {
					all = all && n.Position() > to+ms
				}
			}
			took = append(took, d)
			st.Run(4 * time.Second)
		}
	}
	slices.Sort(took)
	t.Logf("half of them play on after %v, all after %v", took[len(took)/2], took[len(took)-1])
	if worst := took[len(took)-1]; worst > 500*ms {
		t.Errorf("a seek took %v until everybody played on, at most 500 ms", worst)
	}
}
