package server

import (
	"bufio"
	"bytes"
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

// pipes is a listener without a kernel: nothing is buffered between the ends,
// and time is the test's.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}
func (p pipes) Close() error   { close(p.done); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// away is a pipe's end as the server sees it.
type away struct{ net.Conn }

func (away) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(203, 0, 113, 7), Port: 4000} }

// quiet runs a test with a server in virtual time, and dial to reach it.
func quiet(t *testing.T, test func(t *testing.T, s *Server, dial func() *websocket.Conn)) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Config{})
		l := pipes{make(chan net.Conn), make(chan struct{})}
		srv := &http.Server{Handler: s, ReadHeaderTimeout: handshakeWithin}
		go srv.Serve(s.Listener(l))
		var open []net.Conn
		test(t, s, func() *websocket.Conn {
			d := websocket.Dialer{Subprotocols: []string{signaling.Subprotocol}, NetDialContext: func(context.Context, string, string) (net.Conn, error) {
				a, b := net.Pipe()
				l.conns <- away{b}
				open = append(open, a)
				return a, nil
			}}
			c, _, err := d.Dial("ws://toile.example/ws", nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := c.ReadMessage(); err != nil {
				t.Fatal(err)
			}
			return c
		})
		for _, c := range open {
			c.Close()
		}
		s.Shutdown(context.Background())
		srv.Close()
	})
}

func put(t *testing.T, c *websocket.Conn, m signaling.Message) {
	t.Helper()
	if err := c.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, m)); err != nil {
		t.Fatal(err)
	}
}

func TestWhoSaysNothingIsSentAwayInTenSeconds(t *testing.T) {
	quiet(t, func(t *testing.T, s *Server, dial func() *websocket.Conn) {
		begun := time.Now()
		c := dial()
		c.ReadMessage() // and a pong is no first message
		if took := time.Since(begun); took != firstWithin {
			t.Errorf("it took %v, want %v", took, firstWithin)
		}
	})
}

func TestSilentPeerIsKeptWhileItAnswersPings(t *testing.T) {
	quiet(t, func(t *testing.T, s *Server, dial func() *websocket.Conn) {
		c := dial()
		put(t, c, signaling.Join{Room: roomOf(1)})
		begun := time.Now()
		for { // gorilla answers pings while it reads
			if _, _, err := c.ReadMessage(); err != nil {
				if !websocket.IsCloseError(err, int(signaling.CloseRoomNotFound)) {
					t.Errorf("it ended with %v", err)
				}
				break
			}
		}
		if took := time.Since(begun); took != hostWithin {
			t.Errorf("it waited for a host for %v, want %v", took, hostWithin)
		}
	})
}

func TestDeadPeerIsFoundInAMinute(t *testing.T) {
	quiet(t, func(t *testing.T, s *Server, dial func() *websocket.Conn) {
		c := dial()
		c.SetPingHandler(func(string) error { return nil })
		put(t, c, signaling.Join{Room: roomOf(1)})
		begun := time.Now()
		for err := error(nil); err == nil; {
			_, _, err = c.ReadMessage()
		}
		if took := time.Since(begun); took != deadAfter {
			t.Errorf("it took %v, want %v", took, deadAfter)
		}
	})
}

// TestWhoNeverReadsLosesItsConnectionAlone has a guest that never reads: its
// host goes on, and what was kept for it is bounded.
func TestWhoNeverReadsLosesItsConnectionAlone(t *testing.T) {
	quiet(t, func(t *testing.T, s *Server, dial func() *websocket.Conn) {
		deaf := dial()
		put(t, deaf, signaling.Join{Room: roomOf(1)})
		synctest.Wait()
		var on *conn
		s.rooms.mu.Lock()
		for _, g := range s.rooms.rooms[roomOf(1)].guests {
			on = g
		}
		s.rooms.mu.Unlock()
		begun := time.Now()
		most := 0
		for !on.finished() && time.Since(begun) < writeWithin-time.Second {
			on.send(signaling.Relay{Data: make([]byte, 10<<10)})
			on.mu.Lock()
			most = max(most, on.queued)
			on.mu.Unlock()
			time.Sleep(50 * time.Millisecond)
		}
		if most > queueBytes || !on.finished() {
			t.Errorf("%d bytes waited for it, and it is finished: %v", most, on.finished())
		}
		time.Sleep(writeWithin + lingerWithin)
		synctest.Wait()
		if n, _ := s.state(); n != 0 {
			t.Errorf("%d sockets are left", n)
		}
	})
}

