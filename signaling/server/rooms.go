package server

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"sync"

	"github.com/toile-party/toile/signaling"
)

// rooms is who can be introduced to whom. A room is its host's connection and
// the guests on their way to it; it is gone with its host.
type rooms struct {
	mu    sync.Mutex // guards what follows, and the fields of conns that say so
	hosts map[signaling.RoomID]*conn
}

// claim makes c the host of a room. A newer connection with the same proof
// takes over: that host reloaded, or its old connection is dead and does not
// know it. Of the proof only a hash is kept.
func (r *rooms) claim(c *conn, m signaling.Claim) {
	proof := sha256.Sum256(m.Proof[:])
	r.mu.Lock()
	defer r.mu.Unlock()
	old := r.hosts[m.Room]
	if old != nil && subtle.ConstantTimeCompare(old.proof[:], proof[:]) != 1 {
		c.finish(signaling.CloseClaimed)
		return
	}
	c.room, c.proof, c.guests = m.Room, proof, map[signaling.PeerID]*conn{}
	c.role.Store(roleHost)
	r.hosts[m.Room] = c
	if old != nil {
		r.sendAway(old)
		old.finish(signaling.CloseReplaced)
	}
	c.send(signaling.Claimed{})
}

// join introduces c to a room's host.
func (r *rooms) join(c *conn, m signaling.Join) {
	r.mu.Lock()
	defer r.mu.Unlock()
	host := r.hosts[m.Room]
	switch {
	case host == nil:
		c.finish(signaling.CloseRoomNotFound)
		return
	case len(host.guests) >= maxWaiting:
		c.finish(signaling.CloseRoomFull)
		return
	}
	for {
		rand.Read(c.peer[:])
		if c.peer != (signaling.PeerID{}) && host.guests[c.peer] == nil {
			break
		}
	}
	c.host = host
	c.role.Store(roleGuest)
	host.guests[c.peer] = c
	c.send(signaling.Joined{Peer: c.peer})
}

// relay passes a sealed signal on, between a guest and its host only.
func (r *rooms) relay(c *conn, m signaling.Relay) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if c.role.Load() == roleHost {
		if to := c.guests[m.Peer]; to != nil {
			to.send(m)
		}
		return // a guest that is gone has arrived, or given up
	}
	if c.host != nil {
		c.host.send(signaling.Relay{Peer: c.peer, Data: m.Data})
	}
}

// gone forgets a connection.
func (r *rooms) gone(c *conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch c.role.Load() {
	case roleHost:
		if r.hosts[c.room] == c {
			delete(r.hosts, c.room)
		}
		r.sendAway(c)
	case roleGuest:
		if c.host != nil {
			delete(c.host.guests, c.peer)
			c.host.send(signaling.Gone{Peer: c.peer})
			c.host = nil
		}
	}
}

// sendAway ends the guests of a host that is gone.
func (r *rooms) sendAway(host *conn) {
	for _, g := range host.guests {
		g.host = nil
		g.finish(signaling.CloseRoomNotFound)
	}
	host.guests = nil
}
