package party

import (
	"slices"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

func TestEverybodySeesWhoseTabIsHidden(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	look := func(n *node, hidden bool) {
		r.do(n, Observed{playback.Observation{At: r.now, Ready: 4, Paused: true, Hidden: hidden}})
		r.run(2500 * ms)
	}
	want := func(when string, ids ...wire.PersonID) {
		t.Helper()
		for _, n := range []*node{r.host, luc, zoe} {
			if !slices.Equal(n.view.Hidden, ids) {
				t.Errorf("%s: %s sees %v, want %v", when, n.name, n.view.Hidden, ids)
			}
		}
	}
	want("at first")
	look(luc, true)
	want("Luc's tab is hidden", luc.view.Me)
	look(r.host, true)
	want("the host's too", r.host.view.Me, luc.view.Me)
	late := r.join("Eva")
	if !slices.Equal(late.view.Hidden, []wire.PersonID{r.host.view.Me, luc.view.Me}) {
		t.Errorf("who comes later sees %v", late.view.Hidden)
	}
	look(r.host, false)
	look(luc, false)
	want("both are back")
	look(luc, true)
	r.do(luc, Leave{})
	r.run(2 * time.Second)
	if len(zoe.view.Hidden) != 0 {
		t.Errorf("after Luc left: %v", zoe.view.Hidden)
	}
}
