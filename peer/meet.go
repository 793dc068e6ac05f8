package peer

import (
	"context"
	"errors"
	"time"

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

// maxMeetings bounds the handshakes of one rendezvous: a host may begin anew
// under way, and a server that says so for ever is no way to it.
const maxMeetings = 8

// meetHost goes through the server to the host, and leaves the server. While
// there is no host it waits for one, and for a server that restarts meanwhile.
func (s *Session) meetHost(ctx context.Context) error {
	waited := false
	wait := retryMin
	for {
		err := s.visit(ctx, &waited)
		restarts := errors.Is(err, signaling.ErrServerAway) || errors.Is(err, signaling.ErrRestart)
		if !waited || !restarts || !sleep(ctx, jitter(wait)) {
			return err
		}
		wait = min(2*wait, retryMax)
	}
}

// visit is one connection to the server. It tells in waited whether there was
// no host.
func (s *Session) visit(ctx context.Context, waited *bool) error {
	c, err := signaling.Dial(ctx, s.cfg.Signaling)
	if err != nil {
		return err
	}
	defer c.Close()
	s.mailbox.put(party.Server{State: party.ServerConnected})
	inv := s.Invitation()
	joining, cancel := context.WithTimeout(ctx, s.timeouts.connect)
	defer cancel()
	if _, err := c.Join(joining, inv.Room); err != nil {
		if joining.Err() != nil {
			err = signaling.ErrServerAway
		}
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	in := s.listen(ctx, c)
	keys, err := s.awaitHost(ctx, in, inv.Room, waited)
	for n := 0; err == nil && n < maxMeetings; n++ {
		err = s.tryHost(ctx, c, in, inv, keys)
		switch {
		case err == nil:
			s.mailbox.put(party.Server{State: party.ServerLeft})
			return nil
		case errors.Is(err, errAgain):
			err = nil
		case errors.Is(err, errLeft):
			keys, err = s.awaitHost(ctx, in, inv.Room, waited)
		}
	}
	if err == nil {
		err = errNoAnswer
	}
	return err
}

// awaitHost waits until the host is there, for as long as the server lets a
// guest, and tells the machine when that is not at once. It errs with
// [signaling.ErrTampered] when the server names keys that are not the room's.
func (s *Session) awaitHost(ctx context.Context, in <-chan incoming, room signaling.RoomID, waited *bool) (signaling.PublicKeys, error) {
	soon := time.NewTimer(s.timeouts.host)
	defer soon.Stop()
	for {
		select {
		case <-soon.C:
			*waited = true
			s.mailbox.put(party.HostAway{Away: true})
		case next := <-in:
			if next.err != nil {
				return signaling.PublicKeys{}, next.err
			}
			p, ok := next.m.(signaling.Present)
			if !ok {
				continue
			}
			if p.Keys.Room() != room {
				return p.Keys, signaling.ErrTampered
			}
			s.mailbox.put(party.HostAway{Away: false})
			return p.Keys, nil
		case <-ctx.Done():
			return signaling.PublicKeys{}, context.Cause(ctx)
		}
	}
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
			case signaling.Absent:
				return nil, errLeft
			}
		case <-ctx.Done():
			return nil, errNoAnswer
		}
	}
}

// tryHost is one handshake with the host, and the link that comes of it.
func (s *Session) tryHost(ctx context.Context, c *signaling.Client, in <-chan incoming, inv signaling.Invitation, keys signaling.PublicKeys) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.connect)
	defer cancel()
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
