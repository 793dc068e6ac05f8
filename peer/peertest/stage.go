package peertest

import (
	"strconv"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// Stage is a world whose luck is that of an evening, so that what happens in it
// can be laid beside what others make of the same evening. Like a World it has
// one goroutine.
type Stage struct {
	*World
	Evening luck.Evening
	// Meter is a real clock. When it is there, Busy tells how long machines took.
	Meter func() time.Duration
}

// seat is what a stage knows of one node beside its own.
type seat struct {
	index  int
	film   *luck.Element
	ways   [2]*luck.Way
	last   [2]time.Duration // when the packet before arrives: order is kept
	k      uint64           // pictures so far
	events int              // commands so far
	shown  clock.Local      // when the last view was, by this node's clock
	host   clock.Local      // and by the host's
	busy   time.Duration
}

// retransmit is how long a reliable channel waits for an acknowledgement, at
// least: a native host by pion's SCTP (rtoMin in rtx_timer.go), a guest by
// Chromium's (rto_min in dcsctp_options.h).
func retransmit(to luck.Direction) time.Duration {
	if to == luck.Forth {
		return time.Second
	}
	return 400 * time.Millisecond
}

// unseen is how often a film that nobody sees tells where it is: by timeupdate.
const unseen = 250 * time.Millisecond

// NewStage makes a stage with a host on it who shows a film and has this many
// seats, 0 for the usual.
func NewStage(e luck.Evening, film wire.Media, seats int) *Stage {
	s := &Stage{World: New(e.Seed, Network{}), Evening: e}
	s.stage = s
	n := s.add("Host")
	n.machine = party.NewHost(party.HostConfig{Secret: s.secret, Name: "Host", Media: film, Start: n.clock(), Seats: seats})
	n.Do(party.Server{State: party.ServerConnected})
	n.Do(party.Film{State: wire.FilmReady})
	s.After(s.Evening.Tick(0, frame), func() { s.frames(n) })
	return s
}

func (s *Stage) add(name string) *Node {
	e, i := &s.Evening, len(s.nodes)
	film := e.Element(i, true)
	n := &Node{
		world: s.World, name: name, drift: e.Rate(i), origin: e.Origin(i), links: map[party.LinkID]far{},
		Player: &film.VirtualPlayer,
		seat:   &seat{index: i, film: film, ways: [2]*luck.Way{e.Way(i, luck.Forth), e.Way(i, luck.Back)}},
	}
	s.nodes = append(s.nodes, n)
	return n
}

// Enter brings one more guest, who takes a seat as soon as they can. It returns
// before any time passes.
func (s *Stage) Enter() *Node {
	n := s.add("Guest " + strconv.Itoa(len(s.nodes)))
	n.machine = party.NewGuest(party.GuestConfig{Secret: s.secret, Start: n.clock()})
	s.Connect(n)
	n.Do(party.TakeSeat{Name: n.name})
	s.After(s.Evening.Tick(n.seat.index, frame), func() { s.frames(n) })
	return n
}

// Nodes are the people, the host first.
func (s *Stage) Nodes() []*Node { return s.nodes }

// send is how packets travel on a stage.
func (s *Stage) send(from *Node, f far, e party.Send) {
	to, guest := luck.Back, from
	if from.seat.index == 0 {
		to, guest = luck.Forth, f.node
	}
	way, now := guest.seat.ways[to], s.Now()
	var at time.Duration
	if e.Channel == wire.ChannelState {
		late, lost := way.Fate(now)
		if lost {
			return
		}
		at = max(now+late, guest.seat.last[to])
		guest.seat.last[to] = at
	} else {
		at = max(way.Carry(now, retransmit(to)), f.last[e.Channel]+1)
		f.last[e.Channel] = at
		from.links[e.To] = f
	}
	s.arrive(at, f, e)
}

// apply lets a node's film do what a command says.
func (n *Node) apply(c playback.Command) {
	if n.seat == nil {
		n.Player.Apply(n.clock(), c)
		return
	}
	n.seat.film.Apply(n.clock(), c)
	n.seat.events++
	n.listen(n.seat.events, playback.Observation{Paused: true})
}

// listen tells of seeking, seeked, playing, pause and waiting as they happen,
// as a page does by the element's events, until nothing more is to come of the
// last command.
func (n *Node) listen(events int, last playback.Observation) {
	n.world.After(2*time.Millisecond, func() {
		if events != n.seat.events || n.world.Now() < n.asleep {
			return
		}
		o := n.Player.Observe(n.clock())
		if o.Seeking != last.Seeking || o.Paused != last.Paused || o.Waiting != last.Waiting {
			n.Do(party.Observed{Observation: o})
		}
		if events == n.seat.events && (o.Seeking || n.Player.Pending()) {
			n.listen(events, o)
		}
	})
}

// interval is how often a film tells where it is.
func (n *Node) interval() time.Duration {
	switch {
	case n.seat == nil:
		return frame
	case n.Player.Hidden:
		return unseen
	}
	n.seat.k++
	return n.world.stage.Evening.Picture(n.seat.index, n.seat.k, n.Position())
}

// noted remembers when a view was shown.
func (n *Node) noted() {
	if n.seat != nil {
		n.seat.shown, n.seat.host = n.clock(), n.world.nodes[0].clock()
	}
}

// ClockError is how far this guest's idea of the host's clock was from the
// truth when it last showed a view, and how far it then said it could be, two
// standard errors. ok is false while a film does not run, for both to see.
func (n *Node) ClockError() (off, own time.Duration, ok bool) {
	mine, host := n.View.Film, n.world.nodes[0].View.Film
	if n.View.Phase != party.Theatre || mine.Rate == 0 || host.Rate != mine.Rate || host.Position != mine.Position || !n.View.Sync.Measured {
		return 0, 0, false
	}
	return n.seat.shown.Sub(mine.At) - n.seat.host.Sub(host.At), n.View.Sync.Uncertainty, true
}

// Spent is what steering cost a node's film until now.
func (n *Node) Spent() luck.Cost { return n.seat.film.Spent(n.clock()) }

// Busy is how much real time a node's machine took until now.
func (n *Node) Busy() time.Duration { return n.seat.busy }

// Nap stops a device for d, and its clock with it: in some browsers
// performance.now() does not count while the machine is suspended. Its film must
// not be looked at meanwhile.
func (n *Node) Nap(d time.Duration) {
	n.asleep = n.world.Now() + d
	n.world.At(n.asleep, func() { n.origin -= d })
}

// Notice tells a guest what a browser tells after a Move: that its link takes
// another path.
func (n *Node) Notice() {
	for id := range n.links {
		n.Do(party.Moved{Link: id})
	}
}

// Move changes the network between a guest and the host, from now on.
func (n *Node) Move(forth, back impair.Path) {
	n.seat.ways[luck.Forth].Change(n.world.Now(), forth)
	n.seat.ways[luck.Back].Change(n.world.Now(), back)
}
