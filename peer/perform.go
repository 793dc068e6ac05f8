package peer

import (
	"context"
	"time"

	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

// What the shell tells itself through the mailbox, beside the machines' events.
type (
	linkMade struct {
		id      party.LinkID
		link    *link.Link
		tunnel  *signaling.Tunnel
		verdict chan<- error
	}
	linkOpened struct{ id party.LinkID }
	linkClosed struct{ id party.LinkID }
	dialEnded  struct{}
)

// farewell is how long a dropped link stays open, so that a goodbye which was
// just sent arrives even if its first packet is lost.
const farewell = 400 * time.Millisecond

// take hands one event to the machine, after what the shell does with it.
func (s *Session) take(ctx context.Context, ev any) {
	if s.end != nil {
		return
	}
	switch ev := ev.(type) {
	case linkMade:
		s.links[ev.id] = &peerLink{Link: ev.link, tunnel: ev.tunnel, verdict: ev.verdict}
	case linkOpened:
		if l := s.links[ev.id]; l != nil {
			l.greet()
			s.settle(ctx, ev.id, l)
		}
	case linkClosed:
		l := s.links[ev.id]
		delete(s.links, ev.id)
		if l != nil && l.confirmed {
			s.handle(ctx, party.Closed{Link: ev.id})
		}
	case dialEnded:
		s.dialing = false
	case party.Received:
		l := s.links[ev.Link]
		switch {
		case l == nil:
		case l.confirmed:
			s.handle(ctx, ev)
		default:
			l.keep(ev)
			s.settle(ctx, ev.Link, l)
		}
	case party.Event:
		s.handle(ctx, ev)
	}
}

func (s *Session) handle(ctx context.Context, ev party.Event) {
	s.perform(ctx, s.machine.Handle(s.now(), ev))
}

func (s *Session) perform(ctx context.Context, effects []party.Effect) {
	for _, e := range effects {
		switch e := e.(type) {
		case party.Send:
			if l := s.links[e.To]; l != nil && l.Send(link.Channel(e.Channel), e.Data) == link.ErrBacklog {
				// Whoever does not read is let go, before memory is.
				s.drop(e.To)
				s.mailbox.put(party.Closed{Link: e.To})
			}
		case party.Steer:
			if s.cfg.Player != nil {
				s.cfg.Player.Apply(e.Command)
			}
		case party.Drop:
			s.drop(e.Link)
		case party.Redial:
			s.redial(ctx)
		case party.Rotate:
			s.rotate()
		case party.Reinvited:
			s.reinvited(e.Invitation)
		case party.Show:
			if l, ok := s.cfg.Player.(Loader); ok && e.View.Media.ID != s.media {
				l.Load(e.View.Media)
			}
			s.media = e.View.Media.ID
			if s.cfg.Show != nil {
				s.cfg.Show(e.View)
			}
		case party.Finish:
			s.end = &EndError{Code: e.Code}
		}
	}
}

// drop lets go of a link, and closes it when its goodbye had time to go.
func (s *Session) drop(id party.LinkID) {
	l := s.links[id]
	if l == nil {
		return
	}
	delete(s.links, id)
	s.goes(func() {
		if l.confirmed {
			time.Sleep(farewell)
		}
		l.Close()
	})
}
