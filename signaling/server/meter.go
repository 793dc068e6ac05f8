package server

import (
	"bufio"
	"errors"
	"net"
	"net/http"
	"time"
)

var errFlood = errors.New("server: too much at once")

// meter is a peer's connection that counts what is read from it, by the byte.
// The limits of frames and messages leave out what is neither: empty
// fragments, for one, which a WebSocket reader swallows without an end.
type meter struct {
	net.Conn
	now    func() time.Time
	bucket bucket // the reader's
}

func (m *meter) Read(b []byte) (int, error) {
	n, err := m.Conn.Read(b)
	if n > 0 && !m.bucket.take(float64(n), m.now()) {
		return 0, errFlood
	}
	return n, err
}

// CloseWrite is gateConn's.
func (m *meter) CloseWrite() error { return closeWrite(m.Conn) }

// metered puts a meter into the connection that an upgrade takes over.
type metered struct {
	http.ResponseWriter
	now func() time.Time
}

func (w metered) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	return &meter{Conn: c, now: w.now, bucket: full(guestBytes, guestBytesBurst, w.now())}, rw, nil
}
