package server

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

const (
	roleNone = iota
	roleHost
	roleGuest
)

// conn is one peer's connection: a reader, which is the handler's goroutine,
// and a writer with a bounded queue before it.
type conn struct {
	server *Server
	ws     *websocket.Conn
	nonce  [32]byte // what a claim on this connection signs
	names  []string // what this server is called, for the same reason
	role   atomic.Int32

	// Guarded by rooms.mu.
	room     *room
	peer     signaling.PeerID // a guest's
	patience *time.Timer      // of a guest without a host

	mu     sync.Mutex // guards what follows
	queue  [][]byte
	queued int
	code   signaling.CloseCode // once set, the writer says it and ends
	wake   chan struct{}
}

func newConn(s *Server, ws *websocket.Conn) *conn {
	return &conn{server: s, ws: ws, wake: make(chan struct{}, 1)}
}

// send queues a message. A peer that does not read loses its connection, and
// nobody else anything.
func (c *conn) send(m signaling.Message) {
	frame := signaling.Append(nil, m)
	c.mu.Lock()
	if c.code == 0 {
		if len(c.queue) >= queueFrames || c.queued+len(frame) > queueBytes {
			c.code = signaling.CloseRate
			c.queue = nil
		} else {
			c.queue = append(c.queue, frame)
			c.queued += len(frame)
		}
	}
	c.mu.Unlock()
	c.signal()
}

// finish ends the connection with a reason, after what was queued before.
func (c *conn) finish(code signaling.CloseCode) {
	c.mu.Lock()
	if c.code == 0 {
		c.code = code
	}
	c.mu.Unlock()
	c.signal()
}

func (c *conn) finished() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code != 0
}

func (c *conn) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// take empties the queue for the writer.
func (c *conn) take() (frames [][]byte, code signaling.CloseCode) {
	c.mu.Lock()
	defer c.mu.Unlock()
	frames, c.queue, c.queued = c.queue, nil, 0
	return frames, c.code
}

// serve reads until the connection ends, with its writer beside it.
func (c *conn) serve() {
	done := make(chan struct{})
	stop := make(chan struct{})
	go func() {
		defer close(done)
		c.writeUntil(stop)
	}()
	c.read()
	c.server.rooms.gone(c)
	close(stop)
	<-done
}

func (c *conn) read() {
	c.ws.SetReadLimit(signaling.MaxFirstFrame)
	c.ws.SetReadDeadline(time.Now().Add(firstWithin))
	c.ws.SetPongHandler(func(string) error {
		if c.role.Load() != roleNone { // a pong is no first message
			c.ws.SetReadDeadline(time.Now().Add(deadAfter))
		}
		return nil
	})
	bucket := bucket{tokens: guestBurst, rate: guestRate, burst: guestBurst, at: time.Now()}
	for {
		kind, frame, err := c.ws.ReadMessage()
		if err != nil {
			if errors.Is(err, websocket.ErrReadLimit) {
				c.finish(signaling.CloseTooBig)
			}
			return
		}
		if c.finished() {
			continue // until the goodbye's deadline
		}
		if !bucket.take(time.Now()) {
			c.finish(signaling.CloseRate)
			return
		}
		m, err := signaling.Parse(frame)
		if err != nil || kind != websocket.BinaryMessage || !c.handle(m) {
			c.finish(signaling.CloseProtocol)
			return
		}
		c.ws.SetReadLimit(signaling.MaxFrame)
		if !c.finished() {
			c.ws.SetReadDeadline(time.Now().Add(deadAfter))
		}
		if c.role.Load() == roleHost {
			bucket.rate, bucket.burst = hostRate, hostBurst
		}
	}
}

// handle does what a message asks for; false: it may not be asked for now.
func (c *conn) handle(m signaling.Message) bool {
	switch m := m.(type) {
	case signaling.Claim:
		if c.role.Load() != roleNone {
			return false
		}
		if !m.Verify(c.nonce, c.names...) {
			c.finish(signaling.CloseClaim)
			break
		}
		c.server.rooms.claim(c, m.Keys)
	case signaling.Join:
		if c.role.Load() != roleNone {
			return false
		}
		c.server.rooms.join(c, m.Room)
	case signaling.Relay:
		if c.role.Load() == roleNone {
			return false
		}
		c.server.rooms.relay(c, m)
	default:
		return false
	}
	return true
}

// writeUntil writes what is queued, and pings, until stop or the end.
func (c *conn) writeUntil(stop <-chan struct{}) {
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case <-c.wake:
			if !c.write() {
				return
			}
		case <-ping.C:
			if c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin)) != nil {
				c.ws.Close()
				return
			}
		case <-stop:
			c.write()
			return
		}
	}
}

// write empties the queue; false: the connection has ended, and the reader is
// told by its closing.
func (c *conn) write() bool {
	frames, code := c.take()
	for _, f := range frames {
		c.ws.SetWriteDeadline(time.Now().Add(writeWithin))
		if c.ws.WriteMessage(websocket.BinaryMessage, f) != nil {
			c.ws.Close()
			return false
		}
	}
	if code == 0 {
		return true
	}
	c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(int(code), ""), time.Now().Add(writeWithin))
	// The peer answers the close; what it still sends until then is not read,
	// and it has a moment only.
	c.ws.SetReadDeadline(time.Now().Add(time.Second))
	return false
}

// bucket is a token bucket.
type bucket struct {
	tokens, rate, burst float64
	at                  time.Time
}

func (b *bucket) take(now time.Time) bool {
	b.tokens = min(b.burst, b.tokens+now.Sub(b.at).Seconds()*b.rate)
	b.at = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
