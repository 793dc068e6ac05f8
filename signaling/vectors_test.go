package signaling

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// vectors is testdata/vectors.json: the whole of what two implementations must
// agree on, from fixed keys, in hexadecimal. It is checked natively and, with
// the page's own curves, in Node.
type vectors struct {
	Link struct {
		Room     string `json:"room"`
		Secret   string `json:"secret"`
		Fragment string `json:"fragment"`
	} `json:"link"`
	Claim struct {
		EdSeed    string `json:"ed25519_seed"`
		EdPublic  string `json:"ed25519_public"`
		XPrivate  string `json:"x25519_private"`
		XPublic   string `json:"x25519_public"`
		Room      string `json:"room"`
		Origin    string `json:"origin"`
		Nonce     string `json:"nonce"`
		Signed    string `json:"signed"`
		Signature string `json:"signature"`
	} `json:"claim"`
	Handshake struct {
		Protocol string   `json:"protocol"`
		Prologue string   `json:"prologue"`
		PSK      string   `json:"psk"`
		GuestE   string   `json:"guest_e_private"`
		HostE    string   `json:"host_e_private"`
		Bind     string   `json:"bind"`
		Knock    string   `json:"knock"`
		Welcome  string   `json:"welcome"`
		Hash     string   `json:"hash"`
		Guest    []sealed `json:"guest_signals"`
		Host     []sealed `json:"host_signals"`
	} `json:"handshake"`
	Refusal struct {
		Secret  string `json:"secret_of_the_guest"`
		GuestE  string `json:"guest_e_private"`
		Knock   string `json:"knock"`
		Refusal string `json:"refusal"`
	} `json:"refusal"`
	Confirm struct {
		GuestCertificate string `json:"guest_certificate_sha256"`
		HostCertificate  string `json:"host_certificate_sha256"`
		Guest            string `json:"guest"`
		Host             string `json:"host"`
	} `json:"confirm"`
	// What must not be taken, and why.
	Refused struct {
		Links  []refusedLink  `json:"links"`
		Claims []refusedClaim `json:"claims"`
	} `json:"refused"`
}

type refusedLink struct {
	Why      string `json:"why"`
	Fragment string `json:"fragment"`
}

// refusedClaim is by the host of the claim above.
type refusedClaim struct {
	Why       string `json:"why"`
	Origin    string `json:"origin"`
	Nonce     string `json:"nonce"`
	Signature string `json:"signature"`
}

type sealed struct {
	Text   string `json:"text"`
	Sealed string `json:"sealed"`
}

