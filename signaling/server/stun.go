package server

import (
	"net"
	"strconv"

	"github.com/pion/stun/v4"
)

// ServeSTUN answers STUN binding requests (RFC 8489) on conn until it is
// closed: it tells whoever asks from which address the question came, which is
// what a peer behind a router needs to know in order to be reached. It answers
// nothing else, and with about as many bytes as it was asked with, so it is no
// use for flooding others.
func (s *Server) ServeSTUN(conn net.PacketConn) error {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return err
		}
		addr, ok := from.(*net.UDPAddr)
		if !ok || !stun.IsMessage(buf[:n]) {
			continue
		}
		req := &stun.Message{Raw: append([]byte(nil), buf[:n]...)}
		if req.Decode() != nil || req.Type != stun.BindingRequest {
			continue
		}
		res, err := stun.Build(req, stun.BindingSuccess, &stun.XORMappedAddress{IP: addr.IP, Port: addr.Port}, stun.Fingerprint)
		if err == nil {
			s.metrics.stun.Add(1)
			conn.WriteTo(res.Raw, from) // lost answers are asked for again
		}
	}
}

// stunURL names the service under the host that a request was addressed to.
func stunURL(host string, port int) string {
	name := hostName(host)
	if name == "" {
		return ""
	}
	return "stun:" + net.JoinHostPort(name, strconv.Itoa(port))
}
