//go:build !js

package peer

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

// stranger has the link and goes all the way to an open channel by hand, to
// say there first what it likes.
type stranger struct {
	link     *link.Link
	open     chan struct{}
	closed   chan error
	messages chan []byte
	mine     signaling.Confirmation
}

func newStranger(t *testing.T, url string, inv signaling.Invitation) *stranger {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	fail := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := signaling.Dial(ctx, url)
	fail(err)
	t.Cleanup(func() { c.Close() })
	_, err = c.Join(ctx, inv.Room)
	fail(err)
	keys, err := c.Host(ctx)
	fail(err)
	k, err := signaling.NewKnock(inv, keys, func(b []byte) { rand.Read(b) })
	fail(err)
	fail(c.Relay(signaling.PeerID{}, k.Frame()))
	next := func() signaling.Sealed {
		m, err := c.Next(ctx)
		fail(err)
		return m.(signaling.Relay).Data
	}
	tunnel, err := k.Enter(next())
	fail(err)
	p := &pipe{client: c, tunnel: tunnel}
	s := &stranger{open: make(chan struct{}), closed: make(chan error, 1), messages: make(chan []byte, 1000)}
	s.link, err = link.New(link.Config{LoopbackOnly: true}, link.Events{
		Candidate: func(json string) { p.candidate(signaling.Candidate{JSON: json}) },
		Open:      func() { close(s.open) },
		Message:   func(_ link.Channel, data []byte, _ clock.Local) { s.messages <- data },
		Closed:    func(err error) { s.closed <- err },
	})
	fail(err)
	t.Cleanup(s.link.Close)
	sdp, err := s.link.Offer(ctx)
	fail(err)
	fail(p.describe(signaling.Offer{SDP: sdp}))
	for described := false; ; {
		sig, err := tunnel.Open(next())
		fail(err)
		switch sig := sig.(type) {
		case signaling.Answer:
			fail(s.link.Accept(ctx, sig.SDP))
			described = true
		case signaling.Candidate:
			s.link.AddCandidate(ctx, sig.JSON)
			if described && sig.JSON == "" {
				select {
				case <-s.open:
				case <-ctx.Done():
					t.Fatal("the channels do not open")
				}
				own, peer := s.link.Fingerprints()
				s.mine, _ = tunnel.Confirm(signaling.Fingerprint(own), signaling.Fingerprint(peer))
				return s
			}
		}
	}
}

func TestNothingCountsBeforeTheConfirmation(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	inv := ana.session.Invitation()
	hello := wire.Append(nil, wire.Hello{Version: wire.Version, Secret: wire.Secret(inv.Secret)})
	for name, first := range map[string]func(s *stranger) []byte{
		"a hello":                     func(*stranger) []byte { return hello },
		"nothing in an empty message": func(*stranger) []byte { return nil },
		"a confirmation cut short":    func(s *stranger) []byte { return s.mine[:31] },
		"another confirmation":        func(s *stranger) []byte { s.mine[0] ^= 1; return s.mine[:] },
		"the host's own, reflected":   func(s *stranger) []byte { return <-s.messages },
	} {
		s := newStranger(t, e.url, inv)
		s.link.Send(link.Chat, wire.Append(nil, wire.Post{ID: 1, Text: "let me in"}))
		if err := s.link.Send(link.Control, first(s)); err != nil {
			t.Fatal(err)
		}
		s.link.Send(link.Control, hello)
		select {
		case <-s.closed:
		case <-time.After(patience):
			t.Errorf("%s: the host keeps the link", name)
		}
		for len(s.messages) > 0 {
			if m := <-s.messages; len(m) != len(s.mine) {
				t.Errorf("%s: the host said %x", name, m)
			}
		}
	}
	// The same stranger with its confirmation is a guest like others.
	s := newStranger(t, e.url, inv)
	s.link.Send(link.Control, s.mine[:])
	s.link.Send(link.Control, hello)
	for {
		select {
		case m := <-s.messages:
			if got, err := wire.Parse(m); err == nil {
				if _, ok := got.(wire.Welcome); ok {
					return
				}
			}
		case err := <-s.closed:
			t.Fatalf("with its confirmation the link ended: %v", err)
		case <-time.After(patience):
			t.Fatal("with its confirmation nobody is welcome")
		}
	}
}

// A message may have 64 KiB, and each of 16 strangers a link.
func TestWhatIsNotConfirmedIsKeptInBounds(t *testing.T) {
	var l peerLink
	kept := func() (n int) {
		for _, r := range l.early {
			n += len(r.Data)
		}
		return n
	}
	for range 2 * maxEarly {
		l.keep(party.Received{Channel: wire.Channel(link.Chat), Data: make([]byte, 64<<10)})
	}
	if n := kept(); n > maxEarlyBytes || n < maxEarlyBytes/2 {
		t.Errorf("%d bytes are kept, want no more than %d", n, maxEarlyBytes)
	}
	l = peerLink{}
	for range 2 * maxEarly {
		l.keep(party.Received{Channel: wire.Channel(link.Chat)})
	}
	if len(l.early) != maxEarly {
		t.Errorf("%d empty messages are kept, want %d", len(l.early), maxEarly)
	}
}

func TestGuestWhoNeverConfirmsIsLetGo(t *testing.T) {
	e := newEvening(t)
	ana := e.run("host", func(cfg Config) *Session {
		s := NewHost(cfg)
		s.timeouts.connect = time.Second
		return s
	}, Config{Name: "Ana", Media: aFilm})
	ana.phase(party.Theatre)
	s := newStranger(t, e.url, ana.session.Invitation())
	select {
	case <-s.closed:
	case <-time.After(patience):
		t.Error("the host keeps the link")
	}
}