// counter is an entropy that everybody has.
func counter(start byte) func([]byte) {
	return func(b []byte) {
		for i := range b {
			b[i] = start + byte(i)
		}
		start += byte(len(b))
	}
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// meetVector shakes hands from fixed keys.
func meetVector(t testing.TB) (id *Identity, inv Invitation, door *Door, k *Knock, welcome Sealed, guest, host *Tunnel) {
	t.Helper()
	id = NewIdentity(counter(1))
	inv = Invitation{Room: id.Room()}
	counter(0xa0)(inv.Secret[:])
	door = NewDoor(id, inv.Secret, counter(0x61))
	k, err := NewKnock(inv, id.Public(), counter(0x41))
	if err != nil {
		t.Fatal(err)
	}
	welcome, host, err = door.Answer(k.Frame())
	if err != nil {
		t.Fatal(err)
	}
	guest, err = k.Enter(welcome)
	if err != nil {
		t.Fatal(err)
	}
	return id, inv, door, k, welcome, guest, host
}

func makeVectors(t *testing.T) (v vectors) {
	id, inv, door, k, welcome, guest, host := meetVector(t)
	public, room := id.Public(), id.Room()
	v.Link.Room, v.Link.Secret, v.Link.Fragment = hexOf(room[:]), hexOf(inv.Secret[:]), inv.Fragment()

	var nonce [32]byte
	counter(0xc0)(nonce[:])
	origin := "toile.example:8443"
	claim := id.Claim(origin, nonce)
	c := &v.Claim
	c.EdSeed, c.EdPublic = hexOf(id.edSeed[:]), hexOf(public.Ed[:])
	c.XPrivate, c.XPublic = hexOf(id.xPrivate[:]), hexOf(public.X[:])
	c.Room, c.Origin, c.Nonce = hexOf(room[:]), origin, hexOf(nonce[:])
	c.Signed, c.Signature = hexOf(claimText(origin, room, nonce)), hexOf(claim.Signature[:])

	h := &v.Handshake
	key := psk(inv.Secret, room)
	h.Protocol, h.Prologue, h.PSK = noiseName, hexOf(prologue(public)), hexOf(key[:])
	hostE := make([]byte, 32)
	counter(0x61)(hostE)
	h.GuestE, h.HostE, h.Bind = hexOf(k.e[:]), hexOf(hostE), hexOf(host.bind[:])
	h.Knock, h.Welcome, h.Hash = hexOf(k.Frame()), hexOf(welcome), hexOf(guest.hash[:])
	for _, s := range []Signal{Offer{"v=0\r\no=guest\r\n"}, Candidate{`{"candidate":"a"}`}, Candidate{}} {
		b, err := guest.Seal(s)
		if err != nil {
			t.Fatal(err)
		}
		h.Guest = append(h.Guest, sealed{hexOf(appendSignal(nil, s)), hexOf(b)})
		if got, err := host.Open(b); err != nil || got != s {
			t.Errorf("the host opened %v, %v, want %v", got, err, s)
		}
	}
	for _, s := range []Signal{Answer{"v=0\r\no=host\r\n"}, Candidate{`{"candidate":"b"}`}} {
		b, err := host.Seal(s)
		if err != nil {
			t.Fatal(err)
		}
		h.Host = append(h.Host, sealed{hexOf(appendSignal(nil, s)), hexOf(b)})
		if got, err := guest.Open(b); err != nil || got != s {
			t.Errorf("the guest opened %v, %v, want %v", got, err, s)
		}
	}

	wrong := inv
	wrong.Secret[0] ^= 0xff
	other, err := NewKnock(wrong, public, counter(0x31))
	if err != nil {
		t.Fatal(err)
	}
	refused, _, err := door.Answer(other.Frame())
	if err != ErrSecret {
		t.Errorf("another secret: %v", err)
	}
	if _, err := other.Enter(refused); err != ErrSecret {
		t.Errorf("the refusal is read as %v", err)
	}
	v.Refusal.GuestE = hexOf(other.e[:])
	v.Refusal.Secret, v.Refusal.Knock, v.Refusal.Refusal = hexOf(wrong.Secret[:]), hexOf(other.Frame()), hexOf(refused)

	a, b := Fingerprint{1, 2, 3}, Fingerprint{4, 5, 6}
	mine, theirs := guest.Confirm(a, b)
	if m, th := host.Confirm(b, a); m != theirs || th != mine {
		t.Error("guest and host do not agree on their confirmations")
	}
	v.Confirm.GuestCertificate, v.Confirm.HostCertificate = hexOf(a[:]), hexOf(b[:])
	v.Confirm.Guest, v.Confirm.Host = hexOf(mine[:]), hexOf(theirs[:])

	f := v.Link.Fragment
	v.Refused.Links = []refusedLink{
		{"another version", "Ag" + f[2:]},
		{"a character missing", f[:43]},
		{"a character too many", f + "A"},
		{"padding", f[:43] + "="},
		{"the other alphabet", f[:20] + "+/" + f[22:]},
	}
	changed := claim.Signature
	changed[63] ^= 0x10
	v.Refused.Claims = []refusedClaim{
		{"for another server", "evil.example", c.Nonce, c.Signature},
		{"for the same server at another port", "toile.example", c.Nonce, c.Signature},
		{"on another connection", origin, hexOf(bytes.Repeat([]byte{7}, 32)), c.Signature},
		{"another signature", origin, c.Nonce, hexOf(changed[:])},
		{"S not reduced (RFC 8032 section 8.4)", origin, c.Nonce, hexOf(unreduced(claim.Signature))},
		{"nothing signed", origin, c.Nonce, hexOf(make([]byte, 64))},
	}
	return v
}

// unreduced adds the order of the group to S: the same point, another text.
func unreduced(signature [64]byte) []byte {
	order, _ := hex.DecodeString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
	carry := 0
	for i := range order {
		carry += int(signature[32+i]) + int(order[i])
		signature[32+i] = byte(carry)
		carry >>= 8
	}
	return signature[:]
}

func TestRefusedLinksAreRefused(t *testing.T) {
	for _, r := range makeVectors(t).Refused.Links {
		if i, err := ParseInvitation(r.Fragment); err == nil {
			t.Errorf("%s: taken for %v", r.Why, i)
		}
	}
}

func TestVectorsForOtherImplementationsAreStable(t *testing.T) {
	got, err := json.MarshalIndent(makeVectors(t), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	file := filepath.Join("testdata", "vectors.json")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the vectors changed:\n%s\nwant\n%s", got, want)
	}
}

func fromHex(t *testing.T, s string) (b [32]byte) {
	t.Helper()
	if n, err := hex.Decode(b[:], []byte(s)); n != 32 || err != nil {
		t.Fatal(n, err)
	}
	return b
}

// RFC 7748 section 5.2 and 6.1.
func TestX25519IsThatOfTheRFC(t *testing.T) {
	for _, v := range [][3]string{
		{"a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4", "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c", "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"},
		{"4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d", "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493", "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"},
	} {
		k, u := fromHex(t, v[0]), fromHex(t, v[1])
		if got, err := x25519(&k, &u); err != nil || got != fromHex(t, v[2]) {
			t.Errorf("got %x, %v, want %s", got, err, v[2])
		}
	}
	alice := fromHex(t, "77076d0a7318a57d3c16c17251b26645b6a6a8f1f2d1b4d7e6a1e1c1a2b1c2d3")
	bob := fromHex(t, "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
	if got := x25519Public(&bob); got != fromHex(t, "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f") {
		t.Errorf("Bob's public key is %x", got)
	}
	alicePublic, bobPublic := x25519Public(&alice), x25519Public(&bob)
	one, err1 := x25519(&alice, &bobPublic)
	two, err2 := x25519(&bob, &alicePublic)
	if err1 != nil || err2 != nil || one != two {
		t.Errorf("the two do not agree: %x %v, %x %v", one, err1, two, err2)
	}
	for _, low := range []string{
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
	} {
		u := fromHex(t, low)
		if got, err := x25519(&bob, &u); err == nil {
			t.Errorf("a key of low order gives %x", got)
		}
	}
}

// RFC 8032 section 7.1, tests 1 to 3.
func TestEd25519IsThatOfTheRFC(t *testing.T) {
	for _, v := range []struct{ seed, public, text, signature string }{
		{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
			"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
		{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
			"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
		{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
			"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
	} {
		seed := fromHex(t, v.seed)
		if got := ed25519Public(&seed); got != fromHex(t, v.public) {
			t.Errorf("the public key is %x, want %s", got, v.public)
		}
		text, _ := hex.DecodeString(v.text)
		if got := ed25519Sign(&seed, text); hexOf(got[:]) != v.signature {
			t.Errorf("the signature of %s is %x, want %s", v.text, got, v.signature)
		}
	}
}
