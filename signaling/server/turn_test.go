package server

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/pion/logging"
	"github.com/pion/turn/v5"

	"github.com/toile-party/toile/signaling"
)

const relaySecret = "a secret that server and relay share"

// openRelay starts a TURN server on the loopback, which asks for credentials
// as coturn does with use-auth-secret, and returns its address.
func openRelay(t *testing.T) string {
	t.Helper()
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	quiet := logging.NewDefaultLoggerFactory()
	quiet.DefaultLogLevel = logging.LogLevelDisabled
	s, err := turn.NewServer(turn.ServerConfig{
		Realm: "relay.example", LoggerFactory: quiet,
		AuthHandler: turn.LongTermTURNRESTAuthHandler(relaySecret, quiet.NewLogger("turn")),
		PacketConnConfigs: []turn.PacketConnConfig{{
			PacketConn:            socket,
			RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{RelayAddress: net.IPv4(127, 0, 0, 1), Address: "127.0.0.1"},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return socket.LocalAddr().String()
}

// allocate asks the relay at addr for a place.
func allocate(t *testing.T, addr string, m signaling.TURN) error {
	t.Helper()
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	quiet := logging.NewDefaultLoggerFactory()
	quiet.DefaultLogLevel = logging.LogLevelDisabled
	c, err := turn.NewClient(&turn.ClientConfig{
		TURNServerAddr: addr, STUNServerAddr: addr, Username: m.Username, Password: m.Credential, Conn: socket, LoggerFactory: quiet,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Listen(); err != nil {
		t.Fatal(err)
	}
	place, err := c.Allocate()
	if err == nil {
		place.Close()
	}
	return err
}

func TestRelayTakesWhoClaimedOrJoinedAndNobodyElse(t *testing.T) {
	addr := openRelay(t)
	h := open(t, Config{TURN: TURN{URLs: []string{"turn:" + addr}, Secret: []byte(relaySecret)}})
	host, guest := h.dial(), h.dial()
	if got := host.TURN(); len(got.URLs) != 0 || got.Credential != "" {
		t.Errorf("who did nothing yet is told %v", got)
	}
	id := identity(1)
	if err := host.Claim(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if _, err := guest.Join(t.Context(), id.Room()); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*signaling.Client{"host": host, "guest": guest} {
		m := c.TURN()
		if fmt.Sprint(m.URLs) != fmt.Sprint([]string{"turn:" + addr}) {
			t.Fatalf("%s is told %v", name, m)
		}
		if err := allocate(t, addr, m); err != nil {
			t.Errorf("the relay refuses the %s: %v", name, err)
		}
	}
	if host.TURN().Username == guest.TURN().Username {
		t.Error("host and guest have one name, and so one quota")
	}

	late := TURN{Secret: []byte(relaySecret)}.mint(time.Now().Add(-grantFor - time.Minute))
	other := TURN{Secret: []byte("another")}.mint(time.Now())
	for name, m := range map[string]signaling.TURN{"credentials that are over": late, "credentials of another secret": other} {
		if allocate(t, addr, m) == nil {
			t.Errorf("the relay takes %s", name)
		}
	}
}

func TestWhoIsRefusedLearnsNoCredentials(t *testing.T) {
	h := open(t, Config{TURN: TURN{URLs: []string{"turn:relay.example"}, Secret: []byte(relaySecret)}, Names: []string{"another.example"}})
	c := h.dial()
	if err := c.Claim(t.Context(), identity(1)); err == nil {
		t.Fatal("the claim was accepted")
	}
	if got := c.TURN(); got.Credential != "" {
		t.Errorf("got %v", got)
	}
}

// A host whose guests have more to say than it reads just then keeps its room,
// and is given fresh credentials when it has read.
func TestFreshCredentialsDoNotCostABusyHostItsRoom(t *testing.T) {
	s := New(Config{TURN: TURN{URLs: []string{"turn:relay.example"}, Secret: []byte(relaySecret)}})
	now := time.Now()
	s.now = func() time.Time { return now }
	busy := &conn{server: s, writing: true} // nothing is taken from its queue
	busy.role.Store(roleHost)
	busy.grant()
	for range hostFrames {
		busy.offer(signaling.Relay{}, hostFrames)
	}
	now = now.Add(grantFor / 2)
	busy.renew()
	if busy.finished() {
		t.Error("it lost its connection")
	}
	if !busy.stale() {
		t.Error("it passes for one that was given fresh credentials")
	}
	busy.queue, busy.queued = nil, 0
	busy.renew()
	if busy.stale() || len(busy.queue) != 1 {
		t.Errorf("when it has read, %d frames wait for it", len(busy.queue))
	}
}

func TestHostThatStaysGetsFreshCredentials(t *testing.T) {
	quiet(t, func(t *testing.T, s *Server, dial func() *websocket.Conn) {
		s.cfg.TURN = TURN{URLs: []string{"turn:relay.example"}, Secret: []byte(relaySecret)}
		begun := time.Now()
		ws := dial()
		var nonce [32]byte
		s.mu.Lock()
		for c := range s.conns {
			nonce = c.nonce
		}
		s.mu.Unlock()
		put(t, ws, identity(1).Claim("toile.example", nonce))
		var at []time.Duration
		for len(at) < 3 {
			_, frame, err := ws.ReadMessage()
			if err != nil {
				t.Fatal(err)
			}
			m, err := signaling.Parse(frame)
			if err != nil {
				t.Fatal(err)
			}
			given, ok := m.(signaling.TURN)
			if !ok {
				continue
			}
			at = append(at, time.Since(begun).Round(time.Minute))
			var until int64
			if _, err := fmt.Sscanf(given.Username, "%d:", &until); err != nil || time.Until(time.Unix(until, 0)).Round(time.Minute) != grantFor {
				t.Errorf("%q, want it good for %v", given.Username, grantFor)
			}
			mac := hmac.New(sha1.New, []byte(relaySecret))
			mac.Write([]byte(given.Username))
			if given.Credential != base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
				t.Errorf("%q does not open %q", given.Credential, given.Username)
			}
		}
		if at[0] != 0 || at[1] != grantFor/2 || at[2] != grantFor {
			t.Errorf("credentials came at %v", at)
		}
	})
}
