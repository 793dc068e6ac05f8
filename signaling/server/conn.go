package server

import (
	"errors"
	"io"
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

// conn is one peer's connection: a goroutine that reads, and a bounded queue
// with a goroutine that writes for as long as there is something to write.
// Most connections are idle hosts, and a second goroutine each would be a
// third of what they cost. For the same reason each message is read by a
// goroutine of its own: to check a claim takes a stack of 8 KiB, which does not
// shrink below what waiting for the next message in that place needs.
type conn struct {
	server  *Server
	ws      *websocket.Conn
	meter   *meter
	nonce   [32]byte // what a claim on this connection signs
	names   []string // what this server is called, for the same reason
	role    atomic.Int32
	bucket  bucket       // of frames; the reader's
	granted atomic.Int64 // when it was told of the relay, in Unix seconds; 0: never

	// Guarded by rooms.mu.
	room     *room
	peer     signaling.PeerID // a guest's
	patience *time.Timer      // of a guest without a host
	met      time.Time        // since when guest and host are both here

	writers sync.WaitGroup
	mu      sync.Mutex // guards what follows
	queue   [][]byte
	queued  int
	ping    bool
	code    signaling.CloseCode // once set, the writer says it and ends
	writing bool                // there is a writer
	ended   bool                // there will be none any more
	heart   *time.Timer
}

func newConn(s *Server, ws *websocket.Conn) *conn {
	return &conn{server: s, ws: ws, meter: ws.NetConn().(*meter), bucket: full(guestRate, guestBurst, s.now())}
}

// send queues a message. A peer that does not read loses its connection, and
// nobody else anything.
func (c *conn) send(m signaling.Message) {
	if !c.offer(m, queueFrames) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.code == 0 {
			c.code = signaling.CloseRate
			c.queue, c.queued = nil, 0
			c.startWriter()
		}
	}
}

// offer queues a message unless most frames wait already, or queueBytes; false:
// there was no room. What strangers send to a host is offered: were the host to
// lose its connection over it, a few guests could turn it out of its own room.
func (c *conn) offer(m signaling.Message, most int) bool {
	frame := signaling.Append(nil, m)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.code != 0 {
		return true // it is going, whatever is said to it
	}
	if len(c.queue) >= most || c.queued+len(frame) > queueBytes {
		return false
	}
	c.queue = append(c.queue, frame)
	c.queued += len(frame)
	c.startWriter()
	return true
}

// finish ends the connection with a reason, after what was queued before.
func (c *conn) finish(code signaling.CloseCode) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.code == 0 {
		c.code = code
		c.startWriter()
	}
}

func (c *conn) finished() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.code != 0
}

// startWriter sees to it that somebody writes. c.mu is held.
func (c *conn) startWriter() {
	if !c.writing && !c.ended {
		c.writing = true
		c.writers.Go(c.write)
	}
}

// beat asks for a ping, again and again until the connection ends.
func (c *conn) beat() {
	c.renew()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return
	}
	c.ping = true
	c.startWriter()
	c.heart.Reset(pingEvery)
}

// serve reads until the connection ends, says why, and forgets it; then it
// calls gone. It does not wait for that.
func (c *conn) serve(gone func()) {
	c.mu.Lock()
	c.heart = time.AfterFunc(pingEvery, c.beat)
	c.mu.Unlock()
	c.prepare()
	go c.next(gone)
}

// next reads one message, and leaves the next one to a fresh stack.
func (c *conn) next(gone func()) {
	if c.read() {
		go c.next(gone)
		return
	}
	c.server.rooms.gone(c)
	c.end()
	gone()
}

// end lets the writer say what is left to say, and closes.
func (c *conn) end() {
	c.mu.Lock()
	c.ended = true
	code := c.code
	if c.heart != nil {
		c.heart.Stop()
	}
	c.mu.Unlock()
	late := time.AfterFunc(writeWithin, func() { c.ws.Close() }) // a peer that takes a frame now and then
	c.writers.Wait()
	late.Stop()
	if code != 0 {
		c.linger()
	}
	c.ws.Close()
	c.server.metrics.ended(code)
}

