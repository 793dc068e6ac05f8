package signaling

import (
	"crypto/hmac"
	"sync"
)

// Sealed is what the server relays and cannot read: a frame of the handshake,
// or one that the handshake's keys have sealed.
type Sealed []byte

// IsKnock tells whether a guest begins, or begins anew, with this frame.
func (b Sealed) IsKnock() bool { return len(b) > 0 && b[0] == sealKnock }

// The frames, by their first byte.
const (
	sealKnock   = 0x01 // guest: the first message of the Noise handshake
	sealWelcome = 0x02 // host: the second
	sealSignal  = 0x03 // both: a Signal under the keys that came of it
	sealRefusal = 0x04 // host: the secret of this knock is not the room's
)

// caps are the features that a peer has beside those of its version. They can
// only add to what both sides do, and the handshake covers them, so nobody in
// between can take any away. There are none yet.
var caps = []byte{0, 0, 0, 0}

const (
	tagBytes     = 16 // of an encrypted message
	minKnock     = 1 + 32 + tagBytes
	bindBytes    = 32
	minWelcome   = 1 + 32 + bindBytes + tagBytes
	maxHandshake = 512 // with the caps of many versions to come
	maxSeen      = 4096
	maxSecrets   = 9
)

// psk is what the secret of an invitation becomes in the handshake: HKDF (RFC
// 5869) over SHA-256, whose first block is all that is needed.
func psk(secret Secret, room RoomID) [32]byte {
	prk := hmac256(room[:], secret[:])
	return hmac256(prk[:], []byte("toile/1 psk\x01"))
}

func prologue(k PublicKeys) []byte {
	room := k.Room()
	b := append([]byte("toile/1 hs\x00"), room[:]...)
	return k.append(b)
}

// refusal proves that the host itself refused a knock: only it and the guest
// know the Diffie-Hellman result of their keys.
func refusal(shared [32]byte, knock []byte) [32]byte {
	return hmac256(shared[:], []byte("toile/1 refused\x00"), knock)
}

// Knock is a guest before a host's door.
type Knock struct {
	frame  Sealed
	state  *symmetricState
	e      [32]byte // private
	shared [32]byte // with the host's key
}

// NewKnock begins a guest's handshake with the host of these keys, by what
// random, which fills a slice from a cryptographic generator, gives. It tells
// [ErrTampered] for keys that are not the invitation's.
func NewKnock(i Invitation, host PublicKeys, random func([]byte)) (*Knock, error) {
	if host.Room() != i.Room {
		return nil, ErrTampered
	}
	k := &Knock{state: newSymmetricState(prologue(host), host.X)}
	secret := psk(i.Secret, i.Room)
	k.state.mixKeyAndHash(secret[:])
	random(k.e[:])
	public := x25519Public(&k.e)
	k.state.mixEphemeral(public)
	var err error
	if k.shared, err = x25519(&k.e, &host.X); err != nil {
		return nil, ErrTampered
	}
	k.state.mixKey(k.shared[:])
	frame := append(Sealed{sealKnock}, public[:]...)
	k.frame, err = k.state.encryptAndHash(frame, caps)
	return k, err
}

// Frame is what to send to the host.
func (k *Knock) Frame() Sealed { return k.frame }

// Enter takes the host's answer. It tells [ErrSecret] when the host refused
// the invitation's secret, and [ErrTampered] for what no host of the
// invitation's keys sent in answer to this knock. It is called once.
func (k *Knock) Enter(b Sealed) (*Tunnel, error) {
	if len(b) == 1+32 && b[0] == sealRefusal {
		if want := refusal(k.shared, k.frame); hmac.Equal(b[1:], want[:]) {
			return nil, ErrSecret
		}
		return nil, ErrTampered
	}
	if len(b) < minWelcome || len(b) > maxHandshake || b[0] != sealWelcome {
		return nil, ErrTampered
	}
	var e [32]byte
	payload := b[1+copy(e[:], b[1:]):]
	k.state.mixEphemeral(e)
	ee, err := x25519(&k.e, &e)
	if err != nil {
		return nil, ErrTampered
	}
	k.state.mixKey(ee[:])
	text, err := k.state.decryptAndHash(payload)
	if err != nil || len(text) < bindBytes {
		return nil, ErrTampered
	}
	t := &Tunnel{hash: k.state.h}
	copy(t.bind[:], text)
	t.send, t.receive = k.state.split()
	return t, nil
}

