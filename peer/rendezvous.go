package peer

import (
	"context"
	"errors"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

const (
	// connectWithin bounds one attempt to reach a peer, from the first signal
	// to open channels. ICE's own check lists are done well before.
	connectWithin = 20 * time.Second
	// maxNewcomers bounds the handshakes under way at a host; each costs a
	// connection, and whoever has no invitation can start one.
	maxNewcomers = 16
	// hostWithin is how long a guest waits for a host who is not there.
	hostWithin = 3 * time.Second
	// Between attempts to reach a signaling server that is away.
	retryMin = time.Second
	retryMax = 30 * time.Second
)

// newLink makes a link whose events go to the mailbox; opened and closed tell
// the rendezvous as well.
func (s *Session) newLink(ice []string, candidate func(string)) (l *link.Link, opened <-chan struct{}, closed <-chan error, err error) {
	id := party.LinkID(s.nextLink.Add(1))
	open, shut := make(chan struct{}), make(chan error, 1)
	cfg := s.cfg.Link
	cfg.ICE = append(append([]string(nil), cfg.ICE...), ice...)
	l, err = link.New(cfg, link.Events{
		Candidate: candidate,
		Open: func() {
			s.mailbox.put(linkOpened{id})
			close(open)
		},
		Message: func(ch link.Channel, data []byte, at clock.Local) {
			s.mailbox.put(party.Received{Link: id, Channel: wire.Channel(ch), Data: data, At: at})
		},
		Closed: func(err error) {
			s.mailbox.put(linkClosed{id})
			shut <- err
		},
	})
	if err != nil {
		return nil, nil, nil, err
	}
	s.mailbox.put(linkMade{id, l})
	return l, open, shut, nil
}

// receiveNewcomers keeps a host's room open at the signaling server. The party
// does not need the server; only its newcomers do.
func (s *Session) receiveNewcomers(ctx context.Context) {
	claimed := false
	wait := retryMin
	for {
		c, err := signaling.Dial(ctx, s.cfg.Signaling)
		if err == nil {
			if err = c.Claim(ctx, s.cfg.Identity); err == nil {
				claimed, wait = true, retryMin
				s.mailbox.put(party.Server{State: party.ServerConnected})
				err = s.introduce(ctx, c)
			}
			c.Close()
		}
		if ctx.Err() != nil {
			return
		}
		if !claimed || errors.Is(err, signaling.ErrReplaced) {
			s.mailbox.put(party.Failed{Code: codeOf(err)})
			return
		}
		s.mailbox.put(party.Server{State: party.ServerAway})
		if !sleep(ctx, jitter(wait)) {
			return
		}
		wait = min(2*wait, retryMax)
	}
}

// introduce answers newcomers until the server's connection ends.
func (s *Session) introduce(ctx context.Context, c *signaling.Client) error {
	newcomers := map[signaling.PeerID]chan signaling.Signal{}
	done := make(chan signaling.PeerID)
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		for len(newcomers) > 0 {
			delete(newcomers, <-done)
		}
	}()
	type incoming struct {
		m   signaling.Message
		err error
	}
	in := make(chan incoming)
	s.goes(func() {
		for {
			m, err := c.Next(ctx)
			select {
			case in <- incoming{m, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	})
	for {
		var next incoming
		select {
		case next = <-in:
		case peer := <-done:
			delete(newcomers, peer)
			continue
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if next.err != nil {
			return next.err
		}
		relay, ok := next.m.(signaling.Relay)
		if !ok {
			continue // Gone: whoever left the server has arrived, or times out
		}
		sig, err := signaling.Open(relay.Data)
		if err != nil {
			continue // the server or a stranger sent it: it costs nobody anything
		}
		inbox := newcomers[relay.Peer]
		if inbox == nil {
			if _, isOffer := sig.(signaling.Offer); !isOffer || len(newcomers) == maxNewcomers {
				continue
			}
			inbox = make(chan signaling.Signal, 64)
			newcomers[relay.Peer] = inbox
			s.goes(func() {
				s.answer(ctx, c, relay.Peer, inbox)
				done <- relay.Peer
			})
		}
		select {
		case inbox <- sig:
		default: // far more candidates than anybody has
		}
	}
}

// answer meets one newcomer.
func (s *Session) answer(ctx context.Context, c *signaling.Client, peer signaling.PeerID, inbox <-chan signaling.Signal) {
	ctx, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	l, opened, closed, err := s.newLink(c.ICE(), func(candidate string) {
		c.Relay(peer, signaling.Seal(signaling.Candidate{JSON: candidate}))
	})
	if err != nil {
		return
	}
	for {
		select {
		case <-opened:
			return
		case <-closed:
			return
		case <-ctx.Done():
			if context.Cause(ctx) == context.DeadlineExceeded {
				l.Close()
			}
			return
		case sig := <-inbox:
			switch sig := sig.(type) {
			case signaling.Offer:
				sdp, err := l.Answer(ctx, sig.SDP)
				if err != nil {
					l.Close()
					return
				}
				c.Relay(peer, signaling.Seal(signaling.Answer{SDP: sdp}))
			case signaling.Candidate:
				l.AddCandidate(ctx, sig.JSON)
			}
		}
	}
}

// redial starts a guest's way to the host, unless it is under way.
func (s *Session) redial(ctx context.Context) {
	if s.dialing {
		return
	}
	s.dialing = true
	s.goes(func() {
		if err := s.meetHost(ctx); err != nil && ctx.Err() == nil {
			s.mailbox.put(party.Failed{Code: codeOf(err)})
		}
		s.mailbox.put(dialEnded{})
	})
}

// meetHost goes through the server to the host, and leaves the server.
func (s *Session) meetHost(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, connectWithin)
	defer cancel()
	c, err := signaling.Dial(ctx, s.cfg.Signaling)
	if err != nil {
		return err
	}
	defer c.Close()
	s.mailbox.put(party.Server{State: party.ServerConnected})
	if _, err := c.Join(ctx, s.cfg.Invitation.Room); err != nil {
		return err
	}
	if err := awaitHost(ctx, c); err != nil {
		return err
	}
	l, opened, closed, err := s.newLink(c.ICE(), func(candidate string) {
		c.Relay(signaling.PeerID{}, signaling.Seal(signaling.Candidate{JSON: candidate}))
	})
	if err != nil {
		return err
	}
	failed := make(chan error, 1)
	s.goes(func() { failed <- s.offer(ctx, c, l) })
	for {
		select {
		case <-opened:
			s.mailbox.put(party.Server{State: party.ServerLeft})
			return nil
		case <-closed:
			return link.ErrUnreachable
		case <-ctx.Done():
			l.Close()
			return link.ErrUnreachable
		case err := <-failed:
			if err == nil {
				failed = nil
				continue
			}
			select {
			case <-opened: // the server went when it was no longer needed
				continue
			default:
			}
			l.Close()
			return err
		}
	}
}

// awaitHost gives a host who is not there the time that a reload takes.
func awaitHost(ctx context.Context, c *signaling.Client) error {
	short, cancel := context.WithTimeout(ctx, hostWithin)
	defer cancel()
	_, err := c.Host(short)
	if short.Err() != nil && ctx.Err() == nil {
		return signaling.ErrRoomNotFound
	}
	return err
}

// offer makes the offer and takes the host's answer and candidates until ctx
// ends.
func (s *Session) offer(ctx context.Context, c *signaling.Client, l *link.Link) error {
	sdp, err := l.Offer(ctx)
	if err != nil {
		return err
	}
	c.Relay(signaling.PeerID{}, signaling.Seal(signaling.Offer{SDP: sdp}))
	for {
		m, err := c.Next(ctx)
		if err != nil {
			return err
		}
		relay, ok := m.(signaling.Relay)
		if !ok {
			continue
		}
		sig, err := signaling.Open(relay.Data)
		if err != nil {
			continue
		}
		switch sig := sig.(type) {
		case signaling.Answer:
			if err := l.Accept(ctx, sig.SDP); err != nil {
				return err
			}
		case signaling.Candidate:
			l.AddCandidate(ctx, sig.JSON)
		}
	}
}

// sleep waits, unless ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
