package signaling

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"golang.org/x/crypto/chacha20poly1305"
)

// The one Noise handshake that Toile uses, by the names of the specification
// (https://noiseprotocol.org/noise.html, revision 34, sections 5 and 9):
//
//	NKpsk0:
//	  <- s
//	  ...
//	  -> psk, e, es
//	  <- e, ee
//
// github.com/flynn/noise has all the others too, and with them fmt, math/big,
// AES and BLAKE2: 200 KiB (brotli) more in every first visit. The tests hold
// this one to it, message by message, in both roles.
const noiseName = "Noise_NKpsk0_25519_ChaChaPoly_SHA256"

var (
	errCipher = errors.New("signaling: message not authentic")
	errNonce  = errors.New("signaling: out of nonces")
)

// cipherState is section 5.1: a key and a counter, which no message uses twice.
type cipherState struct {
	aead cipher.AEAD
	n    uint64
}

func newCipherState(key [32]byte) cipherState {
	aead, err := chacha20poly1305.New(key[:])
	if err != nil {
		panic(err) // only of another length
	}
	return cipherState{aead: aead}
}

// nonce is section 12.3.
func (c *cipherState) nonce() []byte {
	return binary.LittleEndian.AppendUint64(make([]byte, 4, 12), c.n)
}

func (c *cipherState) encrypt(out, ad, plaintext []byte) ([]byte, error) {
	if c.n == 1<<64-1 {
		return nil, errNonce
	}
	out = c.aead.Seal(out, c.nonce(), plaintext, ad)
	c.n++
	return out, nil
}

// decrypt counts only what was authentic.
func (c *cipherState) decrypt(ad, ciphertext []byte) ([]byte, error) {
	if c.n == 1<<64-1 {
		return nil, errNonce
	}
	out, err := c.aead.Open(nil, c.nonce(), ciphertext, ad)
	if err != nil {
		return nil, errCipher
	}
	c.n++
	return out, nil
}

// symmetricState is section 5.2.
type symmetricState struct {
	cipher cipherState
	ck, h  [32]byte
}

func newSymmetricState(prologue []byte, responder [32]byte) *symmetricState {
	s := &symmetricState{h: sha256.Sum256([]byte(noiseName))} // longer than a hash, so hashed
	s.ck = s.h
	s.mixHash(prologue)
	s.mixHash(responder[:])
	return s
}

func (s *symmetricState) mixHash(data []byte) {
	h := sha256.New()
	h.Write(s.h[:])
	h.Write(data)
	h.Sum(s.h[:0])
}

func (s *symmetricState) mixKey(material []byte) {
	var key [32]byte
	s.ck, key, _ = noiseHKDF(s.ck, material)
	s.cipher = newCipherState(key)
}

func (s *symmetricState) mixKeyAndHash(material []byte) {
	var hash, key [32]byte
	s.ck, hash, key = noiseHKDF(s.ck, material)
	s.mixHash(hash[:])
	s.cipher = newCipherState(key)
}

// mixEphemeral is the token "e" in a handshake with a pre-shared key (section
// 9.2): the key takes part in the encryption too.
func (s *symmetricState) mixEphemeral(public [32]byte) {
	s.mixHash(public[:])
	s.mixKey(public[:])
}

func (s *symmetricState) encryptAndHash(out, plaintext []byte) ([]byte, error) {
	n := len(out)
	out, err := s.cipher.encrypt(out, s.h[:], plaintext)
	if err == nil {
		s.mixHash(out[n:])
	}
	return out, err
}

func (s *symmetricState) decryptAndHash(ciphertext []byte) ([]byte, error) {
	out, err := s.cipher.decrypt(s.h[:], ciphertext)
	if err == nil {
		s.mixHash(ciphertext)
	}
	return out, err
}

// split gives the initiator's key to send with, and the responder's.
func (s *symmetricState) split() (initiator, responder cipherState) {
	a, b, _ := noiseHKDF(s.ck, nil)
	return newCipherState(a), newCipherState(b)
}

// noiseHKDF is section 4.3, for three outputs.
func noiseHKDF(ck [32]byte, material []byte) (a, b, c [32]byte) {
	temp := hmac256(ck[:], material)
	a = hmac256(temp[:], []byte{1})
	b = hmac256(temp[:], append(a[:len(a):len(a)], 2))
	c = hmac256(temp[:], append(b[:len(b):len(b)], 3))
	return a, b, c
}

func hmac256(key []byte, parts ...[]byte) (out [32]byte) {
	h := hmac.New(sha256.New, key)
	for _, p := range parts {
		h.Write(p)
	}
	h.Sum(out[:0])
	return out
}
