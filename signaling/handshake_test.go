package signaling

import (
	"bytes"
	"crypto/rand"
	"errors"
	"testing"
)

func TestNoByteOfTheHandshakeCanBeChanged(t *testing.T) {
	id, inv, _, k, welcome, guest, host := meetVector(t)
	for i := range k.Frame() {
		changed := bytes.Clone(k.Frame())
		changed[i] ^= 0x40
		answer, tunnel, err := NewDoor(id, inv.Secret, counter(3)).Answer(changed)
		if err == nil || tunnel != nil {
			t.Errorf("a knock with its byte %d changed opens the door", i)
		}
		if answer != nil { // a refusal, of another knock
			if _, err := k.Enter(answer); err != ErrTampered {
				t.Errorf("the answer to a knock with its byte %d changed is %v", i, err)
			}
		}
	}
	for i := range welcome {
		k, err := NewKnock(inv, id.Public(), counter(0x41))
		if err != nil {
			t.Fatal(err)
		}
		changed := bytes.Clone(welcome)
		changed[i] ^= 0x40
		if _, err := k.Enter(changed); err != ErrTampered {
			t.Errorf("a welcome with its byte %d changed: %v", i, err)
		}
	}
	b, err := guest.Seal(Offer{"v=0"})
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		end := *host // each change meets an end that has seen none
		changed := bytes.Clone(b)
		changed[i] ^= 0x40
		if got, err := end.Open(changed); err != ErrTampered {
			t.Errorf("a signal with its byte %d changed: %v, %v", i, got, err)
		}
		if _, err := end.Open(b); err != ErrTampered {
			t.Error("after a signal that was changed another is taken")
		}
	}
	if _, err := host.Open(b); err != nil {
		t.Error(err)
	}
}

