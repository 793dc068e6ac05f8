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
	mu    sync.Mutex // guards what follows, and the fields of conns that say so
	rooms map[signaling.RoomID]*room
}

type room struct {
	id     signaling.RoomID
	host   *conn // nil: not there
	keys   signaling.PublicKeys
	guests map[signaling.PeerID]*conn
}

func (r *rooms) room(id signaling.RoomID) *room {
	ro := r.rooms[id]
	if ro == nil {
		ro = &room{id: id, guests: map[signaling.PeerID]*conn{}}
		r.rooms[id] = ro
	}
	return ro
}

// claim makes c the host of the room of the keys that it has just proved to
// hold. A newer connection takes over: that host reloaded, or its old
// connection is dead and does not know it.
func (r *rooms) claim(c *conn, keys signaling.PublicKeys) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ro := r.room(keys.Room())
	if ro.host != nil {
		ro.host.room = nil
		ro.host.finish(signaling.CloseReplaced)
	}
	ro.host, ro.keys, c.room = c, keys, ro
	c.role.Store(roleHost)
	c.send(signaling.Claimed{})
	for _, g := range ro.guests {
		g.expect(false)
		g.send(signaling.Present{Keys: keys})
	}
}

// join introduces c to a room's host, now or when it comes.
func (r *rooms) join(c *conn, id signaling.RoomID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ro := r.room(id)
	if len(ro.guests) >= maxWaiting {
		c.finish(signaling.CloseRoomFull)
		return
	}
	for {
		rand.Read(c.peer[:])
		if c.peer != (signaling.PeerID{}) && ro.guests[c.peer] == nil {
			break
		}
	}
	c.room, ro.guests[c.peer] = ro, c
	c.role.Store(roleGuest)
	c.send(signaling.Joined{Peer: c.peer})
	if ro.host != nil {
		c.send(signaling.Present{Keys: ro.keys})
	} else {
		c.expect(true)
	}
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
			to.send(m)
		} // else it has arrived, or given up
	case ro.host != nil:
		ro.host.send(signaling.Relay{Peer: c.peer, Data: m.Data})
	}
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
			g.expect(true)
		}
	} else {
		c.expect(false)
		delete(ro.guests, c.peer)
		if ro.host != nil {
			ro.host.send(signaling.Gone{Peer: c.peer})
		}
	}
	if ro.host == nil && len(ro.guests) == 0 {
		delete(r.rooms, ro.id)
	}
}
