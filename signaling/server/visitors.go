package server

import (
	"net/netip"
	"sync"
	"time"
)

// visitors is what each address has open and how fast it opens more. It
// forgets an address when nothing is open and its bucket is full again, and
// never remembers more than maxVisitors.
type visitors struct {
	limits Limits

	mu      sync.Mutex // guards what follows
	of      map[netip.Prefix]*visitor
	sweepAt int // addresses, when to look for those that can be forgotten
}

type visitor struct {
	open   int
	bucket bucket
}

const firstSweep = 1024

func newVisitors(l Limits) *visitors {
	return &visitors{limits: l, of: map[netip.Prefix]*visitor{}, sweepAt: firstSweep}
}

// enter counts a socket in, or tells why not and how long to wait. What it let
// in has to leave.
func (v *visitors) enter(from netip.Prefix, now time.Time) (r refusal, wait time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	g := v.of[from]
	if g == nil {
		if len(v.of) >= v.sweepAt {
			v.sweep(now)
		}
		g = &visitor{bucket: perMinute(v.limits.AddressRate, now)}
		v.of[from] = g
	}
	switch {
	case g.open >= v.limits.AddressSockets:
		return refusedOpen, retryAfter
	case !g.bucket.take(1, now):
		return refusedRate, g.bucket.wait(now)
	}
	g.open++
	return admitted, 0
}

func (v *visitors) leave(from netip.Prefix) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if g := v.of[from]; g != nil && g.open > 0 {
		g.open--
	}
}

// sweep forgets who need not be remembered. When there are too many who must
// be, those with nothing open are forgotten first come, first served: to be
// forgotten is worth a burst to an attacker, and needs that many addresses.
func (v *visitors) sweep(now time.Time) {
	for from, g := range v.of {
		g.bucket.refill(now)
		if g.open == 0 && g.bucket.tokens >= g.bucket.burst {
			delete(v.of, from)
		}
	}
	if len(v.of) >= maxVisitors {
		for from, g := range v.of {
			if g.open == 0 {
				delete(v.of, from)
			}
			if len(v.of) <= maxVisitors/2 {
				break
			}
		}
	}
	v.sweepAt = min(max(firstSweep, 2*len(v.of)), maxVisitors)
}
