//go:build !js

package link

import (
	"net"
	"strings"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
	"github.com/pion/transport/v5"
	"github.com/pion/webrtc/v4"

	"github.com/toile-party/toile/peer/clock"
)

// How long pion waits. Its own defaults notice a dead peer after 5 s and give
// up after 30; SCTP's back-off goes to a minute by RFC 9260, so that after a
// blackout of 20 s the first message would take 11 s more. At most a second
// between attempts made it 43 ms.
const (
	iceDisconnected = 3 * time.Second
	iceFailed       = 15 * time.Second
	iceKeepalive    = time.Second
	sctpRTOMax      = time.Second
)

// receiveBuffer is how much a peer may have under way to us, in bytes: what it
// can make this side keep, however fast it sends. pion's default is 1 MiB.
const receiveBuffer = 256 << 10

// Config is what a link is made from. The zero value is a link on this
// machine's networks, without ICE servers.
type Config struct {
	// ICE are the ICE servers, as URLs.
	ICE []string
	// TURN are relays; none in the zero value.
	TURN TURN
	// Now stamps messages; nil: the time since the program started.
	Now func() clock.Local
	// LAN lets private addresses pass between the peers, and names of
	// multicast DNS: for people in one network. Without it a link tells public
	// addresses alone, and looks for its peer at no other.
	LAN bool
	// Loopback uses this machine's loopback too, for peers on one machine
	// without a network.
	Loopback bool
	// LoopbackOnly uses nothing else: tests that must not touch a network.
	LoopbackOnly bool
	// Net is a simulated network; nil: the real one.
	Net transport.Net
	// Mux is one socket for all links; nil: each has its own. See [NewMux].
	Mux Mux

	relayed bool // by a relay or not at all: for tests
}

// Mux carries the links of one peer over one UDP socket, so that a host opens
// one port, and one descriptor, however many guests it has. With a Mux no STUN
// or TURN server is asked: pion would ask through another socket, which then is a second
// path to the same peer, and ICE may take one path there and the other back; no
// exchange of clocks can see that.
type Mux = ice.UDPMux

// NewMux makes a Mux on conn, which it then owns.
func NewMux(conn net.PacketConn) Mux {
	return ice.NewUDPMuxDefault(ice.UDPMuxParams{UDPConn: conn, Logger: silent().NewLogger("mux")})
}

var programStart = time.Now()

func (c *Config) api() *webrtc.API {
	if c.Now == nil {
		c.Now = func() clock.Local { return clock.Local(time.Since(programStart)) }
	}
	s := webrtc.SettingEngine{LoggerFactory: silent()}
	s.DetachDataChannels()
	s.SetSCTPMaxMessageSize(maxReceived)
	s.SetSCTPMaxReceiveBufferSize(receiveBuffer)
	s.SetSCTPRTOMax(sctpRTOMax)
	s.SetICETimeouts(iceDisconnected, iceFailed, iceKeepalive)
	// A browser hides its addresses behind mDNS names and so first arrives as
	// peer-reflexive; pion would wait a second for something better.
	s.SetPrflxAcceptanceMinWait(0)
	s.SetHostAcceptanceMinWait(0)
	s.SetSrflxAcceptanceMinWait(0)
	if c.Mux != nil {
		s.SetICEUDPMux(c.Mux)
	}
	if c.Net != nil {
		s.SetNet(c.Net)
		s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	} else if c.LAN {
		s.SetICEMulticastDNSMode(ice.MulticastDNSModeQueryOnly)
	} else { // a stranger's candidate must not make this machine ask its network for names
		s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	}
	if c.Loopback || c.LoopbackOnly {
		s.SetIncludeLoopbackCandidate(true)
	}
	if c.LoopbackOnly {
		s.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
		s.SetIPFilter(func(ip net.IP) bool { return ip.IsLoopback() })
	}
	s.SetInterfaceFilter(tellable)
	if !c.LoopbackOnly {
		s.SetIPFilter(func(ip net.IP) bool { return ip.To4() == nil || !ip.IsLinkLocalUnicast() })
	}
	s.SetRemoteIPFilter(c.public)
	return webrtc.NewAPI(webrtc.WithSettingEngine(s))
}

// tellable tells whether the addresses of an interface are worth a guest's
// while: those of containers and virtual machines lead nowhere from elsewhere,
// and only tell what runs on this machine.
func tellable(name string) bool {
	for _, prefix := range [...]string{"docker", "br-", "veth", "virbr", "vnet", "vmnet", "vboxnet", "podman", "cni", "flannel", "cali", "lxc"} {
		if strings.HasPrefix(name, prefix) {
			return false
		}
	}
	return true
}

// silent keeps pion's own log to itself: what matters comes as an event.
func silent() logging.LoggerFactory {
	f := logging.NewDefaultLoggerFactory()
	f.DefaultLogLevel = logging.LogLevelDisabled
	return f
}
