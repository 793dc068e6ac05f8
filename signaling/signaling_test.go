package signaling

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var examples = map[string]Message{
	"hello":   Hello{Nonce: [32]byte{1, 2, 3}, ICE: []string{"stun:toile.example:3478", "stun:[2001:db8::1]:3478"}},
	"claim":   Claim{Keys: PublicKeys{[32]byte{4}, [32]byte{10}}, Signature: [64]byte{5}},
	"claimed": Claimed{},
	"join":    Join{Room: RoomID{6}},
	"joined":  Joined{Peer: PeerID{7}},
	"relay":   Relay{Peer: PeerID{8}, Data: Sealed("sealed")},
	"gone":    Gone{Peer: PeerID{9}},
	"present": Present{Keys: PublicKeys{[32]byte{11}, [32]byte{12}}},
	"absent":  Absent{},
	"turn":    TURN{URLs: []string{"turn:relay.example:3478?transport=udp", "turns:relay.example:5349"}, Username: "1795480000:1f", Credential: "secret"},
}

func TestGoldenFramesAreStable(t *testing.T) {
	for name, m := range examples {
		got := hex.EncodeToString(Append(nil, m))
		file := filepath.Join("testdata", name+".hex")
		if *update {
			if err := os.WriteFile(file, []byte(got+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != strings.TrimSpace(string(want)) {
			t.Errorf("%s: frame changed\n got %s\nwant %s", name, got, want)
		}
		back, err := Parse(Append(nil, m))
		if err != nil || !reflect.DeepEqual(back, m) {
			t.Errorf("%s: read back as %#v, %v", name, back, err)
		}
	}
}

func TestParseRefusesTruncationAndExcess(t *testing.T) {
	for name, m := range examples {
		frame := Append(nil, m)
		whole := len(frame)
		if name == "relay" {
			whole = 1 + len(PeerID{}) // a signal may be of any length
		}
		for n := range whole {
			if got, err := Parse(frame[:n]); !errors.Is(err, ErrMalformed) {
				t.Errorf("%s cut to %d bytes: %#v, %v", name, n, got, err)
			}
		}
	}
	for name, frame := range map[string][]byte{
		"a frame over the limit":    make([]byte, MaxFrame+1),
		"a seal over the limit":     Append(nil, Relay{Data: make(Sealed, MaxSealed+1)}),
		"too many ICE servers":      Append(nil, Hello{ICE: make([]string, MaxICE+1)}),
		"an ICE server over length": Append(nil, Hello{ICE: []string{strings.Repeat("x", MaxICEURL+1)}}),
		"too many relays":           Append(nil, TURN{URLs: make([]string, MaxICE+1)}),
		"an unknown type":           {0x7f},
	} {
		if got, err := Parse(frame); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %#v, %v", name, got, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, m := range examples {
		f.Add(Append(nil, m))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		if err != nil {
			return
		}
		if again, err := Parse(Append(nil, m)); err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("%#v was read, but written and read again it is %#v, %v", m, again, err)
		}
	})
}

func TestSignalsAreReadAsTheyWereWritten(t *testing.T) {
	for _, s := range []Signal{Offer{"v=0\r\n"}, Answer{"v=0"}, Candidate{`{"candidate":"x"}`}, Candidate{}} {
		if got, err := parseSignal(appendSignal(nil, s)); err != nil || got != s {
			t.Errorf("%#v came out as %#v, %v", s, got, err)
		}
	}
}

func FuzzParseSignal(f *testing.F) {
	f.Add(appendSignal(nil, Offer{"v=0"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := parseSignal(b); err == nil && !bytes.Equal(appendSignal(nil, s), b) {
			t.Errorf("%#v is not written as it was read", s)
		}
	})
}

var anInvitation = Invitation{Room: RoomID{0xff, 1, 2, 3}, Secret: Secret{9, 8, 0x7f, 15: 0xfe}}

func TestInvitationIsFoundInWhatPeoplePaste(t *testing.T) {
	f := anInvitation.Fragment()
	if len(f) != 44 {
		t.Fatalf("the fragment has %d characters, want 44", len(f))
	}
	for _, s := range []string{
		f, "#" + f, "  " + f + "\n", anInvitation.URL("https://toile.example/"),
		"Come at eight: " + anInvitation.URL("http://localhost:8080/#old") + ", bring popcorn!",
		"<" + anInvitation.URL("https://toile.example/?lang=fr") + ">", "« " + f + " »",
	} {
		if got, err := ParseInvitation(s); err != nil || got != anInvitation {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
}

func TestNoCharacterOfAnInvitationChangesUnnoticed(t *testing.T) {
	f := anInvitation.Fragment()
	const others = "ABYZabyz0189-_.~+/= é#"
	for i := range f {
		for _, c := range others {
			if string(c) == f[i:i+1] {
				continue
			}
			changed := f[:i] + string(c) + f[i+1:]
			if got, err := ParseInvitation(changed); err == nil && got == anInvitation {
				t.Errorf("%q is taken for %q", changed, f)
			}
		}
		if _, err := ParseInvitation(f[:i] + f[i+1:]); err == nil {
			t.Errorf("without its character %d it is still an invitation", i)
		}
	}
}

func TestInvitationOfAnotherVersionIsToldApart(t *testing.T) {
	rest := anInvitation.Fragment()[2:]
	for _, s := range []string{"Ag" + rest, "Dw" + rest} { // 2 and 15
		if _, err := ParseInvitation(s); !errors.Is(err, ErrInvitationVersion) {
			t.Errorf("%s of another version: %v", s, err)
		}
	}
	for _, s := range []string{"nothing to see", strings.Repeat("A", 44), "AA" + rest, "EA" + rest, "_w" + rest} {
		if _, err := ParseInvitation(s); !errors.Is(err, ErrInvitation) {
			t.Errorf("%s is none: %v", s, err)
		}
	}
}

func FuzzParseInvitation(f *testing.F) {
	f.Add(anInvitation.URL("https://toile.example/"))
	f.Fuzz(func(t *testing.T, s string) {
		if i, err := ParseInvitation(s); err == nil && !strings.Contains(s, i.Fragment()) {
			t.Errorf("%q holds no %q", s, i.Fragment())
		}
	})
}

func TestCloseCodesAndErrorsAreOneTable(t *testing.T) {
	for _, e := range closeTable {
		if got := e.code.Err(); got != e.err {
			t.Errorf("%d is %v, want %v", e.code, got, e.err)
		}
	}
	if got := CloseCode(1006).Err(); got != ErrServerAway {
		t.Errorf("an abnormal end is %v", got)
	}
}