func TestSignalsComeOnceAndInOrder(t *testing.T) {
	for name, play := range map[string]func(a, b, own Sealed) []Sealed{
		"twice":            func(a, _, _ Sealed) []Sealed { return []Sealed{a, a} },
		"the second first": func(_, b, _ Sealed) []Sealed { return []Sealed{b} },
		"reflected":        func(_, _, own Sealed) []Sealed { return []Sealed{own} },
		"empty":            func(_, _, _ Sealed) []Sealed { return []Sealed{{}} },
		"too long":         func(_, _, _ Sealed) []Sealed { return []Sealed{make(Sealed, MaxSealed+1)} },
	} {
		_, _, _, _, _, guest, host := meetVector(t)
		a, _ := guest.Seal(Candidate{"a"})
		b, _ := guest.Seal(Candidate{"b"})
		own, _ := host.Seal(Candidate{"c"})
		var err error
		for _, s := range play(a, b, own) {
			_, err = host.Open(s)
		}
		if err != ErrTampered {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSignalThatIsTooBigLeavesNoGap(t *testing.T) {
	_, _, _, _, _, guest, host := meetVector(t)
	if _, err := guest.Seal(Offer{string(make([]byte, MaxSealed))}); err != ErrTooBig {
		t.Errorf("got %v", err)
	}
	b, err := guest.Seal(Candidate{"next"})
	if err != nil {
		t.Fatal(err)
	}
	if s, err := host.Open(b); err != nil || s != (Candidate{"next"}) {
		t.Errorf("what came after it is %v, %v", s, err)
	}
}

// What was recorded of one introduction is nothing in another, between the
// same two with the same link (TRUST fault 21).
func TestNothingOfOneHandshakeIsGoodInAnother(t *testing.T) {
	random := func(b []byte) { rand.Read(b) }
	id := NewIdentity(random)
	inv := Invitation{Room: id.Room()}
	door := NewDoor(id, inv.Secret, random)
	meet := func() (*Knock, Sealed, *Tunnel) {
		k, err := NewKnock(inv, id.Public(), random)
		if err != nil {
			t.Fatal(err)
		}
		welcome, host, err := door.Answer(k.Frame())
		if err != nil {
			t.Fatal(err)
		}
		return k, welcome, host
	}
	first, welcome, _ := meet()
	second, other, host := meet()
	third, _, _ := meet()
	if _, err := third.Enter(welcome); err != ErrTampered {
		t.Errorf("another's welcome: %v", err)
	}
	guest, err := first.Enter(welcome)
	if err != nil {
		t.Fatal(err)
	}
	again, err := second.Enter(other)
	if err != nil {
		t.Fatal(err)
	}
	offer, _ := guest.Seal(Offer{"v=0"})
	if _, err := host.Open(offer); err != ErrTampered {
		t.Errorf("another's offer: %v", err)
	}
	mine, _ := guest.Confirm(Fingerprint{1}, Fingerprint{2})
	if yours, _ := again.Confirm(Fingerprint{1}, Fingerprint{2}); mine == yours {
		t.Error("two handshakes have one confirmation")
	}
	refused, err := NewKnock(Invitation{Room: id.Room(), Secret: Secret{9}}, id.Public(), random)
	if err != nil {
		t.Fatal(err)
	}
	refusal, _, err := door.Answer(refused.Frame())
	if err != ErrSecret {
		t.Fatal(err)
	}
	fourth, _, _ := meet()
	if _, err := fourth.Enter(refusal); err != ErrTampered {
		t.Errorf("another's refusal: %v", err)
	}
}

func TestHostOfOtherKeysIsRefusedBeforeAnythingIsSent(t *testing.T) {
	id, inv, _, _, _, _, _ := meetVector(t)
	for name, change := range map[string]func(*PublicKeys){
		"Ed25519": func(k *PublicKeys) { k.Ed[7] ^= 1 },
		"X25519":  func(k *PublicKeys) { k.X[7] ^= 1 },
		"both":    func(k *PublicKeys) { k.Ed, k.X = k.X, k.Ed },
	} {
		keys := id.Public()
		change(&keys)
		if k, err := NewKnock(inv, keys, counter(1)); err != ErrTampered {
			t.Errorf("%s: %v, %v", name, k, err)
		}
	}
}

func TestKnockIsGoodOnce(t *testing.T) {
	_, _, door, k, _, _, _ := meetVector(t)
	if answer, tunnel, err := door.Answer(k.Frame()); !errors.Is(err, ErrReplayed) || answer != nil || tunnel != nil {
		t.Errorf("the second time: %x, %v, %v", answer, tunnel, err)
	}
}

func TestDoorForgetsOnlyTheOldestOfThousands(t *testing.T) {
	d := NewDoor(NewIdentity(counter(1)), Secret{}, counter(1))
	for i := range maxSeen + 1 {
		if !d.remember([32]byte{byte(i), byte(i >> 8)}) {
			t.Fatalf("%d was known", i)
		}
	}
	if d.hasSeen([32]byte{0, 0}) || !d.hasSeen([32]byte{1, 0}) || len(d.seen) != maxSeen || len(d.order) != maxSeen {
		t.Errorf("%d and %d are remembered, want the newest %d", len(d.seen), len(d.order), maxSeen)
	}
}

func TestDoorKnowsAFewSecretsThatWereReplaced(t *testing.T) {
	id, inv, _, _, _, _, _ := meetVector(t)
	door := NewDoor(id, inv.Secret, counter(9))
	for n := range byte(maxSecrets + 1) {
		k, err := NewKnock(inv, id.Public(), counter(100+n))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = door.Answer(k.Frame())
		if known := n < maxSecrets; known != (err == nil) || !known && err != ErrSecret {
			t.Errorf("after %d rotations: %v", n, err)
		}
		door.Rotate(Secret{n})
	}
}

func TestIdentityIsTheSameAfterAReload(t *testing.T) {
	id := NewIdentity(counter(5))
	again, err := ParseIdentity(id.Bytes())
	if err != nil || *again != *id {
		t.Errorf("got %v, %v", again, err)
	}
	for _, b := range [][]byte{nil, id.Bytes()[1:], append(id.Bytes(), 0), append([]byte{9}, id.Bytes()[1:]...)} {
		if _, err := ParseIdentity(b); !errors.Is(err, ErrMalformed) {
			t.Errorf("%x: %v", b, err)
		}
	}
}

func TestOriginIsTheServersName(t *testing.T) {
	for address, want := range map[string]string{
		"wss://Toile.Example/ws": "toile.example", "ws://localhost:8080/ws": "localhost:8080", "toile.example:443": "toile.example",
		"WS://[2001:DB8::1]:80/ws?x#y": "[2001:db8::1]", "[2001:db8::1]": "[2001:db8::1]", "[2001:db8::443]": "[2001:db8::443]",
		"toile.example:8443": "toile.example:8443", "": "",
	} {
		if got := Origin(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func FuzzDoorSurvivesKnocks(f *testing.F) {
	id, inv, _, k, welcome, _, _ := meetVector(f)
	f.Add([]byte(k.Frame()))
	f.Add([]byte(welcome))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, tunnel, err := NewDoor(id, inv.Secret, counter(3)).Answer(b)
		if (tunnel != nil) != (err == nil) || err == nil && !bytes.Equal(b, k.Frame()) {
			t.Errorf("%x opened the door", b)
		}
	})
}

func FuzzGuestSurvivesAnswers(f *testing.F) {
	id, inv, _, _, welcome, _, _ := meetVector(f)
	f.Add([]byte(welcome))
	f.Add(append([]byte{sealRefusal}, make([]byte, 32)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		k, err := NewKnock(inv, id.Public(), counter(0x41))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Enter(b); err == nil && !bytes.Equal(b, welcome) {
			t.Errorf("%x let the guest in", b)
		}
	})
}

func FuzzTunnelSurvivesFrames(f *testing.F) {
	_, _, _, _, _, guest, host := meetVector(f)
	s, _ := guest.Seal(Offer{"v=0"})
	f.Add([]byte(s))
	f.Fuzz(func(t *testing.T, b []byte) {
		end := *host
		if got, err := end.Open(b); err == nil && !bytes.Equal(b, s) {
			t.Errorf("%x was opened: %v", b, got)
		}
	})
}

// BenchmarkHandshake is a whole one, both sides and their keys.
func BenchmarkHandshake(b *testing.B) {
	for b.Loop() {
		meetVector(b)
	}
}

// BenchmarkRefusal is what a stranger costs a host.
func BenchmarkRefusal(b *testing.B) {
	id := NewIdentity(counter(1))
	k, err := NewKnock(Invitation{Room: id.Room(), Secret: Secret{1}}, id.Public(), counter(2))
	if err != nil {
		b.Fatal(err)
	}
	door := NewDoor(id, Secret{2}, counter(3))
	for b.Loop() {
		if _, _, err := door.Answer(k.Frame()); err != ErrSecret {
			b.Fatal(err)
		}
	}
}
