package peer

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

// machine is what Host and Guest have in common.
type machine interface {
	Handle(now clock.Local, ev party.Event) []party.Effect
	Deadline() (clock.Local, bool)
}

// Session is one person's part in a party. Its methods may be called from
// anywhere and do not block, but for Run.
type Session struct {
	cfg      Config
	machine  machine
	mailbox  *mailbox
	now      func() clock.Local
	door     *signaling.Door       // a host's
	meet     func(context.Context) // begins the rendezvous; runs on the loop
	timeouts timeouts

	nextLink atomic.Uint32
	links    map[party.LinkID]*peerLink // the loop's own
	media    playback.MediaID           // the loop's own: what the last view showed
	dialing  bool                       // the loop's own: a guest's rendezvous is under way
	routines sync.WaitGroup
	end      *EndError // set by the loop when the machine finished

	mu sync.Mutex // guards cfg.Invitation.Secret, which the loop alone changes
}

// EndError tells why a session ended, by its stable code.
type EndError struct{ Code string }

func (e *EndError) Error() string { return "peer: party ended: " + e.Code }

// NewHost makes a host's session.
func NewHost(cfg Config) *Session {
	s := newSession(cfg)
	s.meet = func(ctx context.Context) { s.goes(func() { s.receiveNewcomers(ctx) }) }
	if s.cfg.Identity == nil {
		s.cfg.Identity = signaling.NewIdentity(random)
	}
	s.cfg.Invitation.Room = s.cfg.Identity.Room()
	if s.cfg.Invitation.Secret == (signaling.Secret{}) {
		random(s.cfg.Invitation.Secret[:])
	}
	s.door = signaling.NewDoor(s.cfg.Identity, s.cfg.Invitation.Secret, random)
	s.machine = party.NewHost(party.HostConfig{
		Invitation: s.cfg.Invitation.Fragment(), Secret: wire.Secret(s.cfg.Invitation.Secret),
		Name: cfg.Name, Hue: cfg.Hue, Media: cfg.Media, Start: s.now(), Seats: maxGuests,
	})
	return s
}

// NewGuest makes the session of somebody who holds an invitation.
func NewGuest(cfg Config) *Session {
	s := newSession(cfg)
	s.meet = s.redial
	s.machine = party.NewGuest(party.GuestConfig{
		Invitation: s.cfg.Invitation.Fragment(), Secret: wire.Secret(s.cfg.Invitation.Secret), Start: s.now(),
	})
	return s
}

func newSession(cfg Config) *Session {
	s := &Session{cfg: cfg, mailbox: newMailbox(), links: map[party.LinkID]*peerLink{}, now: stopwatch(), timeouts: usual}
	if cfg.Clock != nil {
		s.now = cfg.Clock
	}
	s.cfg.Link.Now = s.now
	return s
}

// Now is this device's clock as the session reads it: what an Observation's At
// and a Command's At are told in.
func (s *Session) Now() clock.Local { return s.now() }

// Invitation is what to give to friends, as it is now.
func (s *Session) Invitation() signaling.Invitation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cfg.Invitation
}

// Do tells the session what its person wants.
func (s *Session) Do(want party.Event) { s.mailbox.put(want) }

// Observe tells the session what its film does.
func (s *Session) Observe(o playback.Observation) { s.mailbox.put(party.Observed{Observation: o}) }

// Run takes part until the party ends, the person leaves, or ctx does; then it
// says goodbye to the other side. It returns nil when the person left, an
// [*EndError] when the party ended, and ctx's cause otherwise. It is called
// once, and returns only when every goroutine of the session has.
func (s *Session) Run(ctx context.Context) error {
	inner, cancel := context.WithCancel(ctx)
	defer func() {
		s.mailbox.close()
		cancel()
		for id := range s.links {
			s.drop(id)
		}
		s.routines.Wait()
	}()
	s.meet(inner)
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	s.perform(inner, s.machine.Handle(s.now(), nil))
	for s.end == nil {
		s.arm(timer)
		select {
		case <-ctx.Done():
			s.perform(inner, s.machine.Handle(s.now(), party.Leave{}))
			return context.Cause(ctx)
		case <-timer.C:
			s.perform(inner, s.machine.Handle(s.now(), nil))
		case <-s.mailbox.ready:
			for _, ev := range s.mailbox.drain() {
				s.take(inner, ev)
			}
		}
	}
	if s.end.Code == "" {
		return nil
	}
	return s.end
}

// goes runs f as one of the session's goroutines, which Run waits for.
func (s *Session) goes(f func()) {
	s.routines.Add(1)
	go func() {
		defer s.routines.Done()
		f()
	}()
}

func (s *Session) arm(timer *time.Timer) {
	at, ok := s.machine.Deadline()
	if !ok {
		timer.Stop()
		return
	}
	timer.Reset(max(at.Sub(s.now()), 0))
}
