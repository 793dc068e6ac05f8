// Package server introduces peers to one another and forgets them. It keeps
// rooms in memory for as long as somebody is connected to them, relays sealed
// signals between a room's host and its guests and between nobody else, and
// stores and logs nothing of it. The protocol is package signaling's.
//
// It never waits for a peer that does not read: each connection has a bounded
// queue, and is closed when that is full.
package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

// Limits of one server. See TRUST in the design for where they come from.
const (
	handshakeWithin = 5 * time.Second
	firstWithin     = 10 * time.Second
	pingEvery       = 25 * time.Second
	deadAfter       = 60 * time.Second
	writeWithin     = 5 * time.Second
	queueFrames     = 64
	queueBytes      = 256 << 10
	guestRate       = 20 // frames a second
	guestBurst      = 60
	hostRate        = 200
	hostBurst       = 500
	maxWaiting      = 200 // guests at once in one room
	hostWithin      = 10 * time.Minute
	maxConns        = 25000
)

// Config is what a server is made from.
type Config struct {
	// ICE are the ICE servers to name to peers, as URLs.
	ICE []string
	// STUNPort is the UDP port of this server's own STUN service, named to
	// peers under the host name that they reached the server by; 0: none.
	STUNPort int
	// Origins may open connections beside the server's own origin.
	Origins []string
	// Log is told about connections, never whose; nil: nothing is logged.
	Log *slog.Logger
}

// Server is the signaling service, an http.Handler for its WebSocket. Its
// methods may be called concurrently.
type Server struct {
	cfg      Config
	log      *slog.Logger
	upgrader websocket.Upgrader
	rooms    rooms

	mu     sync.Mutex // guards what follows
	conns  map[*conn]struct{}
	closed bool
	wg     sync.WaitGroup
}

// New makes a server.
func New(cfg Config) *Server {
	s := &Server{cfg: cfg, log: cfg.Log, conns: map[*conn]struct{}{}}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.rooms.rooms = map[signaling.RoomID]*room{}
	s.upgrader = websocket.Upgrader{
		HandshakeTimeout: handshakeWithin,
		// Small buffers and a pool for writing: most connections are idle hosts.
		ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{},
		Subprotocols: []string{signaling.Subprotocol},
		CheckOrigin:  s.allowed,
		// Compression stays off: the read limit counts what is on the wire, and
		// sealed signals do not shrink.
	}
	return s
}

// allowed admits the page's own origin and peers that are no browser, which
// send none.
func (s *Server) allowed(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	if err == nil && strings.EqualFold(u.Host, r.Host) {
		return true
	}
	for _, o := range s.cfg.Origins {
		if strings.EqualFold(o, origin) {
			return true
		}
	}
	return false
}

// ServeHTTP takes one peer's connection and serves it until it ends.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !websocket.IsWebSocketUpgrade(r) {
		w.Header().Set("Upgrade", "websocket")
		http.Error(w, "This address is for Toile's peers. Open the page instead.", http.StatusUpgradeRequired)
		return
	}
	if s.full() {
		w.Header().Set("Retry-After", "10")
		http.Error(w, "The server is full. Try again in a moment.", http.StatusServiceUnavailable)
		return
	}
	ws, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		s.log.Debug("upgrade refused", "err", err)
		return
	}
	defer ws.Close()
	c := newConn(s, ws)
	if !s.enter(c) {
		c.finish(signaling.CloseRestart)
		c.write()
		return
	}
	defer s.leave(c)
	if ws.Subprotocol() != signaling.Subprotocol {
		c.finish(signaling.CloseVersion)
		c.write()
		return
	}
	rand.Read(c.nonce[:])
	c.names = s.names(r)
	c.send(signaling.Hello{Nonce: c.nonce, ICE: s.ice(r)})
	c.serve()
}

// names is what this server may be called in a claim: the name it was reached
// by, or one of the origins it was told of, where a proxy in front of it
// changes that name.
func (s *Server) names(r *http.Request) []string {
	names := []string{signaling.Origin(r.Host)}
	for _, o := range s.cfg.Origins {
		if u, err := url.Parse(o); err == nil {
			names = append(names, signaling.Origin(u.Host))
		}
	}
	return names
}

// ice names the ICE servers, this one by the name it was reached by.
func (s *Server) ice(r *http.Request) []string {
	var list []string
	if s.cfg.STUNPort != 0 {
		if u := stunURL(r.Host, s.cfg.STUNPort); u != "" {
			list = append(list, u)
		}
	}
	list = append(list, s.cfg.ICE...)
	return list[:min(len(list), signaling.MaxICE)]
}

func (s *Server) full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.conns) >= maxConns
}

func (s *Server) enter(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.conns[c] = struct{}{}
	s.wg.Add(1)
	return true
}

func (s *Server) leave(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	s.wg.Done()
}

// Shutdown tells every peer that the server restarts and waits until all are
// gone, or until ctx ends. http.Server's own Shutdown does not know of them:
// a WebSocket's connection was taken from it.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.closed = true
	for c := range s.conns {
		c.finish(signaling.CloseRestart)
	}
	s.mu.Unlock()
	done := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		s.mu.Lock()
		for c := range s.conns {
			c.ws.Close()
		}
		s.mu.Unlock()
		<-done
		return context.Cause(ctx)
	}
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
