package party

import (
	"slices"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/wire"
)

func TestEverybodySeesWhoIsHereByARelay(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	goes := func(n *node, relayed bool) {
		for link, f := range r.host.links {
			if f.node == n {
				r.do(r.host, Path{Link: link, Relayed: relayed})
			}
		}
		r.run(2500 * ms)
	}
	want := func(when string, ids ...wire.PersonID) {
		t.Helper()
		for _, n := range []*node{r.host, luc, zoe} {
			if !slices.Equal(n.view.Relayed, ids) {
				t.Errorf("%s: %s sees %v, want %v", when, n.name, n.view.Relayed, ids)
			}
		}
	}
	goes(luc, false)
	want("straight")
	goes(luc, true)
	want("Luc comes by a relay", luc.view.Me)
	late := r.join("Eva")
	if !slices.Equal(late.view.Relayed, []wire.PersonID{luc.view.Me}) {
		t.Errorf("who comes later sees %v", late.view.Relayed)
	}
	goes(luc, false)
	want("a better way was found")
	goes(zoe, true)
	r.do(zoe, Leave{})
	r.run(2 * time.Second)
	if len(luc.view.Relayed) != 0 {
		t.Errorf("after Zoé left: %v", luc.view.Relayed)
	}
}
