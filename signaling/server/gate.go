package server

import (
	"net"
	"net/netip"
	"sync"
)

// gate counts TCP connections before a byte of them is read, so that half-open
// requests cost their sender's share and not everybody's memory. It is the
// outer of two counts: what becomes a socket is counted anew, by the address
// that a trusted proxy tells.
type gate struct {
	most, mostOf int
	trusted      []netip.Prefix
	metrics      *metrics

	mu  sync.Mutex // guards what follows
	all int
	of  map[netip.Prefix]int
}

// Listener is l, with connections over the server's limits closed at once:
// too many in all, or too many of one address. Proxies that are trusted and
// this machine itself may have as many as there are.
func (s *Server) Listener(l net.Listener) net.Listener { return gateListener{l, s.gate} }

type gateListener struct {
	net.Listener
	gate *gate
}

func (l gateListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		addr := parseHop(c.RemoteAddr().String())
		if !l.gate.enter(addr) {
			c.Close()
			continue
		}
		return &gateConn{Conn: c, leave: sync.OnceFunc(func() { l.gate.leave(addr) })}, nil
	}
}

func (g *gate) counted(a netip.Addr) bool { return !a.IsLoopback() && !isIn(g.trusted, a) }

func (g *gate) enter(a netip.Addr) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.all >= g.most:
		g.metrics.refused[refusedConns].Add(1)
		return false
	case g.counted(a) && g.of[home(a)] >= g.mostOf:
		g.metrics.refused[refusedAddressConns].Add(1)
		return false
	}
	g.all++
	if g.counted(a) {
		g.of[home(a)]++
	}
	return true
}

func (g *gate) leave(a netip.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.all--
	if !g.counted(a) {
		return
	}
	if g.of[home(a)]--; g.of[home(a)] == 0 {
		delete(g.of, home(a))
	}
}

func (g *gate) open() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.all
}

type gateConn struct {
	net.Conn
	leave func()
}

func (c *gateConn) Close() error {
	c.leave()
	return c.Conn.Close()
}

// CloseWrite lets a goodbye be followed by the end, and by no reset.
func (c *gateConn) CloseWrite() error { return closeWrite(c.Conn) }

func closeWrite(c net.Conn) error {
	if w, ok := c.(interface{ CloseWrite() error }); ok {
		return w.CloseWrite()
	}
	return nil
}