// Each frame that is read in time gives the next one its time: a peer that has
// to go is not to put its end off by that, frame by frame.
func TestWhoReadsDropByDropIsSentAwayAllTheSame(t *testing.T) {
	quiet(t, func(t *testing.T, s *Server, dial func() *websocket.Conn) {
		slow := dial()
		put(t, slow, signaling.Join{Room: roomOf(1)})
		synctest.Wait()
		s.rooms.mu.Lock()
		for _, g := range s.rooms.rooms[roomOf(1)].guests {
			for range queueFrames - 1 {
				g.send(signaling.Relay{Data: make([]byte, 1<<10)})
			}
		}
		s.rooms.mu.Unlock()
		put(t, slow, signaling.Claimed{}) // which is not for guests to say
		begun := time.Now()
		var reading sync.WaitGroup
		defer reading.Wait()
		reading.Go(func() {
			for err := error(nil); err == nil; {
				_, _, err = slow.ReadMessage()
				time.Sleep(writeWithin - time.Second)
			}
		})
		for n := 1; n > 0 && time.Since(begun) < time.Hour; n, _ = s.state() {
			time.Sleep(time.Second)
		}
		if took, most := time.Since(begun), writeWithin+lingerWithin+time.Second; took > most {
			t.Errorf("it took %v, want %v at most", took, most)
		}
	})
}

// TestGuestsCannotTurnTheHostOut has guests who send more than their host
// reads: it is they who are sent away.
func TestGuestsCannotTurnTheHostOut(t *testing.T) {
	s := New(Config{})
	ro := &room{id: roomOf(1), guests: map[signaling.PeerID]*conn{}}
	busy := &conn{server: s, room: ro, writing: true} // nothing is taken from its queue
	ro.host = busy
	for i := range byte(5) {
		g := &conn{server: s, room: ro, peer: signaling.PeerID{i + 1}, writing: true}
		ro.guests[g.peer] = g
		for range guestBurst {
			s.rooms.relay(g, signaling.Relay{Data: make([]byte, 100)})
		}
		if over := int(i+1)*guestBurst > hostFrames; g.finished() != over {
			t.Errorf("guest %d is sent away: %v, want %v", i, g.finished(), over)
		}
	}
	if busy.finished() || len(busy.queue) != hostFrames {
		t.Errorf("the host is finished: %v, with %d frames waiting", busy.finished(), len(busy.queue))
	}
}

// TestBytesThatAreNoWebSocketCloseTheirSenderAlone is fault 15 below the frames.
func TestBytesThatAreNoWebSocketCloseTheirSenderAlone(t *testing.T) {
	h := open(t, Config{})
	h.host(1)
	masked := func(head ...byte) []byte { return append(head, 0, 0, 0, 0) }
	for name, b := range map[string][]byte{
		"an unmasked frame":              {0x82, 0x01, 0x00},
		"reserved bits":                  masked(0xf2, 0x80),
		"an unknown opcode":              masked(0x87, 0x80),
		"a fragmented ping":              masked(0x09, 0x80),
		"a long ping":                    masked(0x89, 0xfe, 0x01, 0x00),
		"a frame of 2^63-1 bytes":        masked(0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
		"a frame of a negative length":   masked(0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
		"a continuation of nothing":      masked(0x80, 0x80),
		"a goodbye of one byte":          append(masked(0x88, 0x81), 0x03),
		"a text":                         append(masked(0x81, 0x81), 'a'),
		"empty fragments without an end": append(masked(0x02, 0x80), bytes.Repeat(masked(0x00, 0x80), guestBytesBurst/3)...),
		"pings without an end":           bytes.Repeat(masked(0x89, 0x80), 2*guestBurst),
	} {
		c, err := net.Dial("tcp", strings.TrimPrefix(h.url, "ws://"))
		if err != nil {
			t.Fatal(err)
		}
		c.SetDeadline(time.Now().Add(5 * time.Second))
		c.Write([]byte("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: toile.v1\r\n\r\n"))
		r := bufio.NewReader(c)
		if res, err := http.ReadResponse(r, nil); err != nil || res.StatusCode != 101 {
			t.Fatalf("%v, %v", res, err)
		}
		go c.Write(b)
		for err = nil; err == nil; {
			_, err = r.ReadByte()
		}
		if ne, ok := err.(net.Error); ok && ne.Timeout() {
			t.Errorf("%s: the connection stays", name)
		}
		c.Close()
	}
	guest, _ := h.guest(1)
	guest.Close()
}
