package signaling

import "crypto/sha256"

// PublicKeys are what a host is known by. Ed is its Ed25519 key (RFC 8032), by
// which it claims its room from a server; X its X25519 key (RFC 7748), by
// which guests know that they speak to it and to nobody else.
type PublicKeys struct{ Ed, X [32]byte }

// Room is the number of the room of the host with these keys. Whoever has the
// number can tell these keys from all others, so a server cannot put a host of
// its own in the place of the one who invited.
func (k PublicKeys) Room() RoomID {
	h := sha256.New()
	h.Write([]byte("toile/1 room\x00"))
	h.Write(k.Ed[:])
	h.Write(k.X[:])
	var id RoomID
	copy(id[:], h.Sum(nil))
	return id
}

// Identity is all that makes a host the host of its room. Who has its bytes is
// that host: they stay on its device.
type Identity struct {
	edSeed, xPrivate [32]byte
	public           PublicKeys
}

// NewIdentity makes an identity from what random, which fills a slice from a
// cryptographic generator, gives.
func NewIdentity(random func([]byte)) *Identity {
	id := &Identity{}
	random(id.edSeed[:])
	random(id.xPrivate[:])
	id.derive()
	return id
}

func (id *Identity) derive() {
	id.public = PublicKeys{Ed: ed25519Public(&id.edSeed), X: x25519Public(&id.xPrivate)}
}

// Public is the half of the identity that everybody may know.
func (id *Identity) Public() PublicKeys { return id.public }

// Room is the number of the identity's room.
func (id *Identity) Room() RoomID { return id.public.Room() }

const identityBytes = 1 + 32 + 32

// Bytes writes the identity down, for a host that wants its room back after a
// reload.
func (id *Identity) Bytes() []byte {
	b := append([]byte{invitationVersion}, id.edSeed[:]...)
	return append(b, id.xPrivate[:]...)
}

// ParseIdentity reads what Bytes wrote.
func ParseIdentity(b []byte) (*Identity, error) {
	if len(b) != identityBytes || b[0] != invitationVersion {
		return nil, ErrMalformed
	}
	id := &Identity{}
	copy(id.xPrivate[:], b[1+copy(id.edSeed[:], b[1:]):])
	id.derive()
	return id, nil
}
