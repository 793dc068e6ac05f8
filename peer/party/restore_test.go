package party

import (
	"testing"
	"time"

	"github.com/toile-party/toile/peer/wire"
)

func TestARestoredFilmIsNobodysDeed(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	lines := len(luc.view.Lines)
	r.do(r.host, Restore{Position: 32 * time.Second, Speed: 1.5, Playing: true})
	r.run(2 * time.Second)
	for _, n := range []*node{r.host, luc} {
		f := n.view.Film
		if at := f.Position + time.Duration(f.Rate*float64(r.now.Sub(f.At))); f.Rate != 1.5 || (at-35*time.Second).Abs() > time.Second {
			t.Errorf("%s: the film is at %v at a rate of %v, want 35 s at 1.5", n.name, at, f.Rate)
		}
		if n.view.Cue.Undo {
			t.Errorf("%s can take it back", n.name)
		}
	}
	if got := len(luc.view.Lines); got != lines {
		t.Errorf("the chat tells of it: %v", luc.view.Lines[lines:])
	}
	r.do(r.host, Restore{Position: 10 * time.Second, Speed: 1})
	r.run(time.Second)
	if f := luc.view.Film; f.Rate != 0 || f.Position != 10*time.Second || f.Speed != 1 {
		t.Errorf("a film that stood: %+v", f)
	}
	r.do(r.host, Restore{Position: time.Hour * 24, Speed: wire.MaxRate * 2})
	r.run(time.Second)
	if f := luc.view.Film; f.Speed != 1 || f.Position > 24*time.Hour {
		t.Errorf("what cannot be: %+v", f)
	}
}
