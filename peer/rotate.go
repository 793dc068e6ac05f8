package peer

import (
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

// rotate replaces a host's secret. The room stays what it is: those who are
// inside notice nothing, and the invitation as it was opens it no more.
func (s *Session) rotate() {
	inv := s.Invitation()
	random(inv.Secret[:])
	s.door.Rotate(inv.Secret)
	s.invite(inv)
}

// reinvited takes the invitation that a guest's host replaced its own by. A
// host can speak for its own room only.
func (s *Session) reinvited(fragment string) {
	inv, err := signaling.ParseInvitation(fragment)
	if err != nil || inv.Room != s.cfg.Invitation.Room {
		return
	}
	s.invite(inv)
}

func (s *Session) invite(inv signaling.Invitation) {
	s.mu.Lock()
	s.cfg.Invitation.Secret = inv.Secret
	s.mu.Unlock()
	s.mailbox.put(party.Rotated{Invitation: inv.Fragment(), Secret: wire.Secret(inv.Secret)})
}
