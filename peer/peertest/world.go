// Package peertest is a party in a box: hosts and guests with their real
// machines, players and clocks, on a simulated network, in simulated time. It
// has one goroutine and one seed: the same seed gives the same evening, to the
// nanosecond.
//
//	w := peertest.New(1, peertest.Network{Delay: ...})
//	host := w.Host("Ana", film)
//	guest := w.Join("Luc")
//	host.Do(party.Play{})
//	w.Run(time.Minute)
package peertest

import (
	"math/rand/v2"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// Network is how every link of a world behaves.
type Network struct {
	// Delay draws the one-way delay of one packet; nil: none.
	Delay func(r *rand.Rand) time.Duration
	// Loss is the share of packets that never arrive. What is sent on a
	// reliable channel then arrives later, by Retransmit.
	Loss       float64
	Retransmit time.Duration
}

// World is the box. The zero value is not ready; see New.
type World struct {
	luck.Agenda // true time, which nobody in the box can read

	net    Network
	rand   *rand.Rand
	nodes  []*Node
	links  party.LinkID
	secret wire.Secret
	stage  *Stage // nil: luck comes from net and rand
	// Packets counts what the host sent, Sent its bytes.
	Packets, Sent int
}

// New makes an empty world.
func New(seed uint64, net Network) *World {
	return &World{net: net, rand: rand.New(rand.NewPCG(seed, 0)), Agenda: luck.NewAgenda(luck.Begin), secret: wire.Secret{1}}
}

// Node is one person in the box.
type Node struct {
	// View is the last one shown, Player the film, Seeks how often it was
	// moved while it played.
	View   party.View
	Player *playback.VirtualPlayer
	Seeks  int

	world   *World
	drift   float64 // of this device's clock, parts of one
	origin  time.Duration
	machine machine
	links   map[party.LinkID]far
	film    playback.MediaID
	name    string
	due     time.Duration // of the timer that is set
	armed   bool
	cut     bool
	asleep  time.Duration // until then
	seat    *seat         // on a Stage only
}

type machine interface {
	Handle(now clock.Local, ev party.Event) []party.Effect
	Deadline() (clock.Local, bool)
}

type far struct {
	node *Node
	link party.LinkID
	last [3]time.Duration // reliable channels keep order
}

// frame is how often a playing film tells where it is.
const frame = 16667 * time.Microsecond

func (w *World) node(drift float64) *Node {
	n := &Node{world: w, drift: drift, links: map[party.LinkID]far{}, Player: new(playback.VirtualPlayer)}
	n.origin = time.Duration(w.rand.Int64N(int64(time.Hour))) // no two clocks show the same
	start := 65*time.Millisecond + time.Duration(w.rand.Int64N(int64(15*time.Millisecond)))
	n.Player.StartLatency = func() time.Duration { return start + time.Duration(w.rand.NormFloat64()*float64(3*time.Millisecond)) }
	n.Player.RateLatency = 80 * time.Millisecond
	n.Player.Resume = func() time.Duration { return time.Duration(w.rand.Int64N(int64(12 * time.Millisecond))) }
	n.Player.SeekLatency = func() time.Duration {
		// A little more than a frame, so that one tells of the seek: browsers do by an event.
		return 18*time.Millisecond + time.Duration(w.rand.Int64N(int64(33*time.Millisecond)))
	}
	n.Player.Noise = func(clock.Local) time.Duration {
		return time.Duration(w.rand.NormFloat64() * float64(100*time.Microsecond))
	}
	w.nodes = append(w.nodes, n)
	return n
}

// Host opens the party.
func (w *World) Host(name string, film wire.Media) *Node {
	n := w.node(0)
	n.name = name
	n.machine = party.NewHost(party.HostConfig{Secret: w.secret, Name: name, Media: film, Start: n.clock()})
	n.Do(party.Server{State: party.ServerConnected})
	n.Do(party.Film{State: wire.FilmReady})
	w.frames(n)
	return n
}

// Join brings a guest with a clock that runs drift faster than true, and lets
// a second pass.
func (w *World) Join(name string, drift float64) *Node {
	n := w.node(drift)
	n.name = name
	n.machine = party.NewGuest(party.GuestConfig{Secret: w.secret, Start: n.clock()})
	w.Connect(n)
	w.Run(500 * time.Millisecond)
	n.Do(party.TakeSeat{Name: name})
	w.frames(n)
	w.Run(500 * time.Millisecond)
	return n
}

// Connect gives a guest a fresh link to the host.
func (w *World) Connect(n *Node) {
	host := w.nodes[0]
	w.links += 2
	a, b := w.links, w.links+1
	host.links[a], n.links[b] = far{node: n, link: b}, far{node: host, link: a}
	host.Do(party.Opened{Link: a, Token: wire.Token{byte(a >> 8), byte(a), 1}})
	n.Do(party.Opened{Link: b, Token: wire.Token{9}})
}

// Cut carries nothing to and from a node any more; Mend does again.
func (n *Node) Cut() { n.cut = true }

// Mend ends a Cut.
func (n *Node) Mend() { n.cut = false }

// Sleep stops a device for d: nothing runs, nothing is heard, its clock goes on.
func (n *Node) Sleep(d time.Duration) {
	n.asleep = n.world.Now() + d
	n.Player.StallUntil = n.clock().Add(d)
}

// Stall takes a node's data away for d.
func (n *Node) Stall(d time.Duration) { n.Player.StallUntil = n.clock().Add(d) }

// frames lets a film tell where it is, for ever.
func (w *World) frames(n *Node) {
	if w.Now() >= n.asleep {
		n.Do(party.Observed{Observation: n.Player.Observe(n.clock())})
	}
	w.After(n.interval(), func() { w.frames(n) })
}

// clock is what a node's own clock shows.
func (n *Node) clock() clock.Local {
	return clock.Local(n.origin + n.world.Now() + time.Duration(float64(n.world.Now())*n.drift))
}

// Position is where a node's film truly is.
func (n *Node) Position() time.Duration { return n.Player.Position(n.clock()) }

// Do gives a node an event.
func (n *Node) Do(ev party.Event) {
	w := n.world
	for _, e := range n.handle(ev) {
		switch e := e.(type) {
		case party.Send:
			w.send(n, e)
		case party.Steer:
			o := n.Player.Observe(n.clock())
			if e.Command.Do == playback.Jump || e.Command.Do == playback.Start && !o.Paused {
				n.Seeks++
			}
			n.apply(e.Command)
		case party.Drop:
			if f, ok := n.links[e.Link]; ok {
				delete(n.links, e.Link)
				w.At(max(w.Now()+w.delay(), f.node.asleep), func() {
					if _, ok := f.node.links[f.link]; ok {
						delete(f.node.links, f.link)
						f.node.Do(party.Closed{Link: f.link})
					}
				})
			}
		case party.Show:
			n.View = e.View
			n.noted()
			if m := e.View.Media.ID; m != n.film {
				n.film = m
				n.Player.Duration = e.View.Media.Duration
				w.After(50*time.Millisecond, func() { n.Do(party.Film{State: wire.FilmReady}) })
			}
		}
	}
	n.arm()
}

func (n *Node) handle(ev party.Event) []party.Effect {
	if s := n.world.stage; s != nil && s.Meter != nil {
		from := s.Meter()
		defer func() { n.seat.busy += s.Meter() - from }()
	}
	return n.machine.Handle(n.clock(), ev)
}

// arm sets a node's timer to its machine's deadline.
func (n *Node) arm() {
	at, ok := n.machine.Deadline()
	if !ok {
		return
	}
	wait := time.Duration(float64(at.Sub(n.clock())) / (1 + n.drift))
	due := n.world.Now() + max(wait, 0) + time.Microsecond
	if n.armed && n.due <= due {
		return
	}
	n.armed, n.due = true, due
	due = max(due, n.asleep)
	n.world.At(due, func() {
		if n.due != due || !n.armed {
			return
		}
		n.armed = false
		if n.world.Now() < n.asleep { // set before it fell asleep
			n.world.At(n.asleep, func() { n.Do(nil) })
			return
		}
		n.Do(nil)
	})
}

func (w *World) delay() time.Duration {
	if w.net.Delay == nil {
		return 0
	}
	return max(w.net.Delay(w.rand), 0)
}

func (w *World) send(from *Node, e party.Send) {
	f, ok := from.links[e.To]
	if !ok || from.cut || f.node.cut {
		return
	}
	if from == w.nodes[0] {
		w.Packets++
		w.Sent += len(e.Data)
	}
	if w.stage != nil {
		w.stage.send(from, f, e)
		return
	}
	late := w.delay()
	for w.rand.Float64() < w.net.Loss {
		if e.Channel == wire.ChannelState {
			return
		}
		late += max(w.net.Retransmit, time.Millisecond)
	}
	arrive := w.Now() + late
	if e.Channel != wire.ChannelState {
		arrive = max(arrive, f.last[e.Channel]+1)
		f.last[e.Channel] = arrive
		from.links[e.To] = f
	}
	w.arrive(arrive, f, e)
}

// arrive gives a frame to the far end of a link, if that is still there.
func (w *World) arrive(at time.Duration, f far, e party.Send) {
	w.At(at, func() {
		if _, open := f.node.links[f.link]; open && !f.node.cut && w.Now() >= f.node.asleep {
			f.node.Do(party.Received{Link: f.link, Channel: e.Channel, Data: e.Data, At: f.node.clock()})
		}
	})
}
