package peer

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

const (
	// maxQueued bounds the knocks that wait while maxNewcomers are under way.
	maxQueued = 64
	// maxInbox is more than an offer and the candidates that a link takes.
	maxInbox = 64
	// maxReturning bounds how many of the newcomers may have knocked with an
	// invitation that was replaced. Somebody who was sent away has one too, and
	// must not take everybody else's place before the door with it.
	maxReturning = maxNewcomers / 4
	// maxKnocks bounds how often one guest is heard on one connection of its
	// own; an honest one knocks once. Refusing a knock is a multiplication on
	// the curve, which a page does beside its film.
	maxKnocks = 4
	// maxHeard bounds of how many guests that is remembered. The server tells
	// who left, so that only one that lies comes to so many.
	maxHeard = 1024
)

// receiveNewcomers keeps a host's room open at the signaling server. The party
// does not need the server; only its newcomers do.
func (s *Session) receiveNewcomers(ctx context.Context) {
	claimed := false
	wait := retryMin
	for {
		c, err := signaling.Dial(ctx, s.cfg.Signaling)
		if err == nil {
			if err = s.claim(ctx, c); err == nil {
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

// claim opens the room. A server that does not answer is none.
func (s *Session) claim(ctx context.Context, c *signaling.Client) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.answer)
	defer cancel()
	err := c.Claim(ctx, s.cfg.Identity)
	if errors.Is(err, context.DeadlineExceeded) {
		err = signaling.ErrServerAway
	}
	return err
}

// reception is a host's side of one connection to the server: who is being
// met, and who waits for that.
type reception struct {
	session   *Session
	client    *signaling.Client
	met       map[signaling.PeerID]*newcomer // by their latest knock
	running   int                            // newcomers whose end is not in done yet
	returning int                            // of them, with an invitation that was replaced
	heard     map[signaling.PeerID]int       // knocks of each
	queue     []signaling.Relay              // knocks
	done      chan *newcomer
}

// newcomer is a guest who knocked with the invitation's secret.
type newcomer struct {
	pipe   *pipe
	inbox  chan incoming
	cancel context.CancelFunc
}

// introduce answers newcomers until the server's connection ends.
func (s *Session) introduce(ctx context.Context, c *signaling.Client) error {
	ctx, cancel := context.WithCancel(ctx)
	r := &reception{session: s, client: c, met: map[signaling.PeerID]*newcomer{}, heard: map[signaling.PeerID]int{}, done: make(chan *newcomer)}
	defer func() {
		cancel()
		for ; r.running > 0; r.running-- {
			<-r.done
		}
	}()
	in := s.listen(ctx, c)
	for {
		select {
		case n := <-r.done:
			r.running--
			if n.pipe.tunnel.Replaced() {
				r.returning--
			}
			if r.met[n.pipe.peer] == n {
				delete(r.met, n.pipe.peer)
			}
		case next := <-in:
			if next.err != nil {
				return next.err
			}
			r.take(next.m)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		for len(r.queue) > 0 && r.running < maxNewcomers {
			knock := r.queue[0]
			r.queue = r.queue[1:]
			r.open(ctx, knock)
		}
	}
}

// take sorts what came: a knock waits its turn, and all else goes to the
// newcomer it is from. What fits nowhere is dropped: the server or a stranger
// sent it, and it costs nobody anything.
func (r *reception) take(m signaling.Message) {
	switch m := m.(type) {
	case signaling.Relay:
		if !m.Data.IsKnock() {
			if n := r.met[m.Peer]; n != nil {
				select {
				case n.inbox <- incoming{m: m}:
				default: // far more candidates than anybody has
				}
			}
			return
		}
		r.forget(m.Peer)
		if r.heard[m.Peer] == maxKnocks {
			return
		}
		if len(r.heard) == maxHeard {
			clear(r.heard)
		}
		r.heard[m.Peer]++
		if len(r.queue) < maxQueued {
			r.queue = append(r.queue, m)
		}
	case signaling.Gone: // it has arrived, or gave up; only a knock is of no use any more
		r.forget(m.Peer)
		delete(r.heard, m.Peer)
	}
}

// forget drops a guest's earlier knock.
func (r *reception) forget(peer signaling.PeerID) {
	r.queue = slices.DeleteFunc(r.queue, func(m signaling.Relay) bool { return m.Peer == peer })
}

// open answers a knock, and meets who knocked if the knock is good. A guest
// that knocks again has dropped what came of its earlier knock.
func (r *reception) open(ctx context.Context, knock signaling.Relay) {
	answer, tunnel, err := r.session.door.Answer(knock.Data)
	if err == nil && tunnel.Replaced() && r.returning == maxReturning {
		return
	}
	if answer != nil {
		r.client.Relay(knock.Peer, answer)
	}
	if err != nil {
		return
	}
	if old := r.met[knock.Peer]; old != nil {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(ctx)
	n := &newcomer{
		pipe:  &pipe{client: r.client, peer: knock.Peer, tunnel: tunnel, overhear: r.session.cfg.Overhear},
		inbox: make(chan incoming, maxInbox), cancel: cancel,
	}
	r.met[knock.Peer] = n
	r.running++
	if tunnel.Replaced() {
		r.returning++
	}
	r.session.goes(func() {
		defer func() {
			cancel()
			r.done <- n
		}()
		r.session.meetGuest(ctx, n)
	})
}

// meetGuest takes a newcomer's offer and sees its link to the confirmation.
// There is no connection before the offer has proved that whoever knocked has
// the keys of the knock: a knock that was only recorded costs none.
func (s *Session) meetGuest(ctx context.Context, n *newcomer) {
	patience := time.NewTimer(s.timeouts.answer)
	defer patience.Stop()
	var offer signaling.Offer
	select {
	case next := <-n.inbox:
		sig, err := n.pipe.open(next.m)
		if err != nil {
			return
		}
		var ok bool
		if offer, ok = sig.(signaling.Offer); !ok {
			return
		}
	case <-patience.C:
		return
	case <-ctx.Done():
		return
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeouts.connect)
	defer cancel()
	a, err := s.newLink(n.pipe)
	if err != nil {
		return
	}
	sdp, err := a.Answer(ctx, offer.SDP)
	if err != nil || n.pipe.describe(signaling.Answer{SDP: sdp}) != nil {
		a.Close()
		return
	}
	a.outcome(ctx, n.inbox, func(m signaling.Message) error { return n.pipe.takeCandidate(ctx, a.Link, m) })
}
