//go:build !js

package peer

import (
	"bytes"
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pion/logging"
	"github.com/pion/transport/v5/vnet"
	"github.com/pion/turn/v5"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling/server"
)

// apart is two homes and a relay between them. Either home's router gives each
// way out a port of its own, and lets in what came from where that way leads
// (RFC 4787: address and port-dependent, both): a packet of the one finds no
// way into the other, whatever the two tell each other.
type apart struct {
	homes [2]*vnet.Net
	relay *turn.Server

	passed, read atomic.Int64 // packets; those with aSecretLine in them
}

const aSecretLine = "nobody between us reads this"

func newApart(t *testing.T, secret string) *apart {
	t.Helper()
	quiet := logging.NewDefaultLoggerFactory()
	quiet.DefaultLogLevel = logging.LogLevelDisabled
	ok := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	internet, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "192.0.2.0/24", LoggerFactory: quiet})
	ok(err)
	a := &apart{}
	for i, public := range []string{"192.0.2.11", "192.0.2.12"} {
		router, err := vnet.NewRouter(&vnet.RouterConfig{
			CIDR: "10.0.0.0/24", StaticIPs: []string{public}, LoggerFactory: quiet,
			NATType: &vnet.NATType{MappingBehavior: vnet.EndpointAddrPortDependent, FilteringBehavior: vnet.EndpointAddrPortDependent},
		})
		ok(err)
		a.homes[i], err = vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{"10.0.0.2"}})
		ok(err)
		ok(router.AddNet(a.homes[i]))
		ok(internet.AddRouter(router))
	}
	between, err := vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{"192.0.2.1"}})
	ok(err)
	ok(internet.AddNet(between))
	internet.AddChunkFilter(func(c vnet.Chunk) bool {
		a.passed.Add(1)
		if bytes.Contains(c.UserData(), []byte(aSecretLine)) {
			a.read.Add(1)
		}
		return true
	})
	ok(internet.Start())
	t.Cleanup(func() { internet.Stop() })
	udp, err := between.ListenPacket("udp4", "192.0.2.1:3478")
	ok(err)
	a.relay, err = turn.NewServer(turn.ServerConfig{
		Realm: "relay.example", LoggerFactory: quiet, AuthHandler: turn.LongTermTURNRESTAuthHandler(secret, quiet.NewLogger("turn")),
		PacketConnConfigs: []turn.PacketConnConfig{{
			PacketConn:            udp,
			RelayAddressGenerator: &turn.RelayAddressGeneratorStatic{RelayAddress: net.IPv4(192, 0, 2, 1), Address: "192.0.2.1", Net: between},
		}},
	})
	ok(err)
	t.Cleanup(func() { a.relay.Close() })
	return a
}

const relaySecret = "what the server and the relay know"

func relayed(secret string) server.Config {
	return server.Config{ICE: []string{"stun:192.0.2.1:3478"}, TURN: server.TURN{URLs: []string{"turn:192.0.2.1:3478"}, Secret: []byte(secret)}}
}

// TestRelayBringsTogetherTwoHomesThatLetNothingThrough goes the whole way: a
// server makes the credentials, a relay that knows no more than the secret
// takes them, and a party comes about over it, of which the relay reads nothing.
func TestRelayBringsTogetherTwoHomesThatLetNothingThrough(t *testing.T) {
	homes := newApart(t, relaySecret)
	e := newEveningOf(t, relayed(relaySecret))
	ana := e.runAt(homes.homes[0], "host", NewHost, Config{Name: "Ana", Media: aFilm})
	ana.phase(party.Theatre)
	luc := e.runAt(homes.homes[1], "Luc", NewGuest, Config{Invitation: ana.session.Invitation()})
	luc.phase(party.Lobby)
	luc.session.Do(party.TakeSeat{Name: "Luc"})
	luc.phase(party.Theatre)
	ana.session.Do(party.Play{})
	luc.until("in sync", isSynced)
	luc.session.Do(party.Say{Text: aSecretLine})
	ana.until("the line is here", func(v party.View) bool {
		return len(v.Lines) > 0 && v.Lines[len(v.Lines)-1].Text == aSecretLine
	})
	for _, w := range []*watcher{ana, luc} {
		w.until("it is told that Luc comes by a relay", func(v party.View) bool { return len(v.Relayed) == 1 && v.People[1].ID == v.Relayed[0] })
	}
	if passed, read := homes.passed.Load(), homes.read.Load(); passed == 0 || read > 0 {
		t.Errorf("of %d packets %d hold what was said", passed, read)
	}
	if n := homes.relay.AllocationCount(); n == 0 {
		t.Error("nobody has a place at the relay: the homes are not apart")
	}
}

// The homes are what the test above says of them, and a relay of another secret
// opens to nobody.
func TestWithoutTheRelayThoseTwoHomesFindNoWay(t *testing.T) {
	for what, cfg := range map[string]server.Config{
		"no relay":                  {ICE: []string{"stun:192.0.2.1:3478"}},
		"a relay of another secret": relayed("another"),
	} {
		t.Run(what, func(t *testing.T) {
			homes := newApart(t, relaySecret)
			e := newEveningOf(t, cfg)
			soon := func(open func(Config) *Session) func(Config) *Session {
				return func(cfg Config) *Session {
					s := open(cfg)
					s.timeouts.connect = 6 * time.Second // by the relay it takes two
					return s
				}
			}
			ana := e.runAt(homes.homes[0], "host", soon(NewHost), Config{Name: "Ana", Media: aFilm})
			ana.phase(party.Theatre)
			luc := e.runAt(homes.homes[1], "Luc", soon(NewGuest), Config{Invitation: ana.session.Invitation()})
			var end *EndError
			if err := luc.end(); !errors.As(err, &end) || end.Code != "connect-failed" {
				t.Errorf("the guest's session ended with %v", err)
			}
			if n := homes.relay.AllocationCount(); n != 0 {
				t.Errorf("%d places are taken at the relay", n)
			}
		})
	}
}
