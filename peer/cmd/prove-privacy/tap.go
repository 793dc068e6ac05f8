package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"sync"
)

// tap stands between the peers and the server and keeps every byte.
type tap struct {
	tcp     net.Listener
	udp     net.PacketConn
	server  string // TCP
	stun    string // UDP
	wg      sync.WaitGroup
	mu      sync.Mutex // guards what follows
	streams []*stream
	packets [][]byte
	conns   map[net.Conn]struct{}
}

// stream is one direction of one connection.
type stream struct {
	fromPeer bool
	bytes    []byte
}

func newTap(server, stun string) (*tap, error) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		tcp.Close()
		return nil, err
	}
	t := &tap{tcp: tcp, udp: udp, server: server, stun: stun, conns: map[net.Conn]struct{}{}}
	t.wg.Add(2)
	go t.accept()
	go t.forward()
	return t, nil
}

func (t *tap) close() {
	t.tcp.Close()
	t.udp.Close()
	t.mu.Lock()
	for c := range t.conns {
		c.Close()
	}
	t.conns = nil
	t.mu.Unlock()
	t.wg.Wait()
}

func (t *tap) accept() {
	defer t.wg.Done()
	for {
		peer, err := t.tcp.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", t.server)
		if err != nil {
			peer.Close()
			continue
		}
		t.copy(peer, server, true)
		t.copy(server, peer, false)
	}
}

func (t *tap) copy(from, to net.Conn, fromPeer bool) {
	s := &stream{fromPeer: fromPeer}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.conns == nil {
		from.Close()
		return
	}
	t.conns[from] = struct{}{}
	t.streams = append(t.streams, s)
	t.wg.Add(1)
	go func() {
		defer t.wg.Done()
		defer from.Close()
		defer to.Close()
		buf := make([]byte, 32<<10)
		for {
			n, err := from.Read(buf)
			t.mu.Lock()
			s.bytes = append(s.bytes, buf[:n]...)
			t.mu.Unlock()
			if _, werr := to.Write(buf[:n]); err != nil || werr != nil {
				return
			}
		}
	}()
}

// forward passes STUN requests on, and the answers back.
func (t *tap) forward() {
	defer t.wg.Done()
	peers := map[string]net.Conn{} // the server's side, by the peer's address
	defer func() {
		for _, c := range peers {
			c.Close()
		}
	}()
	buf := make([]byte, 2<<10)
	for {
		n, addr, err := t.udp.ReadFrom(buf)
		if err != nil {
			return
		}
		t.keep(buf[:n])
		c := peers[addr.String()]
		if c == nil {
			if c, err = net.Dial("udp", t.stun); err != nil {
				continue
			}
			peers[addr.String()] = c
			t.wg.Add(1)
			go func() {
				defer t.wg.Done()
				buf := make([]byte, 2<<10)
				for {
					n, err := c.Read(buf)
					if err != nil {
						return
					}
					t.keep(buf[:n])
					t.udp.WriteTo(buf[:n], addr)
				}
			}()
		}
		c.Write(buf[:n])
	}
}

func (t *tap) keep(packet []byte) {
	t.mu.Lock()
	t.packets = append(t.packets, bytes.Clone(packet))
	t.mu.Unlock()
}

// wire is all that was sent, as it was and as it is when the masks of the
// WebSocket frames are taken off (RFC 6455 section 5.3).
func (t *tap) wire() (list [][]byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.streams {
		list = append(list, bytes.Clone(s.bytes))
		list = append(list, frames(s.bytes)...)
	}
	return append(list, t.packets...)
}

// frames takes the payloads out of a WebSocket connection's bytes, after the
// HTTP that opened it. What is cut short at the end is left out: the bytes as
// they were hold it.
func frames(b []byte) (list [][]byte) {
	i := bytes.Index(b, []byte("\r\n\r\n"))
	if i < 0 {
		return nil
	}
	b = b[i+4:]
	for len(b) >= 2 {
		masked, n, head := b[1]&0x80 != 0, int(b[1]&0x7f), 2
		switch n {
		case 126:
			if len(b) < 4 {
				return list
			}
			n, head = int(binary.BigEndian.Uint16(b[2:])), 4
		case 127:
			return list // no frame of ours is that long
		}
		var mask [4]byte
		if masked {
			head += copy(mask[:], b[min(head, len(b)):])
		}
		if len(b) < head+n {
			return list
		}
		payload := bytes.Clone(b[head : head+n])
		for i := range payload {
			payload[i] ^= mask[i%4]
		}
		list = append(list, payload)
		b = b[head+n:]
	}
	return list
}

// summary is what the server could count.
func (t *tap) summary() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	count, bytes, least, most := 0, 0, 1<<20, 0
	for _, s := range t.streams {
		if !s.fromPeer {
			continue
		}
		for _, f := range frames(s.bytes) {
			if len(f) > 9 && f[0] == 0x06 { // Relay
				n := len(f) - 9
				count, bytes, least, most = count+1, bytes+n, min(least, n), max(most, n)
			}
		}
	}
	return fmt.Sprintf("%d sealed frames, %d bytes, the shortest of %d and the longest of %d; %d STUN packets",
		count, bytes, least, most, len(t.packets))
}
