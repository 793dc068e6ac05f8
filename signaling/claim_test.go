//go:build !js

package signaling

import (
	"encoding/hex"
	"testing"
)

func TestClaimOfTheVectorsIsGoodAndTheRefusedOnesAreNot(t *testing.T) {
	v := makeVectors(t)
	claim := Claim{Keys: NewIdentity(counter(1)).Public()}
	read := func(nonce, signature string) [32]byte {
		b, err := hex.DecodeString(signature)
		if err != nil || len(b) != len(claim.Signature) {
			t.Fatal(signature, err)
		}
		copy(claim.Signature[:], b)
		return fromHex(t, nonce)
	}
	if !claim.Verify(read(v.Claim.Nonce, v.Claim.Signature), v.Claim.Origin) {
		t.Error("the good claim is refused")
	}
	for _, r := range v.Refused.Claims {
		if claim.Verify(read(r.Nonce, r.Signature), r.Origin) {
			t.Errorf("taken: %s", r.Why)
		}
	}
}

func FuzzParseIdentity(f *testing.F) {
	f.Add(NewIdentity(counter(1)).Bytes())
	f.Add([]byte{2})
	f.Fuzz(func(t *testing.T, b []byte) {
		if id, err := ParseIdentity(b); err == nil && string(id.Bytes()) != string(b) {
			t.Errorf("%x is not written as it was read", b)
		}
	})
}

func FuzzOrigin(f *testing.F) {
	for _, s := range []string{"wss://Toile.example:443/ws?x#y", "[::1]:80", "ws://[::1]:443", ":80", "a:80:443"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		o := Origin(s)
		if len(o) > len(s) {
			t.Errorf("%q has the origin %q", s, o)
		}
		// What a host signs and what the server was asked by must be one name.
		if o != "" && Origin("wss://"+o+"/ws") != Origin("ws://"+o) {
			t.Errorf("%q is called %q and %q", s, Origin("wss://"+o+"/ws"), Origin("ws://"+o))
		}
	})
}
