package peer

import (
	"context"
	"errors"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

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
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.connect)
	defer cancel()
	c, err := signaling.Dial(ctx, s.cfg.Signaling)
	if err != nil {
		return err
	}
	defer c.Close()
	s.mailbox.put(party.Server{State: party.ServerConnected})
	inv := s.Invitation()
	if _, err := c.Join(ctx, inv.Room); err != nil {
		return err
	}
	keys, err := s.awaitHost(ctx, c)
	if err != nil {
		return err
	}
	listening, stop := context.WithCancel(ctx)
	defer stop()
	in := s.listen(listening, c)
	for {
		err := s.tryHost(ctx, c, in, inv, keys)
		if !errors.Is(err, errAgain) {
			if err == nil {
				s.mailbox.put(party.Server{State: party.ServerLeft})
			}
			return err
		}
	}
}

// awaitHost gives a host who is not there the time that a reload takes.
func (s *Session) awaitHost(ctx context.Context, c *signaling.Client) (signaling.PublicKeys, error) {
	short, cancel := context.WithTimeout(ctx, s.timeouts.host)
	defer cancel()
	keys, err := c.Host(short)
	if short.Err() != nil && ctx.Err() == nil {
		return keys, signaling.ErrRoomNotFound
	}
	return keys, err
}

// shake knocks, and takes the host's answer, on which the seals rest.
func (s *Session) shake(ctx context.Context, c *signaling.Client, in <-chan incoming, inv signaling.Invitation, keys signaling.PublicKeys) (*signaling.Tunnel, error) {
	knock, err := signaling.NewKnock(inv, keys, random)
	if err != nil {
		return nil, err
	}
	if err := c.Relay(signaling.PeerID{}, knock.Frame()); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.answer)
	defer cancel()
	for {
		select {
		case next := <-in:
			if next.err != nil {
				return nil, next.err
			}
			switch m := next.m.(type) {
			case signaling.Relay:
				return knock.Enter(m.Data)
			case signaling.Present:
				return nil, errAgain
			}
		case <-ctx.Done():
			return nil, errNoAnswer
		}
	}
}

// tryHost is one handshake with the host, and the link that comes of it.
func (s *Session) tryHost(ctx context.Context, c *signaling.Client, in <-chan incoming, inv signaling.Invitation, keys signaling.PublicKeys) error {
	tunnel, err := s.shake(ctx, c, in, inv, keys)
	if err != nil {
		return err
	}
	p := &pipe{client: c, tunnel: tunnel, overhear: s.cfg.Overhear}
	a, err := s.newLink(p)
	if err != nil {
		return err
	}
	sdp, err := a.Offer(ctx)
	if err == nil {
		err = p.describe(signaling.Offer{SDP: sdp})
	}
	if err != nil {
		a.Close()
		return err
	}
	answered := false
	return a.outcome(ctx, in, func(m signaling.Message) error {
		switch m.(type) {
		case signaling.Present:
			return errAgain
		case signaling.Absent:
			return nil // what was said to it may still be answered on the link
		}
		if answered {
			return p.takeCandidate(ctx, a.Link, m)
		}
		sig, err := p.open(m)
		if err != nil {
			return err
		}
		answer, ok := sig.(signaling.Answer) // ahead of all candidates
		if !ok {
			return signaling.ErrTampered
		}
		answered = true
		return a.Accept(ctx, answer.SDP)
	})
}
