//go:build !js

package link

import (
	"net"
	"strings"
	"testing"

	"github.com/pion/stun/v4"
	"github.com/pion/transport/v5/vnet"
	"github.com/pion/webrtc/v4"
)

func TestPrivateAddressesPassOnlyInTheLAN(t *testing.T) {
	for address, want := range map[string]struct{ far, lan bool }{
		"192.0.2.7": {true, true}, "2001:db8::1": {true, true}, "100.128.0.1": {true, true}, "172.32.0.1": {true, true},
		"10.0.0.9": {false, true}, "172.16.0.1": {false, true}, "192.168.1.2": {false, true}, "100.64.0.1": {false, true},
		"fd00::1": {false, true}, "fe80::1": {false, true}, "::ffff:10.0.0.9": {false, true},
		"127.0.0.1": {}, "127.9.9.9": {}, "::1": {}, "0.0.0.0": {}, "::": {}, "::ffff:127.0.0.1": {},
		"224.0.0.251": {}, "ff02::fb": {}, "255.255.255.255": {}, "169.254.169.254": {},
	} {
		if got := (&Config{}).public(net.ParseIP(address)); got != want.far {
			t.Errorf("%s: %v, want %v", address, got, want.far)
		}
		if got := (&Config{LAN: true}).public(net.ParseIP(address)); got != want.lan {
			t.Errorf("%s in the LAN: %v, want %v", address, got, want.lan)
		}
	}
	if (&Config{}).public(nil) {
		t.Error("what is no address passes")
	}
	if local := (&Config{Loopback: true}); !local.public(net.IPv4(127, 0, 0, 1)) {
		t.Error("with Loopback the loopback is out of reach")
	}
}

func TestPrivateAddressBehindAnotherIsNotTold(t *testing.T) {
	for _, base := range []string{"10.9.8.7", "fd00::9:8:7"} {
		c := webrtc.ICECandidate{Foundation: "1", Component: 1, Typ: webrtc.ICECandidateTypeSrflx, Address: "203.0.113.5", Port: 7,
			Protocol: webrtc.ICEProtocolUDP, RelatedAddress: base, RelatedPort: 40123}
		told, ok := (&Config{}).told(c)
		if text := told.ToJSON().Candidate; !ok || strings.Contains(text, base) || strings.Contains(text, "40123") || !strings.Contains(text, "203.0.113.5") {
			t.Errorf("told: %q", text)
		}
		if told, _ := (&Config{LAN: true}).told(c); !strings.Contains(told.ToJSON().Candidate, base) {
			t.Errorf("in the LAN: %q", told.ToJSON().Candidate)
		}
	}
}

// gather is all that leaves a host at canary behind a NAT at 203.0.113.5, with
// or without a STUN server: its description and its candidates.
func gather(t *testing.T, cfg Config, canary string, withSTUN bool) (all string, untold bool) {
	t.Helper()
	wan, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "203.0.113.0/24", LoggerFactory: silent()})
	check(t, err)
	server, err := vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{"203.0.113.1"}})
	check(t, err)
	check(t, wan.AddNet(server))
	lan, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "10.9.8.0/24", StaticIPs: []string{"203.0.113.5"}, LoggerFactory: silent()})
	check(t, err)
	cfg.Net, err = vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{canary}})
	check(t, err)
	check(t, lan.AddNet(cfg.Net.(*vnet.Net)))
	check(t, wan.AddRouter(lan))
	check(t, wan.Start())
	defer wan.Stop()
	if withSTUN {
		cfg.ICE = []string{"stun:203.0.113.1:3478"}
		conn, err := server.ListenPacket("udp4", "203.0.113.1:3478")
		check(t, err)
		defer conn.Close()
		go answerSTUN(conn) // until conn is closed
	}
	candidates, none := make(chan string, maxCandidates), make(chan struct{}, 1)
	l, err := New(cfg, Events{
		Candidate: func(c string) { candidates <- c },
		Untold:    func() { none <- struct{}{} },
		Closed:    func(error) {},
	})
	check(t, err)
	defer l.Close()
	all, err = l.Offer(t.Context())
	check(t, err)
	for c := range candidates {
		if c == "" {
			break
		}
		all += c + "\n"
	}
	select {
	case <-none:
		untold = true
	default:
	}
	return all, untold
}

// answerSTUN tells whoever asks which address they come from (RFC 8489).
func answerSTUN(conn net.PacketConn) {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return
		}
		m := &stun.Message{Raw: append([]byte(nil), buf[:n]...)}
		a := from.(*net.UDPAddr)
		if m.Decode() != nil {
			continue
		}
		if answer, err := stun.Build(m, stun.BindingSuccess, &stun.XORMappedAddress{IP: a.IP, Port: a.Port}, stun.Fingerprint); err == nil {
			conn.WriteTo(answer.Raw, from)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The whole of what leaves, as pion really gathers it.
func TestPrivateAddressIsNowhereInWhatLeaves(t *testing.T) {
	const canary = "10.9.8.77"
	all, untold := gather(t, Config{}, canary, true)
	if strings.Contains(all, canary) || !strings.Contains(all, "203.0.113.5") || !strings.Contains(all, "typ srflx") || untold {
		t.Errorf("with STUN, outside: untold %v\n%s", untold, all)
	}
	all, untold = gather(t, Config{LAN: true}, canary, true)
	if strings.Count(all, canary) < 2 || !strings.Contains(all, "203.0.113.5") || untold { // itself, and behind the other
		t.Errorf("with STUN, in the LAN: untold %v\n%s", untold, all)
	}
	all, untold = gather(t, Config{}, canary, false)
	if strings.Contains(all, canary) || strings.Contains(all, "typ ") || !untold {
		t.Errorf("without STUN, outside: untold %v\n%s", untold, all)
	}
	all, untold = gather(t, Config{LAN: true}, canary, false)
	if !strings.Contains(all, canary) || untold {
		t.Errorf("without STUN, in the LAN: untold %v\n%s", untold, all)
	}
}
