//go:build !js

package signaling

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const writeWithin = 5 * time.Second

// deadAfter is more than two of the server's pings.
const deadAfter = 60 * time.Second

type nativeSocket struct {
	conn *websocket.Conn
	mu   sync.Mutex // one writer at a time
	done chan struct{}
}

func dial(ctx context.Context, url string, ev events) (socket, error) {
	d := websocket.Dialer{
		Subprotocols: []string{Subprotocol}, Proxy: http.ProxyFromEnvironment,
		ReadBufferSize: 4 << 10, WriteBufferSize: 4 << 10,
	}
	conn, _, err := d.DialContext(ctx, url, nil)
	if err != nil {
		return nil, errors.Join(ErrServerAway, err)
	}
	if conn.Subprotocol() != Subprotocol {
		conn.Close()
		return nil, ErrVersion
	}
	conn.SetReadLimit(MaxFrame)
	s := &nativeSocket{conn: conn, done: make(chan struct{})}
	answer := conn.PingHandler()
	alive := func() { conn.SetReadDeadline(time.Now().Add(deadAfter)) }
	alive()
	conn.SetPingHandler(func(data string) error {
		alive()
		return answer(data)
	})
	go s.read(ev)
	return s, nil
}

func (s *nativeSocket) read(ev events) {
	defer close(s.done)
	for {
		kind, frame, err := s.conn.ReadMessage()
		if err != nil {
			s.conn.Close()
			var ce *websocket.CloseError
			if errors.As(err, &ce) {
				ev.closed(CloseCode(ce.Code).Err())
			} else {
				ev.closed(errors.Join(ErrServerAway, err))
			}
			return
		}
		if kind == websocket.BinaryMessage {
			ev.frame(frame)
		}
	}
}

func (s *nativeSocket) send(frame []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conn.SetWriteDeadline(time.Now().Add(writeWithin))
	if err := s.conn.WriteMessage(websocket.BinaryMessage, frame); err != nil {
		s.conn.Close()
		return errors.Join(ErrServerAway, err)
	}
	return nil
}

// close says goodbye, and waits for the reader to be done: a client leaves no
// goroutine behind.
func (s *nativeSocket) close() {
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	s.conn.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second))
	s.conn.Close()
	<-s.done
}
