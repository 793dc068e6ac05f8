package signaling

import (
	"crypto/sha512"
	"crypto/subtle"
	"errors"

	"filippo.io/edwards25519"
	"filippo.io/edwards25519/field"
)

// The two curves for the page, on the arithmetic that the standard library's
// own are made from. crypto/ecdh brings the NIST curves and crypto/ed25519
// brings fmt and math/big: together 116 KiB (brotli) more for every first
// visit. The tests run the RFCs' vectors, and the same ones natively.

var errLowOrder = errors.New("signaling: public key of low order")

// ed25519Expand is RFC 8032 section 5.1.5.
func ed25519Expand(seed *[32]byte) (s *edwards25519.Scalar, prefix [32]byte) {
	h := sha512.Sum512(seed[:])
	s, err := edwards25519.NewScalar().SetBytesWithClamping(h[:32])
	if err != nil {
		panic(err) // only of another length
	}
	copy(prefix[:], h[32:])
	return s, prefix
}

func ed25519Public(seed *[32]byte) (public [32]byte) {
	s, _ := ed25519Expand(seed)
	copy(public[:], new(edwards25519.Point).ScalarBaseMult(s).Bytes())
	return public
}

// ed25519Sign is RFC 8032 section 5.1.6.
func ed25519Sign(seed *[32]byte, text []byte) (signature [64]byte) {
	s, prefix := ed25519Expand(seed)
	public := new(edwards25519.Point).ScalarBaseMult(s).Bytes()
	r := hashToScalar(prefix[:], text)
	point := new(edwards25519.Point).ScalarBaseMult(r).Bytes()
	k := hashToScalar(point, public, text)
	copy(signature[:32], point)
	copy(signature[32:], edwards25519.NewScalar().MultiplyAdd(k, s, r).Bytes())
	return signature
}

func hashToScalar(parts ...[]byte) *edwards25519.Scalar {
	h := sha512.New()
	for _, p := range parts {
		h.Write(p)
	}
	s, err := edwards25519.NewScalar().SetUniformBytes(h.Sum(nil))
	if err != nil {
		panic(err) // only of another length
	}
	return s
}

func x25519Public(private *[32]byte) [32]byte {
	return ladder(private, &[32]byte{9})
}

// x25519 errs for a public key that leads to the same result whoever asks
// (RFC 7748 section 6.1).
func x25519(private, public *[32]byte) (shared [32]byte, err error) {
	shared = ladder(private, public)
	if subtle.ConstantTimeCompare(shared[:], make([]byte, 32)) == 1 {
		return [32]byte{}, errLowOrder
	}
	return shared, nil
}

// ladder is RFC 7748 section 5, by its own names. No branch and no index
// depends on the private key.
func ladder(private, public *[32]byte) (out [32]byte) {
	k := *private
	k[0] &= 248
	k[31] = k[31]&127 | 64
	var x1, x2, z2, x3, z3 field.Element
	if _, err := x1.SetBytes(public[:]); err != nil {
		panic(err) // only of another length
	}
	x2.One()
	x3.Set(&x1)
	z3.One()
	var a, aa, b, bb, e, c, d, da, cb, t field.Element
	swap := 0
	for i := 254; i >= 0; i-- {
		bit := int(k[i/8]>>(i%8)) & 1
		swap ^= bit
		x2.Swap(&x3, swap)
		z2.Swap(&z3, swap)
		swap = bit
		a.Add(&x2, &z2)
		aa.Square(&a)
		b.Subtract(&x2, &z2)
		bb.Square(&b)
		e.Subtract(&aa, &bb)
		c.Add(&x3, &z3)
		d.Subtract(&x3, &z3)
		da.Multiply(&d, &a)
		cb.Multiply(&c, &b)
		x3.Square(t.Add(&da, &cb))
		z3.Multiply(&x1, t.Square(t.Subtract(&da, &cb)))
		x2.Multiply(&aa, &bb)
		t.Mult32(&e, 121665)
		z2.Multiply(&e, t.Add(&aa, &t))
	}
	x2.Swap(&x3, swap)
	z2.Swap(&z3, swap)
	copy(out[:], x2.Multiply(&x2, z2.Invert(&z2)).Bytes())
	return out
}
