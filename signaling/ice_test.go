package signaling

import (
	"slices"
	"strings"
	"testing"
)

func TestICEServersAreToldFromWhatIsNone(t *testing.T) {
	for _, s := range []string{
		"stun:stun.example", "stun:stun.example:3478", "stuns:192.0.2.1:5349", "stun:[2001:db8::1]", "turn:[2001:db8::1]:3478",
		"turn:turn.example", "turns:turn.example:443?transport=tcp", "turn:turn.example?transport=udp", "stun:localhost:1",
	} {
		if !IsICE(s) {
			t.Errorf("%q is one", s)
		}
	}
	for _, s := range []string{
		"", "stun", "stun:", "turn::3478", "turn://turn.example", "turn:me:secret@turn.example", "turn:turn.example/", "turn:a b",
		"turn:[2001:db8::1]3478", "turn:[2001:db8::1", "turn:2001:db8::1", "turn:[turn.example]", "turn:[]", "turn:[fe80::1%eth0]",
		"turn:turn.example:", "turn:turn.example:0", "turn:turn.example:65536", "turn:turn.example:+1", "turn:turn.example:3478:3478",
		"turn:turn.example?transport=sctp", "turn:turn.example?", "stun:stun.example?transport=udp", "http:turn.example", "TURN:turn.example",
	} {
		if IsICE(s) {
			t.Errorf("%q is none", s)
		}
	}
}

// One slip of an operator, or of a server that means ill, leaves the others.
func TestClientReadsOnlyTheICEServersThatAreSome(t *testing.T) {
	c := &Client{wake: make(chan struct{}, 1)}
	c.receive(Append(nil, TURN{URLs: []string{"turn:[::1]3478", "turn:turn.example"}, Username: "u", Credential: "c"}))
	if got := c.TURN().URLs; !slices.Equal(got, []string{"turn:turn.example"}) {
		t.Errorf("of the relays it tells %q", strings.Join(got, " "))
	}
	c.receive(Append(nil, Hello{ICE: []string{"stun:[::1]3478", "stun:stun.example"}}))
	m, err := c.Next(t.Context())
	if h, ok := m.(Hello); err != nil || !ok || !slices.Equal(h.ICE, []string{"stun:stun.example"}) {
		t.Errorf("it was told %#v, %v", m, err)
	}
}
