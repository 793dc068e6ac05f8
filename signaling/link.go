package signaling

import (
	"encoding/base64"
	"errors"
	"strings"
)

var (
	// ErrInvitation is text in which there is no whole invitation.
	ErrInvitation = errors.New("signaling: not an invitation")
	// ErrInvitationVersion is an invitation of another version of Toile.
	ErrInvitationVersion = errors.New("signaling: invitation of another version")
)

// Secret is what the invited hold and the server does not. The host asks for
// it before anything else.
type Secret [16]byte

// Invitation is all it takes to join a party.
type Invitation struct {
	Room   RoomID
	Secret Secret
}

const (
	invitationVersion = 0x01
	// latestVersion bounds what is taken for the number of a version that we do
	// not know: versions are counted up, so anything else is a slip of the pen.
	latestVersion   = 0x0f
	invitationBytes = 1 + 16 + 16
	invitationChars = 44 // in base64url, without padding: no bit is left over
)

// Fragment writes the invitation as the fragment of a URL, without its #. A
// browser sends a fragment to nobody (RFC 3986 section 3.5).
func (i Invitation) Fragment() string {
	b := append([]byte{invitationVersion}, i.Room[:]...)
	return base64.RawURLEncoding.EncodeToString(append(b, i.Secret[:]...))
}

// URL writes the invitation as a link to page.
func (i Invitation) URL(page string) string {
	page, _, _ = strings.Cut(page, "#")
	return page + "#" + i.Fragment()
}

// ParseInvitation finds the invitation in what people paste: a link, a
// fragment, or a sentence with one in it. It tells [ErrInvitationVersion] for
// one that is whole and not for us, and [ErrInvitation] for anything else.
// Each invitation is written in one way only, so no character of it can be
// changed unnoticed.
func ParseInvitation(s string) (Invitation, error) {
	found := ErrInvitation
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !isBase64(r) }) {
		i, err := parseFragment(word)
		if err == nil {
			return i, nil
		}
		if err == ErrInvitationVersion {
			found = err
		}
	}
	return Invitation{}, found
}

func isBase64(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
}

func parseFragment(s string) (Invitation, error) {
	if len(s) != invitationChars {
		return Invitation{}, ErrInvitation
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != invitationBytes {
		return Invitation{}, ErrInvitation
	}
	switch {
	case b[0] == 0 || b[0] > latestVersion:
		return Invitation{}, ErrInvitation
	case b[0] != invitationVersion:
		return Invitation{}, ErrInvitationVersion
	}
	var i Invitation
	copy(i.Secret[:], b[1+copy(i.Room[:], b[1:]):])
	return i, nil
}
