package peer

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

// timeouts are how long a rendezvous waits.
type timeouts struct {
	// connect bounds one attempt to reach a peer, from the first sealed signal
	// to a confirmed link. ICE's own check lists are done well before.
	connect time.Duration
	// answer bounds the wait for the other side's next message of the handshake.
	answer time.Duration
	// host is until a guest is told that there is no host yet. How long it then
	// waits for one is the server's to say.
	host time.Duration
}

var usual = timeouts{connect: 20 * time.Second, answer: 10 * time.Second, host: 500 * time.Millisecond}

// Between attempts to reach a signaling server that is away.
const (
	retryMin = time.Second
	retryMax = 30 * time.Second
)

var (
	// errAgain: another connection of the host took the place of the one that
	// was spoken to.
	errAgain = errors.New("peer: host began anew")
	// errLeft: the host went before it answered.
	errLeft = errors.New("peer: host left")
	// errNoAnswer: there is a host, and nothing comes back from it.
	errNoAnswer = errors.New("peer: host does not answer")
)

// pipe is the way of sealed signals to one peer through the server. The order
// of sealing is the order of sending, whoever sends.
type pipe struct {
	client   *signaling.Client
	peer     signaling.PeerID
	overhear func(signaling.Signal) // nil: nobody

	mu        sync.Mutex // guards what follows, and the sending half of tunnel
	tunnel    *signaling.Tunnel
	described bool
	held      []signaling.Candidate
}

// describe sends the offer or the answer, and what waited for it.
func (p *pipe) describe(s signaling.Signal) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.described = true
	err := p.send(s)
	for _, c := range p.held {
		if err == nil {
			err = p.send(c)
		}
	}
	p.held = nil
	return err
}

// candidate sends a candidate, after the description that it belongs to: a
// link may find the first while the description is still on its way to us.
func (p *pipe) candidate(c signaling.Candidate) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.described {
		p.send(c)
	} else {
		p.held = append(p.held, c)
	}
}

// send errs when the server is gone, which its client's Next tells too. p.mu
// is held.
func (p *pipe) send(s signaling.Signal) error {
	if p.overhear != nil {
		p.overhear(s)
	}
	sealed, err := p.tunnel.Seal(s)
	if err != nil {
		return err
	}
	return p.client.Relay(p.peer, sealed)
}

// open unseals what the other side sent.
func (p *pipe) open(m signaling.Message) (signaling.Signal, error) {
	relay, ok := m.(signaling.Relay)
	if !ok {
		return nil, signaling.ErrTampered
	}
	return p.tunnel.Open(relay.Data)
}

// takeCandidate is all that there is to do when the descriptions have been
// exchanged.
func (p *pipe) takeCandidate(ctx context.Context, l *link.Link, m signaling.Message) error {
	sig, err := p.open(m)
	if err != nil {
		return err
	}
	if c, ok := sig.(signaling.Candidate); ok {
		l.AddCandidate(ctx, c.JSON) // one that cannot be used leaves the others
		return nil
	}
	return signaling.ErrTampered
}

// attempt is a link on its way. verdict tells once whether the other end
// confirmed it, closed that it ended.
type attempt struct {
	*link.Link
	verdict <-chan error
	closed  <-chan error
}

// newLink makes a link to the other end of a pipe. Its events go to the
// mailbox; nothing that comes on it counts before the other end's confirmation.
func (s *Session) newLink(p *pipe) (*attempt, error) {
	id := party.LinkID(s.nextLink.Add(1))
	verdict, shut := make(chan error, 1), make(chan error, 1)
	cfg := s.cfg.Link
	cfg.ICE = append(append([]string(nil), cfg.ICE...), p.client.ICE()...)
	cfg.TURN = link.TURN(p.client.TURN())
	l, err := link.New(cfg, link.Events{
		Candidate: func(c string) { p.candidate(signaling.Candidate{JSON: c}) },
		Open:      func() { s.mailbox.put(linkOpened{id}) },
		Message: func(ch link.Channel, data []byte, at clock.Local) {
			s.mailbox.put(party.Received{Link: id, Channel: wire.Channel(ch), Data: data, At: at})
		},
		Moved:  func() { s.mailbox.put(party.Moved{Link: id}) },
		Path:   func(relayed bool) { s.mailbox.put(party.Path{Link: id, Relayed: relayed}) },
		Untold: s.cfg.Untold,
		Closed: func(err error) {
			s.mailbox.put(linkClosed{id})
			shut <- err
		},
	})
	if err != nil {
		return nil, err
	}
	s.mailbox.put(linkMade{id, l, p.tunnel, verdict})
	return &attempt{l, verdict, shut}, nil
}

// outcome waits until the link is confirmed or has failed, and closes it if it
// failed. It is told what comes from the other side by take, which errs for
// what ends the attempt.
func (a *attempt) outcome(ctx context.Context, in <-chan incoming, take func(signaling.Message) error) error {
	for {
		select {
		case err := <-a.verdict:
			return err
		case <-a.closed:
			select {
			case err := <-a.verdict:
				return err
			default:
				return link.ErrUnreachable
			}
		case <-ctx.Done():
			a.Close()
			return link.ErrUnreachable
		case next := <-in:
			err := next.err
			if err == nil {
				err = take(next.m)
			}
			if err == nil {
				continue
			}
			if next.err != nil {
				in = nil // the server went; the link may come about without it
				continue
			}
			a.Close()
			return err
		}
	}
}

// incoming is what came from the server, or why nothing more does.
type incoming struct {
	m   signaling.Message
	err error
}

// listen turns a client's Next into a channel, until the first error or ctx.
func (s *Session) listen(ctx context.Context, c *signaling.Client) <-chan incoming {
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
	return in
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
