package party

import (
	"testing"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// The clock of a host whose page was loaded anew begins anew: by the old one a
// guest would leap as far ahead as the old page had been open.
func TestAReloadedHostMovesNobodysFilm(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	var began clock.Local
	at := func() time.Duration { return 10*time.Second + r.now.Sub(began) }
	watch := func(d time.Duration) {
		for end := r.now.Add(d); r.now < end; r.run(100 * ms) {
			r.do(luc, Observed{playback.Observation{At: r.now, Position: at(), Duration: time.Hour, Buffered: time.Minute, Rate: 1, Ready: 4}})
		}
	}
	r.do(r.host, Restore{Position: 10 * time.Second, Speed: 1, Playing: true})
	began = r.now.Add(leadMin)
	watch(40 * time.Second)
	for l := range luc.links {
		delete(luc.links, l)
		r.do(luc, Closed{l})
	}
	watch(2 * time.Second)
	h := NewHost(HostConfig{Secret: theSecret, Name: "Ana", Hue: 22, Media: theFilm, Start: r.now})
	r.host = &node{name: "Ana", handle: h.Handle, due: h.Deadline, links: map[LinkID]far{}}
	r.do(r.host, Server{ServerConnected})
	r.do(r.host, Film{wire.FilmReady})
	r.do(r.host, Restore{Position: at(), Speed: 1, Playing: true})
	r.connect(luc)
	before := len(luc.steered)
	watch(5 * time.Second)
	for _, c := range luc.steered[before:] {
		if off := (c.Position - at()).Abs(); c.Do != playback.Rate && off > 6*time.Second {
			t.Errorf("Luc's film is told to be %v away: %+v", off, c)
		}
	}
	if s := luc.view.Sync; !s.Measured || s.Offset.Abs() > time.Second {
		t.Errorf("five seconds after the reload Luc's film is %v away (measured: %v)", s.Offset, s.Measured)
	}
}
