//go:build !js

package signaling

import (
	"bytes"
	"crypto/rand"
	"testing"

	"github.com/flynn/noise"
)

var suite = noise.NewCipherSuite(noise.DH25519, noise.CipherChaChaPoly, noise.HashSHA256)

func entropy(b []byte) { rand.Read(b) }

// reference is the same end of the handshake by github.com/flynn/noise.
func reference(t *testing.T, id *Identity, secret Secret, initiator bool) *noise.HandshakeState {
	t.Helper()
	public := id.Public()
	key := psk(secret, id.Room())
	cfg := noise.Config{
		CipherSuite: suite, Pattern: noise.HandshakeNK, Initiator: initiator, Prologue: prologue(public),
		PresharedKey: key[:], PresharedKeyPlacement: 0,
	}
	if initiator {
		cfg.PeerStatic = public.X[:]
	} else {
		cfg.StaticKeypair = noise.DHKey{Private: id.xPrivate[:], Public: public.X[:]}
	}
	hs, err := noise.NewHandshakeState(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return hs
}

func TestGuestShakesHandsWithTheReferenceImplementation(t *testing.T) {
	for range 20 {
		id, secret := NewIdentity(entropy), Secret{1, 2, 3}
		k, err := NewKnock(Invitation{id.Room(), secret}, id.Public(), entropy)
		if err != nil {
			t.Fatal(err)
		}
		host := reference(t, id, secret, false)
		if got, _, _, err := host.ReadMessage(nil, k.Frame()[1:]); err != nil || !bytes.Equal(got, caps) {
			t.Fatalf("the reference read %x, %v", got, err)
		}
		bind := make([]byte, bindBytes)
		entropy(bind)
		m2, fromGuest, fromHost, err := host.WriteMessage([]byte{sealWelcome}, append(bind, caps...))
		if err != nil {
			t.Fatal(err)
		}
		tunnel, err := k.Enter(m2)
		if err != nil || !bytes.Equal(tunnel.bind[:], bind) || !bytes.Equal(tunnel.hash[:], host.ChannelBinding()) {
			t.Fatalf("the guest entered with %+v, %v", tunnel, err)
		}
		talk(t, tunnel, fromHost, fromGuest)
	}
}

func TestHostShakesHandsWithTheReferenceImplementation(t *testing.T) {
	for range 20 {
		id, secret := NewIdentity(entropy), Secret{4, 5, 6}
		guest := reference(t, id, secret, true)
		m1, _, _, err := guest.WriteMessage([]byte{sealKnock}, caps)
		if err != nil {
			t.Fatal(err)
		}
		m2, tunnel, err := NewDoor(id, secret, entropy).Answer(m1)
		if err != nil {
			t.Fatal(err)
		}
		got, fromGuest, fromHost, err := guest.ReadMessage(nil, m2[1:])
		if err != nil || !bytes.Equal(got[:bindBytes], tunnel.bind[:]) || !bytes.Equal(tunnel.hash[:], guest.ChannelBinding()) {
			t.Fatalf("the reference read %x, %v", got, err)
		}
		talk(t, tunnel, fromGuest, fromHost)
	}
}

// talk passes messages between a tunnel and the reference's cipher states.
func talk(t *testing.T, tunnel *Tunnel, send, receive *noise.CipherState) {
	t.Helper()
	for range 3 {
		b, err := tunnel.Seal(Offer{"v=0"})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := receive.Decrypt(nil, nil, b[1:]); err != nil || !bytes.Equal(got, appendSignal(nil, Offer{"v=0"})) {
			t.Fatalf("the reference opened %q, %v", got, err)
		}
		b, err = send.Encrypt(Sealed{sealSignal}, nil, appendSignal(nil, Answer{"v=1"}))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tunnel.Open(b); err != nil || got != (Answer{"v=1"}) {
			t.Fatalf("the tunnel opened %v, %v", got, err)
		}
	}
}
