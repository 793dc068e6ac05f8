package signaling

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Tunnel is one guest and one host after their handshake: what one seals only
// the other opens, in the order in which it was sealed. Seal and Open may be
// called from different goroutines, but each from one at a time.
type Tunnel struct {
	host          bool
	send, receive cipherState
	hash          [32]byte        // of the whole handshake
	bind          [bindBytes]byte // known to the two ends only
	broken        bool
	replaced      bool
}

// Replaced tells a host that the guest knocked with a secret that another has
// taken the place of: one who was away then, or was sent away by it.
func (t *Tunnel) Replaced() bool { return t.replaced }

// Seal packs a signal for the other side.
func (t *Tunnel) Seal(s Signal) (Sealed, error) {
	text := appendSignal(nil, s)
	if 1+len(text)+tagBytes > MaxSealed {
		return nil, ErrTooBig // before it counts: what is not sent must leave no gap
	}
	return t.send.encrypt(Sealed{sealSignal}, nil, text)
}

// Open unpacks what the other side sealed. It tells [ErrTampered] for
// anything else, for a signal that came before and for one before which
// another is missing; the tunnel is then closed for good.
func (t *Tunnel) Open(b Sealed) (Signal, error) {
	if t.broken {
		return nil, ErrTampered
	}
	s, err := t.open(b)
	if err != nil {
		t.broken = true
		return nil, ErrTampered
	}
	return s, nil
}

func (t *Tunnel) open(b Sealed) (Signal, error) {
	if len(b) == 0 || len(b) > MaxSealed || b[0] != sealSignal {
		return nil, ErrMalformed
	}
	text, err := t.receive.decrypt(nil, b[1:])
	if err != nil {
		return nil, err
	}
	return parseSignal(text)
}

// Fingerprint is the SHA-256 of a DTLS certificate (RFC 8122).
type Fingerprint [32]byte

// Confirmation is the first frame on an open data channel, by which its sender
// shows that the channel leads to who shook hands, and to nobody in between.
type Confirmation [32]byte

// Confirm makes this end's confirmation and the one to expect from the other:
// over the certificates of both, as this end sees them, under what only the
// two know. The handshake's hash would not do as the key: with a pre-shared
// key, whoever holds the invitation and sees the relay can compute some of it.
func (t *Tunnel) Confirm(own, peer Fingerprint) (mine, theirs Confirmation) {
	if t.host {
		return t.confirm('h', peer, own), t.confirm('g', peer, own)
	}
	return t.confirm('g', own, peer), t.confirm('h', own, peer)
}

func (t *Tunnel) confirm(role byte, guest, host Fingerprint) Confirmation {
	pair := sha256.Sum256(append(guest[:len(guest):len(guest)], host[:]...))
	return hmac256(t.bind[:], []byte("toile/1 confirm\x00"), []byte{role}, t.hash[:], pair[:])
}

// Is tells whether a frame is this confirmation, in constant time.
func (c Confirmation) Is(frame []byte) bool { return hmac.Equal(c[:], frame) }
