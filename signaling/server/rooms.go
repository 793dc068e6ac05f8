package server

import (
	"crypto/rand"
	"sync"
	"time"

	"github.com/toile-party/toile/signaling"
)

// rooms is who can be introduced to whom. A room is its host's connection, the
// guests on their way to it, or the guests who wait for it; it is gone with
// the last of them.
type rooms struct {
	limits  Limits
	metrics *metrics
	now     func() time.Time

	mu    sync.Mutex // guards what follows, and the fields of conns that say so
	rooms map[signaling.RoomID]*room
}

type room struct {
	id     signaling.RoomID
	host   *conn // nil: not there
	keys   signaling.PublicKeys
	guests map[signaling.PeerID]*conn
	joins  bucket
}

// room is the room of that number, made if need be; nil: there are too many.
func (r *rooms) room(id signaling.RoomID) *room {
	ro := r.rooms[id]
	if ro == nil && len(r.rooms) < r.limits.Rooms {
		ro = &room{id: id, joins: perMinute(r.limits.RoomJoins, r.now())}
		r.rooms[id] = ro
	}
	return ro
}

// claim makes c the host of the room of the keys that it has just proved to
// hold. A newer connection takes over: that host reloaded, or its old
// connection is dead and does not know it.
func (r *rooms) claim(c *conn, keys signaling.PublicKeys) outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	ro := r.room(keys.Room())
	if ro == nil {
		c.finish(signaling.CloseFull)
		return claimBusy
	}
	result := claimOpened
	if ro.host != nil {
		result = claimReplaced
		ro.host.room = nil
		ro.host.finish(signaling.CloseReplaced)
	}
	ro.host, ro.keys, c.room = c, keys, ro
	c.role.Store(roleHost)
	c.grant()
	c.send(signaling.Claimed{})
	for _, g := range ro.guests {
		g.expect(false)
		g.send(signaling.Present{Keys: keys})
		if g.met.IsZero() {
			g.met = r.now()
		}
	}
	return result
}

// join introduces c to a room's host, now or when it comes.
func (r *rooms) join(c *conn, id signaling.RoomID) outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	ro := r.room(id)
	switch {
	case ro == nil:
		c.finish(signaling.CloseFull)
		return joinBusy
	case len(ro.guests) >= r.limits.RoomGuests:
		c.finish(signaling.CloseRoomFull)
		return joinFull
	case !ro.joins.take(1, r.now()):
		c.finish(signaling.CloseRoomFull) // for now: to people that is the same
		return joinRate
	}
	if ro.guests == nil { // a host alone needs none
		ro.guests = map[signaling.PeerID]*conn{}
	}
	for {
		rand.Read(c.peer[:])
		if c.peer != (signaling.PeerID{}) && ro.guests[c.peer] == nil {
			break
		}
	}
	c.room, ro.guests[c.peer] = ro, c
	c.role.Store(roleGuest)
	c.grant()
	c.send(signaling.Joined{Peer: c.peer})
	if ro.host != nil {
		c.send(signaling.Present{Keys: ro.keys})
		c.met = r.now()
		return joinIntroduced
	}
	c.expect(true)
	return joinWaiting
}

// expect starts or stops the time that a guest may wait for a host. rooms.mu
// is held.
func (c *conn) expect(host bool) {
	if c.patience != nil {
		c.patience.Stop()
		c.patience = nil
	}
	if host {
		c.patience = time.AfterFunc(hostWithin, func() { c.finish(signaling.CloseRoomNotFound) })
	}
}

// relay passes a sealed signal on, between a guest and its host only.
func (r *rooms) relay(c *conn, m signaling.Relay) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch ro := c.room; {
	case ro == nil: // a host that was replaced
	case ro.host == c:
		if to := ro.guests[m.Peer]; to != nil {
			r.passed(m)
			to.send(m)
		} // else it has arrived, or given up
	case ro.host != nil:
		if !ro.host.offer(signaling.Relay{Peer: c.peer, Data: m.Data}, hostFrames) {
			c.finish(signaling.CloseRate) // who comes again finds room, or finds that the host does not read
			return
		}
		r.passed(m)
	}
}

func (r *rooms) passed(m signaling.Relay) {
	r.metrics.relayedFrames.Add(1)
	r.metrics.relayedBytes.Add(int64(len(m.Data)))
}

// count tells how many rooms there are, how many have their host, and how many
// guests there are in all.
func (r *rooms) count() (rooms, hosts, guests int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ro := range r.rooms {
		guests += len(ro.guests)
		if ro.host != nil {
			hosts++
		}
	}
	return len(r.rooms), hosts, guests
}

// gone forgets a connection.
func (r *rooms) gone(c *conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ro := c.room
	if ro == nil {
		return
	}
	c.room = nil
	if ro.host == c {
		ro.host = nil
		for _, g := range ro.guests {
			g.send(signaling.Absent{})
			g.met = time.Time{}
			g.expect(true)
		}
	} else {
		c.expect(false)
		if !c.met.IsZero() {
			r.metrics.stayed(r.now().Sub(c.met))
		}
		delete(ro.guests, c.peer)
		if ro.host != nil {
			ro.host.offer(signaling.Gone{Peer: c.peer}, 2*hostFrames) // or it finds out by itself
		}
	}
	if ro.host == nil && len(ro.guests) == 0 {
		delete(r.rooms, ro.id)
	}
}
