package peer

import (
	"context"

	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

// peerLink is a link, and how it comes to be trusted: the first frame on its
// control channel is the other end's confirmation, and nothing that comes
// before or beside that is looked at until it has been found good.
type peerLink struct {
	*link.Link
	tunnel    *signaling.Tunnel
	verdict   chan<- error // told once
	open      bool
	expected  signaling.Confirmation
	confirmed bool
	early     []party.Received
	waiting   int // bytes of early
}

// An honest peer sends nothing but its confirmation before it has ours. Ours
// may be overtaken though, by what it sends on the other channels then.
const (
	maxEarly      = 64
	maxEarlyState = 16 // of them, on a channel that may lose them as well
	// maxEarlyBytes is what whoever never confirms may make this end keep.
	maxEarlyBytes = 1 << 20
)

// greet sends this end's confirmation on a link that has just opened.
func (l *peerLink) greet() {
	own, peer := l.Fingerprints()
	mine, theirs := l.tunnel.Confirm(signaling.Fingerprint(own), signaling.Fingerprint(peer))
	l.open, l.expected = true, theirs
	l.Send(link.Control, mine[:])
}

func (l *peerLink) keep(r party.Received) {
	limit := maxEarly
	if r.Channel == wire.Channel(link.State) {
		limit = maxEarlyState
	}
	if len(l.early) < limit && l.waiting+len(r.Data) <= maxEarlyBytes {
		l.early = append(l.early, r)
		l.waiting += len(r.Data)
	}
}

// settle takes the other end's confirmation, when the link is open and it is
// there. A link with a bad one is closed.
func (s *Session) settle(ctx context.Context, id party.LinkID, l *peerLink) {
	if !l.open {
		return
	}
	for i, r := range l.early {
		if r.Channel != wire.Channel(link.Control) {
			continue
		}
		if !l.expected.Is(r.Data) {
			l.verdict <- signaling.ErrTampered
			s.drop(id)
			return
		}
		l.confirmed = true
		l.verdict <- nil
		opened := party.Opened{Link: id}
		random(opened.Token[:])
		s.handle(ctx, opened)
		for j, r := range l.early {
			if j != i {
				s.handle(ctx, r)
			}
		}
		l.early, l.waiting = nil, 0
		return
	}
}
