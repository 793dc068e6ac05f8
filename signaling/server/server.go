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
	"math"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

// Config is what a server is made from.
type Config struct {
	// ICE are the ICE servers to name to peers, as URLs.
	ICE []string
	// TURN is a relay to name to peers; the zero value: none.
	TURN TURN
	// STUNPort is the UDP port of this server's own STUN service, named to
	// peers under the host name that they reached the server by; 0: none.
	STUNPort int
	// TrustedProxies are believed when they say in X-Forwarded-For whom they
	// speak for; nil: nobody is.
	TrustedProxies []netip.Prefix
	// Limits may be changed for those whom a server is for.
	Limits Limits
	// Origins may open connections beside the server's own origin. They are
	// told where a proxy changes the Host, so with any of them a connection of
	// this machine may be a stranger's and has the limits of an address.
	Origins []string
	// Names are what this server is called, without a port; a claim that was
	// signed for another name is refused. nil: whatever name it is reached by,
	// which is for the proxy before it to see to.
	Names []string
	// Log is told about connections, never whose; nil: nothing is logged.
	Log *slog.Logger
}

// Server is the signaling service, an http.Handler for its WebSocket. Its
// methods may be called concurrently.
type Server struct {
	cfg      Config
	limits   Limits
	log      *slog.Logger
	now      func() time.Time
	upgrader websocket.Upgrader
	metrics  metrics
	visitors *visitors
	gate     *gate
	rooms    rooms
	wg       sync.WaitGroup // of the goroutines of conns

	mu       sync.Mutex // guards what follows
	sockets  int        // let in, on their way into conns or there
	conns    map[*conn]struct{}
	draining bool
}

// New makes a server.
func New(cfg Config) *Server {
	s := &Server{cfg: cfg, limits: cfg.Limits.orDefault(), log: cfg.Log, now: time.Now, conns: map[*conn]struct{}{}}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.rooms = rooms{limits: s.limits, metrics: &s.metrics, now: func() time.Time { return s.now() }, rooms: map[signaling.RoomID]*room{}}
	s.visitors = newVisitors(s.limits)
	s.gate = &gate{
		most: s.limits.Sockets + spareConns, mostOf: addressSpread * s.limits.AddressSockets,
		trusted: cfg.TrustedProxies, metrics: &s.metrics, of: map[netip.Prefix]int{},
	}
	s.upgrader = websocket.Upgrader{
		HandshakeTimeout: handshakeWithin,
		// Small buffers and a pool for writing: most connections are idle hosts.
		ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &sync.Pool{},
		Subprotocols: []string{signaling.Subprotocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // it was checked before
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

// ServeHTTP lets one peer in. It returns when the connection is the server's
// own: what net/http keeps for a request is freed by that.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !websocket.IsWebSocketUpgrade(r) {
		w.Header().Set("Upgrade", "websocket")
		http.Error(w, "This address is for Toile's peers. Open the page instead.", http.StatusUpgradeRequired)
		return
	}
	leave, ok := s.admit(w, r)
	if !ok {
		return
	}
	ws, err := s.upgrader.Upgrade(metered{w, s.now}, r, nil)
	if err != nil {
		s.metrics.refused[refusedUpgrade].Add(1)
		s.log.Debug("upgrade failed") // err may name an address
		leave()
		return
	}
	c := newConn(s, ws)
	rand.Read(c.nonce[:])
	c.names = s.names(r)
	c.send(signaling.Hello{Nonce: c.nonce, ICE: s.ice(r)})
	if ws.Subprotocol() != signaling.Subprotocol {
		c.finish(signaling.CloseVersion)
	}
	s.metrics.accepted.Add(1)
	s.mu.Lock()
	s.conns[c] = struct{}{}
	if s.draining {
		c.finish(signaling.CloseRestart)
	}
	s.mu.Unlock()
	c.serve(func() {
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
		leave()
	})
}

// admit counts a peer in, or answers why not. leave counts it out.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) (leave func(), ok bool) {
	if !s.allowed(r) {
		s.metrics.refused[refusedOrigin].Add(1)
		http.Error(w, "This server is not for peers of other sites.", http.StatusForbidden)
		return nil, false
	}
	addr, own := address(r, s.cfg.TrustedProxies)
	own = own && len(s.cfg.Origins) == 0
	from := home(addr)
	why, wait := s.enter()
	if why == admitted && !own {
		if why, wait = s.visitors.enter(from, s.now()); why != admitted {
			s.leave()
		}
	}
	switch why {
	case admitted:
		return func() {
			if !own {
				s.visitors.leave(from)
			}
			s.leave()
		}, true
	case refusedOpen, refusedRate:
		refuse(w, http.StatusTooManyRequests, wait, "There are too many connections from your network. Try again in a moment.")
	default:
		refuse(w, http.StatusServiceUnavailable, wait, "The server takes nobody in for now. Try again in a moment.")
	}
	s.metrics.refused[why].Add(1)
	return nil, false
}

func refuse(w http.ResponseWriter, status int, wait time.Duration, words string) {
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(max(wait, time.Second).Seconds()))))
	http.Error(w, words, status)
}

// names is what this server may be called in a claim: the name it was reached
// by, or one of the origins it was told of, where a proxy in front of it
// changes that name. Whoever connects writes the Host: were any good, a server
// that a host once dialed could pass the nonce of this one on to it, and claim
// the host's room here by the signature that it gets.
func (s *Server) names(r *http.Request) []string {
	var names []string
	if s.isOwn(hostName(r.Host)) {
		names = append(names, signaling.Origin(r.Host))
	}
	for _, o := range s.cfg.Origins {
		if u, err := url.Parse(o); err == nil {
			names = append(names, signaling.Origin(u.Host))
		}
	}
	return names
}

func (s *Server) isOwn(name string) bool {
	return s.cfg.Names == nil || slices.ContainsFunc(s.cfg.Names, func(n string) bool { return strings.EqualFold(n, name) })
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

// enter counts a socket; leave counts it out and is called once for each.
func (s *Server) enter() (refusal, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.draining:
		return refusedDraining, retryAfter
	case s.sockets >= s.limits.Sockets:
		return refusedSockets, retryAfter
	}
	s.sockets++
	s.wg.Add(1)
	return admitted, 0
}

func (s *Server) leave() {
	s.mu.Lock()
	s.sockets--
	s.mu.Unlock()
	s.wg.Done()
}

func (s *Server) state() (sockets int, draining bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sockets, s.draining
}

// Ready tells whether a new peer would be let in: not when the server is full,
// and not when it is about to end.
func (s *Server) Ready() bool {
	sockets, draining := s.state()
	return !draining && sockets < s.limits.Sockets
}

// Drain lets nobody in any more. Who is there stays.
func (s *Server) Drain() {
	s.mu.Lock()
	s.draining = true
	s.mu.Unlock()
}

// Shutdown lets nobody in any more, tells every peer that the server restarts,
// and waits until all are gone, or until ctx ends. http.Server's own Shutdown
// does not know of them: a WebSocket's connection was taken from it.
func (s *Server) Shutdown(ctx context.Context) error {
	s.mu.Lock()
	s.draining = true
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
