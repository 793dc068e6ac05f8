// Package rival is how other watch parties keep films together, each written
// anew as a small policy from its published rule and constants, so that it can
// be laid beside ours on the same evening (package luck).
//
// All of them have a server in the middle and talk to it over TCP, where a lost
// packet is not lost but late, and holds up what comes after it. Person 0 sits
// beside the server, as our host does. Each rule gets the clock that its system
// really uses, and the media element that it really has: in a browser, one that
// corrects the pitch.
//
// Where a rule has more than one reading it gets the kinder one.
package rival

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/playback"
)

// Rule is what one system's server and clients do. Each method is called in
// true time, but reads only clocks that it could read.
type Rule interface {
	// Joined is a new client, connected to the server and with its film loaded.
	Joined(c *Client)
	// Asked is what person 0 asked the server for.
	Asked(do Action, to time.Duration)
	// Updated is a client's timeupdate: four times a second while its film plays.
	Updated(c *Client)
	// Stalled tells that a client's film ran out of data, and Recovered that it
	// has some again.
	Stalled(c *Client)
	Recovered(c *Client)
}

// Action is what people do with a film.
type Action int

// The actions.
const (
	Play Action = iota
	Pause
	Seek
)

const (
	// updates is how often browsers fire timeupdate, and natively how often a
	// policy looks: HTML asks for 4 to 66 Hz, and 4 it is.
	updates = 250 * time.Millisecond
	// rto is the least that TCP waits for an acknowledgement on Linux
	// (TCP_RTO_MIN) beside the round trip.
	rto = 200 * time.Millisecond
)

// Room is one party by one rule. It is not safe for concurrent use.
type Room struct {
	luck.Agenda
	Evening luck.Evening
	Clients []*Client

	rule  Rule
	exact bool
}

// NewRoom makes an empty room. exact gives everybody an element that does what
// rates say, whatever the rule was made for.
func NewRoom(e luck.Evening, exact bool, rule func(*Room) Rule) *Room {
	r := &Room{Agenda: luck.NewAgenda(luck.Begin), Evening: e, exact: exact}
	r.rule = rule(r)
	return r
}

// Client is one person.
type Client struct {
	Film *luck.Element

	room    *Room
	index   int
	ways    [2]*luck.Way
	free    [2]time.Duration // until then the stream is taken
	stalled bool
	state   any // the rule's own
}

// Enter brings one more person.
func (r *Room) Enter() *Client {
	i := len(r.Clients)
	c := &Client{
		Film: r.Evening.Element(i, r.exact), room: r, index: i,
		ways: [2]*luck.Way{r.Evening.Way(i, luck.Forth), r.Evening.Way(i, luck.Back)},
	}
	r.Clients = append(r.Clients, c)
	r.rule.Joined(c)
	r.After(r.Evening.Tick(i, updates), func() { r.update(c) })
	return c
}

func (r *Room) update(c *Client) {
	o := c.observe()
	switch {
	case o.Waiting && !c.stalled:
		c.stalled = true
		r.rule.Stalled(c)
	case !o.Waiting && c.stalled:
		c.stalled = false
		r.rule.Recovered(c)
	}
	if !o.Paused && !o.Seeking {
		r.rule.Updated(c)
	}
	r.After(updates, func() { r.update(c) })
}

// Do is what person 0 does.
func (r *Room) Do(do Action, to time.Duration) { r.rule.Asked(do, to) }

// Stall takes a person's data away for d.
func (c *Client) Stall(d time.Duration) { c.Film.StallUntil = c.now().Add(d) }

// Position is where a person's film truly is.
func (c *Client) Position() time.Duration { return c.Film.Position(c.now()) }

// Spent is what steering cost a person's film until now.
func (c *Client) Spent() luck.Cost { return c.Film.Spent(c.now()) }

// now is what a person's clock shows.
func (c *Client) now() clock.Local {
	e, t := &c.room.Evening, c.room.Now()
	return clock.Local(e.Origin(c.index) + t + time.Duration(float64(t)*e.Rate(c.index)))
}

// server is what the server's clock shows. It has person 0's drift, as the host
// of ours has.
func (r *Room) server() time.Duration {
	return r.Now() + time.Duration(float64(r.Now())*r.Evening.Rate(0))
}

// tell carries a message to a client, ask one to the server.
func (c *Client) tell(f func()) { c.carry(luck.Forth, f) }
func (c *Client) ask(f func())  { c.carry(luck.Back, f) }

func (c *Client) carry(to luck.Direction, f func()) {
	p := c.room.Evening.Network
	at := c.ways[to].Carry(c.room.Now(), rto+p.Forth.Delay+p.Back.Delay)
	c.free[to] = max(at, c.free[to]+time.Microsecond)
	c.room.At(c.free[to], f)
}

// wait lets f happen when d has passed by a client's own clock.
func (c *Client) wait(d time.Duration, f func()) {
	c.room.After(time.Duration(float64(max(d, 0))/(1+c.room.Evening.Rate(c.index))), f)
}

// What a policy may do with an element, and ask of it.

func (c *Client) observe() playback.Observation { return c.Film.Observe(c.now()) }

func (c *Client) paused() bool { return c.observe().Paused }

// place is what currentTime says.
func (c *Client) place() time.Duration { return c.observe().Position }

func (c *Client) play() {
	if c.paused() {
		c.Film.Apply(c.now(), playback.Command{Do: playback.Start, Position: c.Position(), Rate: 1, At: c.now()})
	}
}

func (c *Client) pause() {
	c.Film.Apply(c.now(), playback.Command{Do: playback.Hold, Position: c.Position(), Rate: 1, At: c.now()})
}

func (c *Client) seek(to time.Duration) {
	do := playback.Jump
	if c.paused() {
		do = playback.Hold
	}
	c.Film.Apply(c.now(), playback.Command{Do: do, Position: max(to, 0), Rate: 1, At: c.now()})
}

func (c *Client) rate(r float64) {
	if r != c.Film.Speed() {
		c.Film.Apply(c.now(), playback.Command{Do: playback.Rate, Rate: r, At: c.now()})
	}
}

// film is where a film is by a server's own clock.
type film struct {
	at       time.Duration
	position time.Duration
	playing  bool
}

// now is the position at a server's time.
func (f film) now(t time.Duration) time.Duration {
	if !f.playing || t < f.at {
		return f.position
	}
	return f.position + t - f.at
}
