package luck

import (
	"math"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/playback"
)

// seen sends a packet every 10 ms for ten minutes.
func seen(w *Way) (mean, sd time.Duration, loss float64) {
	var sum, squares float64
	n, lost := 60_000, 0
	for k := range n {
		late, gone := w.Fate(Begin + time.Duration(k)*10*ms)
		if gone {
			lost++
			continue
		}
		sum += late.Seconds()
		squares += late.Seconds() * late.Seconds()
	}
	m := sum / float64(n-lost)
	return time.Duration(m * 1e9), time.Duration(math.Sqrt(squares/float64(n-lost)-m*m) * 1e9), float64(lost) / float64(n)
}

func TestNetworksDoWhatTheyAreCalled(t *testing.T) {
	for _, c := range impair.Conditions() {
		e := Evening{Seed: 3, Network: c}
		for _, to := range []Direction{Forth, Back} {
			p := c.Forth
			if to == Back {
				p = c.Back
			}
			mean, sd, loss := seen(e.Way(1, to))
			wantMean := p.Delay + p.Bloat/6 + stack
			wantLoss := p.Loss + p.BurstEvery*p.BurstFor/(1+p.BurstEvery*p.BurstFor)
			if (mean-wantMean).Abs() > ms || math.Abs(loss-wantLoss) > 0.004 {
				t.Errorf("%s, %d: %v with %.3f lost, want %v with %.3f", c.Name, to, mean, loss, wantMean, wantLoss)
			}
			wantSD := math.Sqrt(math.Pow(p.Jitter.Seconds()/math.Sqrt(3), 2) + math.Pow(p.Normal.Seconds(), 2))
			if p.Bloat == 0 && math.Abs(sd.Seconds()-wantSD) > 0.0005 {
				t.Errorf("%s, %d: delays scatter by %v, want %.1f ms", c.Name, to, sd, 1e3*wantSD)
			}
		}
	}
}

func TestBurstsLoseManyPacketsInARow(t *testing.T) {
	for _, c := range impair.Conditions() {
		if c.Forth.BurstEvery == 0 {
			continue
		}
		e := Evening{Seed: 5, Network: c}
		w := e.Way(1, Forth)
		runs, lost, was := 0, 0, false
		for k := range 60_000 {
			_, gone := w.Fate(Begin + time.Duration(k)*10*ms)
			if gone {
				lost++
				if !was {
					runs++
				}
			}
			was = gone
		}
		if each := float64(lost) / float64(runs); each < 5 {
			t.Errorf("%s: %.1f packets lost in a row", c.Name, each)
		}
	}
}

func TestLuckDoesNotDependOnWhoAsksForIt(t *testing.T) {
	c := impair.Conditions()[3]
	e, f := Evening{Seed: 9, Network: c}, Evening{Seed: 9, Network: c}
	busy, calm := e.Way(2, Back), f.Way(2, Back)
	for at := Begin; at < Begin+time.Minute; at += ms {
		a, lost := busy.Fate(at)
		if at%(100*ms) != 0 {
			continue
		}
		if b, gone := calm.Fate(at); a != b || lost != gone {
			t.Fatalf("%v after the beginning one packet takes %v (lost: %v) and another %v (%v)", at-Begin, a, lost, b, gone)
		}
	}
	other := Evening{Seed: 10, Network: c}
	if a, _ := busy.Fate(Begin); a == first(other.Way(2, Back).Fate(Begin)) {
		t.Error("another seed is the same evening")
	}
	if first(e.Way(1, Back).Fate(Begin)) == first(e.Way(2, Back).Fate(Begin)) {
		t.Error("two people have the same network")
	}
}

func first(d time.Duration, _ bool) time.Duration { return d }

// An element's pulses are those of the experiment: 20 ms are lost wherever the
// pitch is corrected, and nothing happens within 0.1 %.
func TestElementsLoseTimeOnPulsesWherePitchIsKept(t *testing.T) {
	for _, c := range []struct {
		exact bool
		rate  float64
		shift time.Duration
	}{
		{true, 1.0005, ms}, {false, 1.0005, 0},
		{true, 1.01, 20 * ms}, {false, 1.01, 20*ms - pulseLoss},
		{true, 0.995, -10 * ms}, {false, 0.995, -10*ms - pulseLoss},
	} {
		e := Evening{Seed: 1}
		l := e.Element(1, c.exact)
		at := clock.Local(time.Hour)
		l.Apply(at, playback.Command{Do: playback.Start, Rate: 1, At: at})
		from := l.Position(at.Add(time.Second))
		l.Apply(at.Add(time.Second), playback.Command{Do: playback.Rate, Rate: c.rate})
		l.Apply(at.Add(3*time.Second), playback.Command{Do: playback.Rate, Rate: 1})
		got := l.Position(at.Add(4*time.Second)) - from - 3*time.Second
		if (got - c.shift).Abs() > 10*time.Microsecond {
			t.Errorf("a pulse of %v, exact %v: shifted by %v, want %v", c.rate, c.exact, got, c.shift)
		}
		if cost := l.Spent(at.Add(4 * time.Second)).Integral; (cost - time.Duration(2e9*math.Abs(c.rate-1))).Abs() > 10*time.Microsecond {
			t.Errorf("a pulse of %v cost %v", c.rate, cost)
		}
	}
}

func TestElementsCountSeeksWhileTheyPlay(t *testing.T) {
	e := Evening{Seed: 1}
	l := e.Element(1, true)
	at := clock.Local(time.Hour)
	l.Apply(at, playback.Command{Do: playback.Hold, Position: time.Minute})
	at = at.Add(time.Second)
	l.Apply(at, playback.Command{Do: playback.Start, Position: time.Minute, Rate: 1, At: at})
	at = at.Add(time.Second)
	l.Apply(at, playback.Command{Do: playback.Jump, Position: 2 * time.Minute, Rate: 1})
	if late := 2*time.Minute + time.Second - l.Position(at.Add(time.Second)); late < 87*ms || late > 123*ms {
		t.Errorf("a seek while it plays takes %v", late)
	}
	if n := l.Spent(at).Seeks; n != 1 {
		t.Errorf("%d seeks while it played, want 1", n)
	}
}

func TestAgendaKeepsOrder(t *testing.T) {
	a := NewAgenda(Begin)
	got := ""
	a.After(2*ms, func() { got += "c" })
	a.After(ms, func() {
		got += "a"
		a.After(0, func() { got += "b" })
	})
	a.After(2*ms, func() { got += "d" })
	a.Run(2 * ms)
	if got != "abcd" || a.Now() != Begin+2*ms {
		t.Errorf("got %q at %v", got, a.Now()-Begin)
	}
}
