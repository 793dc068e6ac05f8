package party

import (
	"testing"
	"time"

	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

func TestReloadedHostGivesEachFilmANumberOfItsOwn(t *testing.T) {
	other := wire.Media{URL: "https://films.example/b.mp4", Title: "B"}
	number := func(first wire.Media, then ...wire.Media) uint32 {
		h := NewHost(HostConfig{Name: "Ana", Media: first})
		for _, m := range then {
			h.Handle(0, Choose{m})
		}
		return uint32(h.media.ID)
	}
	a := number(theFilm)
	if got := number(other); got == a {
		t.Errorf("after a reload another film has the number %d again", got)
	}
	if got := number(wire.Media{}, other, theFilm); got != a {
		t.Errorf("after a reload the same film has the number %d, had %d: guests would load it anew", got, a)
	}
	if got := number(theFilm, theFilm); got == a {
		t.Error("a film that is put on again keeps its number: guests would not begin anew")
	}
	if a == 0 || number(wire.Media{}) != 0 {
		t.Error("0 is not the number of no film alone")
	}
	file := wire.Media{Kind: wire.MediaFile, Name: "a.mp4", Size: 1 << 30}
	cut := file
	cut.Size--
	if number(file) == number(cut) {
		t.Error("two files of one name have one number")
	}
	if m := file; number(m) != number(wire.Media{Kind: m.Kind, Name: m.Name, Size: m.Size, Title: "A", Duration: 7}) {
		t.Error("a film whose duration has become known has another number")
	}
}

// A guest that was away while its host reloaded and put on another film.
func TestGuestTakesTheFilmOfAReloadedHost(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	before := luc.view.Media.ID
	h := NewHost(HostConfig{Secret: theSecret, Name: "Ana", Hue: 22, Media: wire.Media{URL: "https://films.example/b.mp4", Title: "B"}, Start: r.now})
	for l := range luc.links {
		delete(luc.links, l)
		r.do(luc, Closed{l})
	}
	r.host = &node{name: "Ana", handle: h.Handle, due: h.Deadline, links: map[LinkID]far{}}
	r.do(r.host, Server{ServerConnected})
	r.connect(luc)
	r.run(500 * ms)
	if m := luc.view.Media; m.Title != "B" || m.ID == before {
		t.Errorf("the guest has %q, number %d; the film before was number %d", m.Title, m.ID, before)
	}
}

// A file is put on before its host's browser knows how long it is.
func TestGuestsAreToldADurationThatBecomesKnown(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(r.host, Choose{wire.Media{Kind: wire.MediaFile, Name: "a.mp4", Title: "A", Size: 1 << 20}})
	r.run(500 * ms)
	r.do(luc, Film{wire.FilmReady})
	before := luc.view
	if m := before.Media; m.Title != "A" || m.Duration != 0 {
		t.Fatalf("Luc has %q, %v long", m.Title, m.Duration)
	}
	r.do(r.host, Observed{playback.Observation{At: r.now, Duration: 30 * time.Second, Ready: 4, Paused: true}})
	r.run(500 * ms)
	after := luc.view
	if after.Media.Duration != 30*time.Second || after.Media.ID != before.Media.ID {
		t.Errorf("Luc has film %d of %v; it was film %d", after.Media.ID, after.Media.Duration, before.Media.ID)
	}
	if got := r.host.person("Luc").Film; got != wire.FilmReady {
		t.Errorf("Luc, who had the film, is said to have %v", got)
	}
}
