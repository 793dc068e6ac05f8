package party

import (
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

const ms = time.Millisecond

var (
	everyone  = ptr(wire.DriveEveryone)
	theSecret = wire.Secret{1, 2, 3, 4}
	theFilm   = wire.Media{URL: "https://films.example/a.mp4", Title: "A", Duration: 10 * time.Minute}
)

func ptr[T any](v T) *T { return &v }

// rig is a host and its guests on a network of one fixed delay, in simulated
// time. lost decides which frames never arrive; the state channel alone may
// lose any, as on the wire.
type rig struct {
	t         *testing.T
	now       clock.Local
	delay     time.Duration
	lost      func(to string, m wire.Message) bool
	queue     []delivery
	order     int
	host      *node
	guests    []*node
	links     LinkID
	rotations int
	log       []string // what was sent, for those who look
}

type node struct {
	name    string
	handle  func(clock.Local, Event) []Effect
	due     func() (clock.Local, bool)
	view    View
	shown   int
	sees    func(View) // does at once what a page does when it is shown this
	end     *string
	links   map[LinkID]far
	redial  int
	cut     bool // the network no longer carries anything to or from it
	steered []playback.Command
}

type far struct {
	node *node
	link LinkID
}

type delivery struct {
	at    clock.Local
	order int
	to    *node
	ev    Event
}

func newRig(t *testing.T, guests ...string) *rig { return newRigOf(t, 0, guests...) }

// newRigOf has so many seats for guests, 0: as many as usual.
func newRigOf(t *testing.T, seats int, guests ...string) *rig {
	r := &rig{t: t, now: clock.Local(time.Hour), delay: 20 * ms}
	h := NewHost(HostConfig{Secret: theSecret, Name: "Ana", Hue: 22, Media: theFilm, Start: r.now, Seats: seats})
	r.host = &node{name: "Ana", handle: h.Handle, due: h.Deadline, links: map[LinkID]far{}}
	r.do(r.host, Server{ServerConnected})
	r.do(r.host, Film{wire.FilmReady})
	for _, name := range guests {
		r.join(name)
	}
	return r
}

// join brings a guest to a seat.
func (r *rig) join(name string) *node {
	g := r.knock(name, theSecret)
	r.run(200 * ms)
	r.do(g, TakeSeat{Name: name, Hue: 205})
	r.do(g, Film{wire.FilmReady})
	r.run(200 * ms)
	return g
}

// knock makes a guest whose link opens; it has no seat yet.
func (r *rig) knock(name string, secret wire.Secret) *node {
	m := NewGuest(GuestConfig{Secret: secret, Start: r.now})
	g := &node{name: name, handle: m.Handle, due: m.Deadline, links: map[LinkID]far{}}
	r.guests = append(r.guests, g)
	r.connect(g)
	return g
}

func (r *rig) connect(g *node) {
	r.links += 2
	a, b := r.links, r.links+1
	r.host.links[a], g.links[b] = far{g, b}, far{r.host, a}
	r.do(r.host, Opened{Link: a, Token: wire.Token{byte(a), 7}})
	r.do(g, Opened{Link: b, Token: wire.Token{9, 9}})
}

func (r *rig) do(n *node, ev Event) {
	for _, e := range append([]Effect(nil), n.handle(r.now, ev)...) {
		switch e := e.(type) {
		case Send:
			r.send(n, e)
		case Drop:
			if f, ok := n.links[e.Link]; ok {
				delete(n.links, e.Link)
				r.post(f.node, 2*r.delay, Closed{f.link})
			}
		case Redial:
			n.redial++
		case Show:
			n.view = e.View
			n.shown++
			if n.sees != nil {
				n.sees(e.View)
			}
		case Steer:
			n.steered = append(n.steered, e.Command)
		case Rotate: // as the shell does: at once
			r.rotations++
			secret := theSecret
			secret[15] = byte(r.rotations)
			r.do(n, Rotated{Invitation: fmt.Sprintf("invitation-%d", r.rotations), Secret: secret})
		case Reinvited:
			secret := theSecret
			secret[15] = byte(r.rotations)
			r.do(n, Rotated{Invitation: e.Invitation, Secret: secret})
		case Finish:
			n.end = &e.Code
		}
	}
}

func (r *rig) send(from *node, e Send) {
	f, ok := from.links[e.To]
	if !ok {
		return
	}
	m, err := wire.Parse(e.Data)
	if err != nil || m.Channel() != e.Channel {
		r.t.Fatalf("%s sent a frame that cannot be read on channel %d: %v", from.name, e.Channel, err)
	}
	r.log = append(r.log, fmt.Sprintf("%s>%s %T", from.name, f.node.name, m))
	if from.cut || f.node.cut || e.Channel == wire.ChannelState && r.lost != nil && r.lost(f.node.name, m) {
		return
	}
	r.post(f.node, r.delay, Received{Link: f.link, Channel: e.Channel, Data: e.Data})
}

func (r *rig) post(to *node, after time.Duration, ev Event) {
	r.order++
	r.queue = append(r.queue, delivery{r.now.Add(after), r.order, to, ev})
}

// run lets d pass: deliveries and deadlines in the order of their time.
func (r *rig) run(d time.Duration) {
	until := r.now.Add(d)
	for steps := 0; ; steps++ {
		if steps > 200000 {
			r.t.Fatal("time stands still: a deadline is never met")
		}
		sort.Slice(r.queue, func(i, j int) bool {
			a, b := r.queue[i], r.queue[j]
			return a.at < b.at || a.at == b.at && a.order < b.order
		})
		var who *node
		at := until + 1
		for _, n := range append([]*node{r.host}, r.guests...) {
			if t, ok := n.due(); ok && t < at {
				at, who = t, n
			}
		}
		if len(r.queue) > 0 && r.queue[0].at <= at {
			next := r.queue[0]
			if next.at > until {
				break
			}
			r.queue = r.queue[1:]
			r.now = max(r.now, next.at)
			if rec, ok := next.ev.(Received); ok {
				rec.At = r.now
				next.ev = rec
				if _, open := next.to.links[rec.Link]; !open {
					continue
				}
			}
			r.do(next.to, next.ev)
			continue
		}
		if at > until {
			break
		}
		r.now = max(r.now, at)
		r.do(who, nil)
	}
	r.now = until
}

// lines tells a person's history as text.
func (n *node) lines() string {
	var out []string
	for _, l := range n.view.Lines {
		s := l.Name
		switch l.Kind {
		case wire.LineText:
			s += ": " + l.Text
		case wire.LineJoined:
			s += " joined"
		case wire.LineLeft:
			s += " left"
		case wire.LineLost:
			s += " lost"
		case wire.LinePlayed:
			s += " played"
		case wire.LinePaused:
			s += " paused"
		case wire.LineSought:
			s += fmt.Sprintf(" sought %g", l.Value)
		case wire.LineRated:
			s += fmt.Sprintf(" rated %g", l.Value)
		case wire.LineMedia:
			s += " put on " + l.Text
		case wire.LineRenamed:
			s += " is now " + l.Text
		case wire.LineRules:
			s += ": rule " + l.Text
		default:
			s += " " + [...]string{wire.LineKicked: "kicked", wire.LineMuted: "muted", wire.LineUnmuted: "unmuted", wire.LineGranted: "granted",
				wire.LineRevoked: "revoked", wire.LineCleared: "cleared", wire.LineLocked: "locked", wire.LineUnlocked: "unlocked", wire.LineWaited: "waited for"}[l.Kind]
		}
		if l.Erased {
			s += "(erased)"
		}
		if l.Reply != 0 {
			s += fmt.Sprintf(" (to %d)", l.Reply)
		}
		if l.Pending {
			s += " (pending)"
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func (n *node) people() string {
	var out []string
	for _, p := range n.view.People {
		out = append(out, p.Name)
	}
	return strings.Join(out, ", ")
}
