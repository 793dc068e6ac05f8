//go:build !js

package peer

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

// evilServer speaks the protocol and keeps to none of its promises: what it
// relays, to whom, and whose keys it names is up to meddle and keys.
type evilServer struct {
	t    *testing.T
	url  string
	wg   sync.WaitGroup
	http *httptest.Server

	mu     sync.Mutex // guards what follows, and is held while meddle runs
	hosts  []*evilConn
	guests []*evilConn
	all    []*evilConn
	closed bool
	// keys are named to guests; nil: the host's own.
	keys *signaling.PublicKeys
	// deaf: claims get no answer.
	deaf bool
	// meddle does what the server does with a sealed frame; nil: it is honest.
	meddle func(from *evilConn, data signaling.Sealed)
	// room is whose room guests asked for.
	room signaling.RoomID
}

type evilConn struct {
	server *evilServer
	ws     *websocket.Conn
	host   bool
	keys   signaling.PublicKeys
	peer   signaling.PeerID
	count  int // frames relayed from it
}

func newEvilServer(t *testing.T) *evilServer {
	e := &evilServer{t: t}
	up := websocket.Upgrader{Subprotocols: []string{signaling.Subprotocol}}
	e.http = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		e.serve(&evilConn{server: e, ws: ws})
	}))
	e.url = "ws" + strings.TrimPrefix(e.http.URL, "http")
	t.Cleanup(func() {
		e.mu.Lock()
		e.closed = true
		for _, c := range e.all {
			c.ws.Close()
		}
		e.mu.Unlock()
		e.http.Close()
		e.wg.Wait()
	})
	return e
}

func (e *evilServer) serve(c *evilConn) {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		c.ws.Close()
		return
	}
	e.wg.Add(1)
	defer e.wg.Done()
	e.all = append(e.all, c)
	c.send(signaling.Hello{Nonce: [32]byte{1}}) // as good as any, for this one
	e.mu.Unlock()
	defer c.ws.Close()
	for {
		_, frame, err := c.ws.ReadMessage()
		if err != nil {
			return
		}
		m, err := signaling.Parse(frame)
		if err != nil {
			e.t.Errorf("a peer sent what cannot be read: %x", frame)
			return
		}
		e.mu.Lock()
		e.take(c, m)
		e.mu.Unlock()
	}
}

func (e *evilServer) take(c *evilConn, m signaling.Message) {
	switch m := m.(type) {
	case signaling.Claim:
		c.host, c.keys = true, m.Keys
		e.hosts = append(e.hosts, c)
		if !e.deaf {
			c.send(signaling.Claimed{})
		}
	case signaling.Join:
		e.room = m.Room
		e.guests = append(e.guests, c)
		c.peer = signaling.PeerID{byte(len(e.guests))}
		c.send(signaling.Joined{Peer: c.peer})
		c.send(signaling.Present{Keys: e.named()})
	case signaling.Relay:
		c.count++
		if c.host {
			for _, g := range e.guests {
				if g.peer == m.Peer {
					c.peer = m.Peer // to whom it speaks now
				}
			}
		}
		if e.meddle != nil {
			e.meddle(c, m.Data)
		} else {
			e.pass(c, m.Data)
		}
	}
}

func (e *evilServer) named() signaling.PublicKeys {
	if e.keys != nil {
		return *e.keys
	}
	if len(e.hosts) == 0 {
		return signaling.PublicKeys{}
	}
	return e.hosts[0].keys
}

// pass is what an honest server would do.
func (e *evilServer) pass(from *evilConn, data signaling.Sealed) {
	if from.host {
		e.toGuest(from.peer, data)
	} else {
		e.toHost(from.peer, data)
	}
}

func (e *evilServer) toHost(as signaling.PeerID, data signaling.Sealed) {
	if len(e.hosts) > 0 {
		e.hosts[0].send(signaling.Relay{Peer: as, Data: data})
	}
}

func (e *evilServer) toGuest(peer signaling.PeerID, data signaling.Sealed) {
	for _, g := range e.guests {
		if g.peer == peer {
			g.send(signaling.Relay{Data: data})
		}
	}
}

func (c *evilConn) send(m signaling.Message) {
	c.ws.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, m))
}
