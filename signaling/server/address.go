package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// address is who a request comes from, as far as limits go: RemoteAddr, or
// what a trusted proxy says. own tells that it comes from this machine itself
// and through no proxy: a test, a monitor, somebody who tries Toile out. No
// limit per address holds for those.
func address(r *http.Request, trusted []netip.Prefix) (addr netip.Addr, own bool) {
	addr = parseHop(r.RemoteAddr)
	hops := r.Header.Values("X-Forwarded-For")
	if len(hops) == 0 && len(r.Header.Values("Forwarded")) == 0 {
		return addr, addr.IsLoopback() && isLoopbackName(hostName(r.Host))
	}
	// Each proxy appends whom it heard from, so only the entries on the right,
	// by proxies that are trusted, are not what a stranger wrote.
	list := strings.Split(strings.Join(hops, ","), ",")
	for i := len(list) - 1; i >= 0 && isIn(trusted, addr); i-- {
		hop := parseHop(strings.TrimSpace(list[i]))
		if !hop.IsValid() {
			break
		}
		addr = hop
	}
	return addr, false
}

// parseHop reads an address with or without a port; an invalid one if it is
// none.
func parseHop(s string) netip.Addr {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap().WithZone("")
	}
	a, _ := netip.ParseAddr(strings.Trim(s, "[]"))
	return a.Unmap().WithZone("")
}

func isIn(list []netip.Prefix, a netip.Addr) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// isLoopbackName tells the names that a machine has for itself. A proxy on the
// same machine that forwards no address passes another name on, or nobody's
// claim would be good; unless there are [Config.Origins].
func isLoopbackName(name string) bool {
	a, err := netip.ParseAddr(name)
	return strings.EqualFold(name, "localhost") || err == nil && a.IsLoopback()
}

// home is what limits per address count: an IPv4 address, or the /64 that an
// IPv6 one is in, since who has one address of it has them all.
func home(a netip.Addr) netip.Prefix {
	bits := 64
	if a.Is4() {
		bits = 32
	}
	p, _ := a.Prefix(bits)
	return p
}

// hostName takes the name out of a Host header; "" if it is none.
func hostName(hostport string) string {
	name, _, err := net.SplitHostPort(hostport)
	if err != nil {
		name = strings.Trim(hostport, "[]")
	}
	if name == "" || strings.ContainsFunc(name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == ':')
	}) {
		return ""
	}
	return name
}
