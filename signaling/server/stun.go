package server

import (
	"net"
	"strconv"

	"github.com/pion/stun/v4"
)

// ServeSTUN answers STUN binding requests (RFC 8489) on conn until it is
// closed: it tells whoever asks from which address the question came, which is
// what a peer behind a router needs to know in order to be reached. It answers
// nothing else, and with 32 bytes more than the least that it can be asked with
// (IPv4; 44 with IPv6), so it is of little use for flooding others.
func (s *Server) ServeSTUN(conn net.PacketConn) error {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return err
		}
		addr, ok := from.(*net.UDPAddr)
		if !ok {
			continue
		}
		if res := answerSTUN(buf[:n], addr); res != nil {
			s.metrics.stun.Add(1)
			conn.WriteTo(res, from) // lost answers are asked for again
		}
	}
}

// answerSTUN is nil for all that is no binding request.
func answerSTUN(b []byte, from *net.UDPAddr) []byte {
	if !stun.IsMessage(b) {
		return nil
	}
	req := &stun.Message{Raw: append([]byte(nil), b...)}
	if req.Decode() != nil || req.Type != stun.BindingRequest {
		return nil
	}
	res, err := stun.Build(req, stun.BindingSuccess, &stun.XORMappedAddress{IP: from.IP, Port: from.Port}, stun.Fingerprint)
	if err != nil {
		return nil
	}
	return res.Raw
}

// stunURL names the service under the host that a request was addressed to.
func stunURL(host string, port int) string {
	name := hostName(host)
	if name == "" {
		return ""
	}
	return "stun:" + net.JoinHostPort(name, strconv.Itoa(port))
}
