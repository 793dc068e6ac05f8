//go:build !js

package link

import (
	"net"
	"net/netip"

	"github.com/pion/webrtc/v4"
)

// carrierNAT is what providers number their customers with inside (RFC 6598),
// and some private networks their machines.
var carrierNAT = netip.MustParsePrefix("100.64.0.0/10")

// private tells whether an address means something only inside a network:
// RFC 1918, RFC 4193, RFC 6598 and IPv6's link-local.
func private(a netip.Addr) bool {
	return a.IsPrivate() || a.IsLinkLocalUnicast() || carrierNAT.Contains(a)
}

// public tells whether an address may pass between peers, in either direction.
// Telling a stranger the private ones describes the network at home; believing
// a stranger's makes this machine knock there on their behalf.
func (c *Config) public(ip net.IP) bool {
	a, ok := netip.AddrFromSlice(ip)
	a = a.Unmap()
	switch {
	case !ok || a.IsUnspecified() || a.IsMulticast() || a.Is4() && a.IsLinkLocalUnicast() || ip.Equal(net.IPv4bcast):
		return false
	case a.IsLoopback():
		return c.Loopback || c.LoopbackOnly
	}
	return c.LAN || !private(a)
}

// told is what the other side is told of a candidate, if anything. All are
// gathered, for a server-reflexive one stands on a private one and this side
// sends its checks from there; they are held back only here.
func (c *Config) told(k webrtc.ICECandidate) (webrtc.ICECandidate, bool) {
	if !c.public(net.ParseIP(k.Address)) {
		return k, false
	}
	if ip := net.ParseIP(k.RelatedAddress); k.RelatedAddress != "" && !c.public(ip) {
		// As RFC 8839 section 5.1 has it for those who hide it.
		k.RelatedAddress, k.RelatedPort = "0.0.0.0", 9
		if ip.To4() == nil {
			k.RelatedAddress = "::"
		}
	}
	return k, true
}