// Door is where a host's guests knock. Its methods may be called from any
// goroutine.
type Door struct {
	id     *Identity
	random func([]byte)

	mu      sync.Mutex // guards what follows
	secrets []Secret   // the newest first
	seen    map[[32]byte]struct{}
	order   [][32]byte // what is in seen, the oldest first
}

// NewDoor makes the door of a host, which opens to this secret.
func NewDoor(id *Identity, secret Secret, random func([]byte)) *Door {
	return &Door{id: id, random: random, secrets: []Secret{secret}, seen: map[[32]byte]struct{}{}}
}

// Rotate makes secret the one in the invitation. A few that it replaced are
// still understood, so that a guest who was away while the others were told
// can come back to its seat; whether it has one is not for the door to know.
func (d *Door) Rotate(secret Secret) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.secrets = append([]Secret{secret}, d.secrets[:min(len(d.secrets), maxSecrets-1)]...)
}

// Answer takes a guest's knock. With an error there may be an answer too: a
// refusal, for a knock with another secret ([ErrSecret]). A knock that came
// before is [ErrReplayed] and gets no answer; nor does anything that is no
// knock. Nothing that costs more than two multiplications on the curve has
// been done for whoever does not know the secret.
func (d *Door) Answer(knock Sealed) (answer Sealed, t *Tunnel, err error) {
	if len(knock) < minKnock || len(knock) > maxHandshake || knock[0] != sealKnock {
		return nil, nil, ErrMalformed
	}
	var e [32]byte
	payload := knock[1+copy(e[:], knock[1:]):]
	if d.hasSeen(e) {
		return nil, nil, ErrReplayed
	}
	shared, err := x25519(&d.id.xPrivate, &e)
	if err != nil {
		return nil, nil, ErrMalformed
	}
	state, replaced := d.open(e, shared, payload)
	if state == nil {
		mac := refusal(shared, knock)
		return append(Sealed{sealRefusal}, mac[:]...), nil, ErrSecret
	}
	if !d.remember(e) {
		return nil, nil, ErrReplayed
	}
	var own [32]byte
	d.random(own[:])
	t = &Tunnel{host: true, replaced: replaced}
	d.random(t.bind[:])
	public := x25519Public(&own)
	state.mixEphemeral(public)
	ee, err := x25519(&own, &e)
	if err != nil {
		return nil, nil, ErrMalformed
	}
	state.mixKey(ee[:])
	answer = append(Sealed{sealWelcome}, public[:]...)
	if answer, err = state.encryptAndHash(answer, append(t.bind[:bindBytes:bindBytes], caps...)); err != nil {
		return nil, nil, err
	}
	t.hash = state.h
	t.receive, t.send = state.split()
	return answer, t, nil
}

// open tries the secrets; nil: none of them made this knock. It tells whether
// the one that did was replaced.
func (d *Door) open(e, shared [32]byte, payload []byte) (state *symmetricState, replaced bool) {
	d.mu.Lock()
	secrets := append([]Secret(nil), d.secrets...)
	d.mu.Unlock()
	public := d.id.Public()
	for i, secret := range secrets {
		s := newSymmetricState(prologue(public), public.X)
		key := psk(secret, public.Room())
		s.mixKeyAndHash(key[:])
		s.mixEphemeral(e)
		s.mixKey(shared[:])
		if _, err := s.decryptAndHash(payload); err == nil {
			return s, i > 0
		}
	}
	return nil, false
}

func (d *Door) hasSeen(e [32]byte) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.seen[e]
	return ok
}

// remember keeps the newest knocks that were good. Only who has the secret
// makes those, so a stranger cannot make the door forget. False: it was known.
func (d *Door) remember(e [32]byte) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.seen[e]; ok {
		return false
	}
	if len(d.order) == maxSeen {
		delete(d.seen, d.order[0])
		d.order = d.order[1:]
	}
	d.seen[e] = struct{}{}
	d.order = append(d.order, e)
	return true
}
