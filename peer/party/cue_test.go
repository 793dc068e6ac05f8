package party

import (
	"testing"
	"time"
)

func TestReadyCheckShowsWhoIsReadyAndStartsWithTheLast(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	r.run(5 * time.Second)
	r.do(r.host, Check{true})
	r.run(100 * ms)
	if c := zoe.view.Cue; !c.Check || c.CheckBy != 1 || !zoe.person("Ana").Ready || zoe.person("Luc").Ready {
		t.Fatalf("Zoé sees the check %+v, Ana ready %v, Luc ready %v", c, zoe.person("Ana").Ready, zoe.person("Luc").Ready)
	}
	r.do(luc, Ready{true})
	r.run(100 * ms)
	if !zoe.person("Luc").Ready || zoe.view.Cue.Countdown {
		t.Fatalf("Luc ready for Zoé: %v, counting: %v", zoe.person("Luc").Ready, zoe.view.Cue.Countdown)
	}
	r.do(luc, Ready{false})
	r.do(zoe, Ready{true})
	r.run(100 * ms)
	if r.host.view.Cue.Countdown {
		t.Fatalf("it starts without Luc, who changed his mind")
	}
	r.do(luc, Ready{true})
	r.run(100 * ms)
	if c := zoe.view.Cue; c.Check || !c.Countdown {
		t.Fatalf("with everybody ready Zoé sees %+v", c)
	}
	starts := r.host.view.Cue.StartsAt
	r.run(5 * time.Second)
	for _, n := range []*node{r.host, luc, zoe} {
		if f := n.view.Film; f.Rate != 1 || f.At.Sub(starts).Abs() > ms || n.view.Cue.Countdown {
			t.Errorf("%s's film is %+v, want it to run from %v", n.name, f, starts)
		}
	}
	wantLines(t, zoe, "Luc joined", "Zoé joined", "Ana played")
}

func TestReadyCheckDoesNotWaitForWhoLeft(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	r.do(r.host, Change{Drive: everyone})
	r.run(100 * ms)
	r.do(r.guests[0], Check{true})
	r.do(r.guests[1], Leave{})
	r.run(time.Second)
	if !r.host.view.Cue.Check {
		t.Fatalf("a guest who may drive cannot ask who is ready")
	}
	r.do(r.host, Ready{true})
	r.run(100 * ms)
	if !r.host.view.Cue.Countdown {
		t.Errorf("it waits for somebody who left")
	}
	r.do(r.host, Countdown{0})
	r.do(r.guests[0], Check{true})
	r.run(100 * ms)
	r.do(r.guests[0], Leave{})
	r.run(time.Second)
	if r.host.view.Cue.Check {
		t.Errorf("the check of somebody who left goes on")
	}
}

func TestFilmThatStartsAnywayEndsTheReadyCheck(t *testing.T) {
	for _, how := range []Event{Countdown{3 * time.Second}, Play{}} {
		r := newRig(t, "Luc")
		r.run(5 * time.Second)
		r.do(r.host, Check{true})
		r.run(100 * ms)
		r.do(r.host, how)
		r.run(100 * ms)
		if luc := r.guests[0]; luc.view.Cue.Check || luc.person("Ana").Ready {
			t.Errorf("after %T Luc is still asked: %+v", how, luc.view.Cue)
		}
		r.run(5 * time.Second)
		if !r.playing() {
			t.Errorf("after %T the film stands", how)
		}
	}
}

func TestCountdownStartsEverybodyAtItsInstant(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.run(5 * time.Second)
	r.do(r.host, Countdown{5 * time.Second})
	from := r.now
	r.run(100 * ms)
	if d := luc.view.Cue.StartsAt.Sub(from); !luc.view.Cue.Countdown || d < 4990*ms || d > 5010*ms {
		t.Fatalf("Luc sees %+v, a start in %v", luc.view.Cue, d)
	}
	r.run(6 * time.Second)
	if f := luc.view.Film; f.Rate != 1 || f.At.Sub(from.Add(5*time.Second)).Abs() > ms {
		t.Errorf("Luc's film is %+v, want it to run from 5 s after the press", f)
	}
}

func TestCountdownIsCalledOff(t *testing.T) {
	for _, c := range []struct {
		name  string
		how   Event
		after time.Duration
		play  bool
	}{
		{"by a pause", Pause{}, time.Second, false},
		{"by a pause in its last instant", Pause{}, 4800 * ms, false},
		{"by nought", Countdown{0}, time.Second, false},
		{"by play, which starts at once", Play{}, time.Second, true},
		{"by another film", Choose{theFilm}, time.Second, false},
	} {
		r := newRig(t, "Luc")
		r.do(r.host, Countdown{5 * time.Second})
		r.run(c.after)
		r.do(r.host, c.how)
		r.run(300 * ms)
		if r.playing() != c.play || r.guests[0].view.Cue.Countdown {
			t.Errorf("%s: plays %v, counting %v", c.name, r.playing(), r.guests[0].view.Cue.Countdown)
		}
		r.run(10 * time.Second)
		if r.playing() != c.play {
			t.Errorf("%s: ten seconds later it plays: %v", c.name, r.playing())
		}
	}
}

func TestCountdownIsForThoseWhoMayDriveAndAFilmThatStands(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.guests[0], Countdown{5 * time.Second})
	r.run(time.Second)
	if r.host.view.Cue.Countdown {
		t.Errorf("a guest without the remote counts down")
	}
	r.do(r.host, Play{})
	r.run(time.Second)
	r.do(r.host, Countdown{5 * time.Second})
	if r.host.view.Cue.Countdown {
		t.Errorf("a film that plays is counted down")
	}
}

func TestCountdownGoesOnForWhoComesLate(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Countdown{10 * time.Second})
	zoe := r.join("Zoé")
	r.run(3 * time.Second)
	if !zoe.view.Cue.Countdown || zoe.view.Cue.StartsAt.Sub(r.host.view.Cue.StartsAt).Abs() > ms {
		t.Errorf("who came late sees %+v, the host %+v", zoe.view.Cue, r.host.view.Cue)
	}
}