// linger lets the goodbye arrive: a socket that is closed with bytes of the
// peer unread is reset, and the reason is lost on the way. The peer has a
// moment, and what it sends is thrown away.
func (c *conn) linger() {
	closeWrite(c.ws.NetConn())
	c.ws.SetReadDeadline(time.Now().Add(lingerWithin))
	io.CopyN(io.Discard, c.meter.Conn, guestBytesBurst)
}

// listen sets how long the peer may be silent, unless its end has come and it
// is being waited for.
func (c *conn) listen(within time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.code == 0 {
		c.ws.SetReadDeadline(time.Now().Add(within))
	}
}

// prepare sets what holds until the first message.
func (c *conn) prepare() {
	c.ws.SetReadLimit(signaling.MaxFirstFrame)
	c.listen(firstWithin)
	pong := c.ws.PingHandler()
	c.ws.SetPingHandler(func(data string) error {
		if !c.bucket.take(1, c.server.now()) {
			return errFlood
		}
		return pong(data)
	})
	c.ws.SetPongHandler(func(string) error {
		if !c.bucket.take(1, c.server.now()) {
			return errFlood
		}
		if c.role.Load() != roleNone { // a pong is no first message
			c.listen(deadAfter)
		}
		return nil
	})
}

// read takes one message; false: it was the last.
func (c *conn) read() bool {
	kind, frame, err := c.ws.ReadMessage()
	switch {
	case errors.Is(err, websocket.ErrReadLimit):
		c.finish(signaling.CloseTooBig)
	case errors.Is(err, errFlood):
		c.finish(signaling.CloseRate)
	}
	if err != nil || c.finished() {
		return false
	}
	if !c.bucket.take(1, c.server.now()) {
		c.finish(signaling.CloseRate)
		return false
	}
	m, err := signaling.Parse(frame)
	if err != nil || kind != websocket.BinaryMessage || !c.handle(m) {
		c.finish(signaling.CloseProtocol)
		return false
	}
	c.ws.SetReadLimit(signaling.MaxFrame)
	c.listen(deadAfter)
	if c.role.Load() == roleHost {
		c.bucket.grow(hostRate, hostBurst)
		c.meter.bucket.grow(hostBytes, hostBytesBurst)
	}
	return true
}

// handle does what a message asks for; false: it may not be asked for now.
func (c *conn) handle(m signaling.Message) bool {
	switch m := m.(type) {
	case signaling.Claim:
		if c.role.Load() != roleNone {
			return false
		}
		if !m.Verify(c.nonce, c.names...) {
			c.server.metrics.count(claimRefused)
			c.finish(signaling.CloseClaim)
			break
		}
		c.server.metrics.count(c.server.rooms.claim(c, m.Keys))
	case signaling.Join:
		if c.role.Load() != roleNone {
			return false
		}
		c.server.metrics.count(c.server.rooms.join(c, m.Room))
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

// write writes what is queued until there is nothing left, or until the end.
func (c *conn) write() {
	for {
		c.mu.Lock()
		var frame []byte // one at a time, so that what waits is never more than is counted
		if len(c.queue) > 0 {
			frame, c.queue = c.queue[0], c.queue[1:]
			c.queued -= len(frame)
		}
		ping, code := c.ping, c.code
		c.ping = false
		if len(c.queue) > 0 {
			code = 0 // after what was queued before
		} else {
			c.queue = nil
		}
		if frame == nil && !ping && code == 0 {
			c.writing = false
			c.mu.Unlock()
			return
		}
		c.mu.Unlock()
		if !c.put(frame, ping, code) {
			return // and writing stays true: there is no more to be said
		}
	}
}

// put writes; false: the connection has ended, and the reader is told by its
// closing or by its deadline.
func (c *conn) put(frame []byte, ping bool, code signaling.CloseCode) bool {
	until := time.Now().Add(writeWithin)
	c.ws.SetWriteDeadline(until)
	if frame != nil && c.ws.WriteMessage(websocket.BinaryMessage, frame) != nil ||
		ping && c.ws.WriteControl(websocket.PingMessage, nil, until) != nil {
		c.ws.Close()
		return false
	}
	if code == 0 {
		return true
	}
	c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(int(code), ""), time.Now().Add(writeWithin))
	c.ws.SetReadDeadline(time.Now().Add(lingerWithin)) // for the peer's own goodbye
	return false
}
