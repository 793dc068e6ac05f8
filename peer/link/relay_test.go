//go:build !js

package link

import (
	"errors"
	"net"
	"testing"

	"github.com/pion/turn/v5"
)

func TestLinkComesAboutByARelayAlone(t *testing.T) {
	const secret = "shared"
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := turn.NewServer(turn.ServerConfig{
		Realm: "relay.example", LoggerFactory: silent(), AuthHandler: turn.LongTermTURNRESTAuthHandler(secret, silent().NewLogger("turn")),
		PacketConnConfigs: []turn.PacketConnConfig{{
			PacketConn:            socket,
			RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{RelayAddress: net.IPv4(127, 0, 0, 1), Address: "127.0.0.1"},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	user, credential, err := turn.GenerateLongTermTURNRESTCredentials(secret, "1f", openWithin)
	if err != nil {
		t.Fatal(err)
	}
	cfg := Config{Loopback: true, relayed: true, TURN: TURN{URLs: []string{"turn:" + socket.LocalAddr().String()}, Username: user, Credential: credential}}
	guest, host := newEnd(t, cfg), newEnd(t, cfg)
	t.Cleanup(func() { guest.l.Close(); host.l.Close() })
	join(t, guest, host)
	if err := guest.l.Send(Chat, []byte("by the relay")); err != nil {
		t.Fatal(err)
	}
	if m := <-host.messages; string(m.data) != "by the relay" {
		t.Errorf("got %q", m.data)
	}
	for what, e := range map[string]*end{"guest": guest, "host": host} {
		if !<-e.paths {
			t.Errorf("the %s's link is said to go straight", what)
		}
	}
	if n := s.AllocationCount(); n < 2 { // one for each end and each of its networks
		t.Errorf("the relay has %d places taken", n)
	}

	// A relay that the other end cannot use either is no way.
	cfg.TURN.Credential = "wrong"
	lost := newEnd(t, cfg)
	t.Cleanup(func() { lost.l.Close() })
	if _, err := lost.l.Offer(t.Context()); err != nil {
		t.Fatal(err)
	}
	for c := range lost.candidates {
		if c == "" {
			break
		}
		t.Errorf("without credentials there is the candidate %s", c)
	}
	select {
	case err := <-lost.closed:
		if !errors.Is(err, ErrUnreachable) {
			t.Error(err)
		}
	default:
	}
}
