package signaling

import (
	"context"
	"sync"
	"time"
)

// dialWithin bounds Dial when its context does not.
const dialWithin = 10 * time.Second

// maxQueue bounds what the server may have sent and nobody has read yet.
const maxQueue = 256

// socket is a WebSocket of binary frames; the browser's or gorilla's.
type socket interface {
	// send queues one frame and does not block for long.
	send(frame []byte) error
	// close ends the connection; the events below may still come after it.
	close()
}

// events is what a socket reports, in order, from one goroutine at a time.
type events struct {
	frame  func([]byte)
	closed func(error) // once
}

// Client is one connection to a signaling server. Its methods may be called
// from any goroutine.
type Client struct {
	socket socket
	origin string
	hello  Hello
	room   RoomID // a guest's

	mu    sync.Mutex // guards what follows
	queue []Message
	err   error
	turn  TURN
	wake  chan struct{}
}

// Dial connects to the server at a ws: or wss: URL and waits for its Hello. It
// tells [ErrServerAway] when there is none, [ErrVersion] when it speaks another
// version.
func Dial(ctx context.Context, url string) (*Client, error) {
	ctx, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	c := &Client{origin: Origin(url), wake: make(chan struct{}, 1)}
	s, err := dial(ctx, url, events{frame: c.receive, closed: c.ended})
	if err != nil {
		return nil, err
	}
	c.socket = s
	m, err := c.Next(ctx)
	if err == nil {
		var ok bool
		if c.hello, ok = m.(Hello); !ok {
			err = ErrVersion
		}
	}
	if err != nil {
		c.Close()
		if ctx.Err() != nil {
			err = ErrServerAway
		}
		return nil, err
	}
	return c, nil
}

// ICE tells the ICE servers that the server named.
func (c *Client) ICE() []string { return c.hello.ICE }

// TURN tells the relays that the server named last; without any until it
// claimed or joined.
func (c *Client) TURN() TURN {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.turn
}

// Claim opens the room of an identity as its host, and waits until it is open.
func (c *Client) Claim(ctx context.Context, id *Identity) error {
	if err := c.socket.send(Append(nil, id.Claim(c.origin, c.hello.Nonce))); err != nil {
		return err
	}
	m, err := c.Next(ctx)
	if err != nil {
		return err
	}
	if _, ok := m.(Claimed); !ok {
		return ErrProtocol
	}
	return nil
}

// Join asks for the host of a room. The server then tells by Present that the
// host may be spoken to: at once, or when it comes; see [Client.Host].
func (c *Client) Join(ctx context.Context, room RoomID) (PeerID, error) {
	if err := c.socket.send(Append(nil, Join{room})); err != nil {
		return PeerID{}, err
	}
	m, err := c.Next(ctx)
	if err != nil {
		return PeerID{}, err
	}
	j, ok := m.(Joined)
	if !ok {
		return PeerID{}, ErrProtocol
	}
	c.room = room
	return j.Peer, nil
}

// Host waits until the host of the room that was joined is there, for as long
// as ctx. It tells [ErrTampered] when the server names keys that are not those
// of the room, so not those of who invited.
func (c *Client) Host(ctx context.Context) (PublicKeys, error) {
	for {
		m, err := c.Next(ctx)
		if err != nil {
			return PublicKeys{}, err
		}
		if p, ok := m.(Present); ok {
			return p.Keys, c.check(p)
		}
	}
}

func (c *Client) check(p Present) error {
	if p.Keys.Room() != c.room {
		return ErrTampered
	}
	return nil
}

// Relay sends a sealed signal: a host's to the guest named, a guest's to the
// host. An error tells that the connection is gone, which Next tells too.
func (c *Client) Relay(to PeerID, data Sealed) error {
	if len(data) > MaxSealed {
		return ErrTooBig
	}
	return c.socket.send(Append(nil, Relay{to, data}))
}

// Next waits for the next message. Its error tells why the connection ended,
// or that ctx did.
func (c *Client) Next(ctx context.Context) (Message, error) {
	for {
		c.mu.Lock()
		if len(c.queue) > 0 {
			m := c.queue[0]
			c.queue = c.queue[1:]
			c.mu.Unlock()
			return m, nil
		}
		err := c.err
		c.mu.Unlock()
		if err != nil {
			return nil, err
		}
		select {
		case <-c.wake:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// Close ends the connection.
func (c *Client) Close() error {
	c.socket.close()
	return nil
}

func (c *Client) receive(frame []byte) {
	m, err := Parse(frame)
	if err != nil {
		return // of a newer server, perhaps: what is not known is left alone
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch t := m.(type) {
	case TURN: // which nobody waits for
		t.URLs = readable(t.URLs)
		c.turn = t
		return
	case Hello:
		t.ICE = readable(t.ICE)
		m = t
	}
	if len(c.queue) < maxQueue {
		c.queue = append(c.queue, m)
	}
	c.signal()
}

func (c *Client) ended(err error) {
	c.mu.Lock()
	if c.err == nil {
		c.err = err
	}
	c.mu.Unlock()
	c.signal()
}

// signal wakes one Next; there is one reader.
func (c *Client) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}
