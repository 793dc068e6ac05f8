//go:build !js

package peer

import (
	"errors"
	"testing"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

func TestKickedGuestIsOutAndTheOldInvitationIsDead(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	old := ana.session.Invitation()
	luc, zoe := e.guest("Luc", old), e.guest("Zoé", old)
	zoe.session.Do(party.Play{}) // may not, and nothing comes of it
	ana.session.Do(party.Kick{ID: luc.phase(party.Theatre).Me})

	var end *EndError
	if err := luc.end(); !errors.As(err, &end) || end.Code != party.CodeKicked {
		t.Errorf("the kicked guest's session ended with %v", err)
	}
	v := zoe.until("the invitation is new", func(v party.View) bool { return v.Invitation != old.Fragment() })
	inv, err := signaling.ParseInvitation(v.Invitation)
	if err != nil || inv != ana.session.Invitation() || inv.Room != old.Room || inv.Secret == old.Secret {
		t.Fatalf("the guest who stayed would give others %q (%v), the host %q", v.Invitation, err, ana.session.Invitation().Fragment())
	}
	if got := zoe.session.Invitation(); got != inv {
		t.Errorf("coming back, the guest would use another invitation than it shows")
	}
	again := e.run("Luc again", NewGuest, Config{Invitation: old})
	if err := again.end(); !errors.As(err, &end) || end.Code != party.CodeLinkWrong {
		t.Errorf("with the old invitation the session ended with %v", err)
	}
	e.guest("Mia", inv)
	if v := zoe.until("Mia is here", func(v party.View) bool { return len(v.People) == 3 }); v.Phase != party.Theatre {
		t.Errorf("who stayed is %v", v.Phase)
	}
}

func TestGuestBrokenOffBeforeAKickComesBackWithTheOldInvitation(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	luc, zoe := e.guest("Luc", ana.session.Invitation()), e.guest("Zoé", ana.session.Invitation())
	id := zoe.phase(party.Theatre).Me
	zoe.session.mailbox.put(linkClosed{1}) // her side of it; the host still holds its own
	zoe.phase(party.Broken)
	ana.session.Do(party.Kick{ID: luc.phase(party.Theatre).Me})
	var end *EndError
	if err := luc.end(); !errors.As(err, &end) {
		t.Fatal(err)
	}
	zoe.session.Do(party.Rejoin{})
	v := zoe.until("back inside", func(v party.View) bool { return v.Phase == party.Theatre })
	if v.Me != id {
		t.Errorf("back in seat %d, was in %d", v.Me, id)
	}
	zoe.until("the invitation is new", func(v party.View) bool { return v.Invitation == ana.session.Invitation().Fragment() })
}
