//go:build !js

package signaling

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"errors"
)

var errLowOrder = errors.New("signaling: public key of low order")

func ed25519Public(seed *[32]byte) (public [32]byte) {
	copy(public[:], ed25519.NewKeyFromSeed(seed[:])[32:])
	return public
}

func ed25519Sign(seed *[32]byte, text []byte) (signature [64]byte) {
	copy(signature[:], ed25519.Sign(ed25519.NewKeyFromSeed(seed[:]), text))
	return signature
}

// Verify tells whether a claim was made by the holder of its keys, for the
// connection with this nonce at a server that is known by one of these
// origins. Only a server needs to know, so the page has none of it.
func (m Claim) Verify(nonce [32]byte, origins ...string) bool {
	for _, o := range origins {
		if ed25519.Verify(m.Keys.Ed[:], claimText(o, m.Keys.Room(), nonce), m.Signature[:]) {
			return true
		}
	}
	return false
}

func x25519Public(private *[32]byte) (public [32]byte) {
	k, err := ecdh.X25519().NewPrivateKey(private[:])
	if err != nil {
		panic(err) // only of another length
	}
	copy(public[:], k.PublicKey().Bytes())
	return public
}

// x25519 errs for a public key that leads to the same result whoever asks
// (RFC 7748 section 6.1).
func x25519(private, public *[32]byte) (shared [32]byte, err error) {
	k, err := ecdh.X25519().NewPrivateKey(private[:])
	if err != nil {
		return shared, err
	}
	p, err := ecdh.X25519().NewPublicKey(public[:])
	if err != nil {
		return shared, err
	}
	s, err := k.ECDH(p)
	if err != nil {
		return shared, errLowOrder
	}
	copy(shared[:], s)
	return shared, nil
}
