package peer

import (
	"encoding/base64"

	"github.com/toile-party/toile/signaling"
)

// Room writes down what makes a host the host of its room: its keys and the
// invitation's secret as it is now. Whoever has it can be this host. It is
// empty for a guest.
func (s *Session) Room() string {
	if s.cfg.Identity == nil {
		return ""
	}
	inv := s.Invitation()
	return base64.RawURLEncoding.EncodeToString(append(s.cfg.Identity.Bytes(), inv.Secret[:]...))
}

// Reopen gives a host the room that [Session.Room] wrote down, so that its
// link is good again. It errs with [signaling.ErrMalformed], and then leaves
// the host to make a new one.
func (c *Config) Reopen(room string) error {
	b, err := base64.RawURLEncoding.DecodeString(room)
	n := len(b) - len(c.Invitation.Secret)
	if err != nil || n < 0 {
		return signaling.ErrMalformed
	}
	id, err := signaling.ParseIdentity(b[:n])
	if err != nil {
		return err
	}
	c.Identity = id
	copy(c.Invitation.Secret[:], b[n:])
	return nil
}
