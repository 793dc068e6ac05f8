//go:build !js

package peer

import (
	"testing"

	"github.com/toile-party/toile/peer/party"
)

// A page that reloads is another session with the same room: its guests come
// back by themselves, and the link that they were sent stays good.
func TestHostThatBeginsAnewHasItsRoomAndItsGuests(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	inv := ana.session.Invitation()
	luc := e.guest("Luc", inv)
	lobby := e.run("Zoé", NewGuest, Config{Invitation: inv})
	lobby.phase(party.Lobby)
	room := ana.session.Room()
	again := Config{Name: "Ana", Media: aFilm}
	if err := again.Reopen(room); err != nil {
		t.Fatal(err)
	}
	old := ana
	ana = e.run("host", NewHost, again)
	if v := old.phase(party.Ended); v.Code != party.CodeReplaced {
		t.Errorf("the older connection is told %q", v.Code)
	}
	ana.until("Luc is back", func(v party.View) bool { return len(v.People) == 2 && v.People[1].Name == "Luc" })
	luc.phase(party.Theatre)
	lobby.phase(party.Lobby)
	if ana.session.Invitation() != inv {
		t.Error("the link is another")
	}
	luc.session.Do(party.Say{Text: "still here"})
	ana.until("the line is here", func(v party.View) bool { return v.Lines[len(v.Lines)-1].Text == "still here" })
	luc.until("the line is no longer pending", func(v party.View) bool {
		return len(v.Lines) > 0 && v.Lines[len(v.Lines)-1].Text == "still here" && !v.Lines[len(v.Lines)-1].Pending
	})
}

func TestWhatIsNoRoomIsNotReopened(t *testing.T) {
	for _, room := range []string{"", "x", "AAAA", (&Session{}).Room() + "====", string(make([]byte, 200))} {
		var cfg Config
		if err := cfg.Reopen(room); err == nil || cfg.Identity != nil {
			t.Errorf("%q is taken for a room", room)
		}
	}
}
