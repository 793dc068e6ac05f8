package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// A guest's patience. The host's frames come at 1 Hz and more, so five silent
// seconds are a broken connection, and people are told within six.
const (
	brokenAfter   = 5 * time.Second
	redialMin     = 3 * time.Second
	redialMax     = 30 * time.Second
	statusEvery   = time.Second
	statusCopies  = 5 // of news in it
	repostAfter   = 2 * time.Second
	maxPending    = 50
	goodbyeFaults = 10 // malformed frames from the host
)

// GuestConfig is what a guest starts from.
type GuestConfig struct {
	Invitation string // shown to people, not read here
	Secret     wire.Secret
	Start      clock.Local
}

// Guest is one guest's machine. It is not safe for concurrent use; one session
// calls it.
type Guest struct {
	cfg   GuestConfig
	now   clock.Local
	since clock.Local
	out   []Effect

	phase  Phase
	code   string
	server ServerState

	link     LinkID // 0: none
	welcomed bool
	heard    clock.Local
	faults   int
	redial   clock.Local   // of a broken link: when to try again, 0: a try is under way, or there is none
	pause    time.Duration // before it
	exchange clock.Exchange
	clock    clock.Estimate // the last good one goes on when the link is gone

	me        wire.PersonID
	token     wire.Token
	wanted    *TakeSeat // the seat asked for, to ask for again
	media     wire.Media
	state     wire.State
	stale     bool // after a rejoin, any State is newer than what is here
	rules     wire.Rules
	cue       wire.Cue
	waiting   wire.Waiting
	device    wire.Device
	people    []wire.Person // never changed in place: views hold it
	lines     history
	pending   []Line // said here, not yet in the history
	posted    uint32
	repost    clock.Local
	typists   []wire.PersonID
	hidden    []wire.PersonID
	relayed   []wire.PersonID
	typed     clock.Local // when the host was last told that this person writes, 0: that they do not
	reactions reactions

	screen screen
	told   wire.Status
	status clock.Local // next one
	copied int         // of a Status with news: copies sent, 0 when that is over
	copy   clock.Local // next copy
	dirty  bool
	ended  bool
}

// NewGuest makes a guest that waits for its link.
func NewGuest(cfg GuestConfig) *Guest {
	return &Guest{
		cfg: cfg, now: cfg.Start, since: cfg.Start, phase: Connecting, server: ServerAway,
		state: wire.State{Speed: 1}, dirty: true,
	}
}

// Handle takes one event, or nil when time has passed, and returns what is to
// be done, in order. The result is valid until the next call.
func (g *Guest) Handle(now clock.Local, ev Event) []Effect {
	g.out = g.out[:0]
	if g.ended {
		return nil
	}
	g.now = now
	if now.Sub(g.since) > asleepAfter {
		g.heard = now // it was this device that did not listen
	}
	g.since = now
	switch ev := ev.(type) {
	case nil:
	case Opened:
		g.opened(ev)
	case Closed:
		if ev.Link == g.link {
			g.broken(CodeHostLost)
		}
	case Moved:
		if ev.Link == g.link { // what was measured on the old path says nothing of this one
			g.exchange.Reset(now)
		}
	case Failed:
		g.failed(ev.Code)
	case HostAway:
		g.hostAway(ev.Away)
	case Received:
		if ev.Link == g.link {
			g.receive(ev)
		}
	case Server:
		g.server, g.dirty = ev.State, true
	case Observed:
		before := g.screen.stalled
		g.screen.observe(ev.Observation)
		g.dirty = g.dirty || before != g.screen.stalled
	case Film:
		g.screen.film = ev.State
		g.status, g.dirty = now, true
	case TakeSeat:
		g.wanted = &ev
		g.sit()
	case Play:
		g.ask(wire.Request{Kind: wire.RequestPlay})
	case Pause:
		g.ask(wire.Request{Kind: wire.RequestPause})
	case Seek:
		g.ask(wire.Request{Kind: wire.RequestSeek, Position: max(ev.Position, 0)})
	case SetRate:
		if ev.Rate >= wire.MinRate && ev.Rate <= wire.MaxRate {
			g.ask(wire.Request{Kind: wire.RequestRate, Rate: ev.Rate})
		}
	case GoOn:
		g.ask(wire.Request{Kind: wire.RequestGoOn})
	case Resync:
		g.exchange.Reset(now)
		g.screen.servo.Resync()
	case Trim:
		g.screen.adjust(ev.Delta)
		g.dirty = true
	case Rejoin:
		if g.phase == Broken && g.code != CodeRejoining && g.code != CodeHostAway {
			g.code, g.dirty, g.redial = CodeRejoining, true, 0
			g.out = append(g.out, Redial{})
		}
	case Leave:
		if g.link != 0 {
			g.send(wire.Bye{})
			g.out = append(g.out, Drop{g.link})
		}
		g.finish("")
	default:
		g.want(ev)
	}
	if !g.ended {
		g.elapse()
		if c, ok := g.steer(); ok {
			g.out = append(g.out, Steer{c})
		}
	}
	if g.dirty {
		g.dirty = false
		g.out = append(g.out, Show{g.view()})
	}
	return g.out
}

// Deadline tells when Handle wants a nil event.
func (g *Guest) Deadline() (clock.Local, bool) {
	if g.ended {
		return 0, false
	}
	var at clock.Local
	ok := false
	sooner := func(t clock.Local) {
		if !ok || t < at {
			at, ok = t, true
		}
	}
	if g.link != 0 {
		sooner(g.heard.Add(brokenAfter))
		if g.welcomed {
			sooner(g.exchange.Deadline())
			sooner(g.status)
			if g.copied > 0 {
				sooner(g.copy)
			}
			if g.me != 0 && len(g.pending) > 0 {
				sooner(g.repost)
			}
		}
	}
	if g.redial != 0 {
		sooner(g.redial)
	}
	if d, live := g.screen.servo.Deadline(); live && g.screen.seen {
		sooner(d)
	}
	return at, ok
}

// elapse does what is due.
func (g *Guest) elapse() {
	g.reactions.expire(g.now)
	if g.link == 0 {
		if g.redial != 0 && g.now >= g.redial {
			g.redial = 0
			g.out = append(g.out, Redial{})
		}
		return
	}
	if g.now.Sub(g.heard) >= brokenAfter {
		g.out = append(g.out, Drop{g.link})
		g.broken(CodeHostLost)
		return
	}
	if !g.welcomed {
		return
	}
	if n, due := g.exchange.Ping(g.now); due {
		g.send(wire.Ping{N: n, Sent: g.now})
	}
	g.report()
	if g.me != 0 && len(g.pending) > 0 && g.now >= g.repost {
		g.post()
	}
}

// steer follows the Timeline, with the last clock there was when there is no
// link: the film goes on from what is there.
func (g *Guest) steer() (playback.Command, bool) {
	if g.link != 0 {
		if e := g.exchange.Estimate(g.now); e.Ready || !g.clock.Ready {
			g.clock = e
		}
	}
	if g.me == 0 || g.media.ID != g.state.Timeline.Media {
		return playback.Command{}, false // no seat yet, or the film's name is still on its way
	}
	return g.screen.steer(g.state.Timeline, g.clock, g.now)
}

// report tells the host how the film does: at once when it became ready to go
// on or changed its state, else once a second. News are told several times, as
// a Timeline is: a room that stands ready must not wait for one lost packet.
func (g *Guest) report() {
	t := g.state.Timeline
	s := wire.Status{
		Epoch: t.Epoch, Rev: t.Rev, Ready: g.screen.standing(t),
		OneWayP95: min(max(g.clock.OneWayP95, 0), time.Minute), Condition: g.screen.condition(g.clock),
		Ahead: g.screen.ahead(), Ample: g.screen.ample(), Hidden: g.screen.last.Hidden,
	}
	news := s.Rev != g.told.Rev && s.Ready || s.Ready != g.told.Ready || s.Film != g.told.Film ||
		s.Ample != g.told.Ample && g.state.Resuming || s.Hidden != g.told.Hidden || s.Measured && !g.told.Measured
	switch {
	case news:
		g.copied, g.dirty = 1, true
	case g.copied > 0 && g.now >= g.copy:
		g.copied++
	case g.now >= g.status:
		g.dirty = true
	default:
		return
	}
	g.send(s)
	g.told = s
	g.status = g.now.Add(statusEvery)
	switch {
	case g.copied == 0:
	case g.copied < len(copies):
		g.copy = g.now.Add(copies[g.copied])
	case g.copied < statusCopies:
		g.copy = g.now.Add(againEvery)
	default:
		g.copied = 0
	}
}

func (g *Guest) view() View {
	v := View{
		Phase: g.phase, Code: g.code, Me: g.me, Invitation: g.cfg.Invitation, Server: g.server,
		Media: g.media, People: g.people, Lines: g.lines.lines, LinesRev: g.lines.rev,
		Film:     seen(g.state, g.clock, g.now),
		Sync:     badge(g.clock, &g.screen),
		MayDrive: g.phase == Theatre && g.mayDrive(),
		MayChat:  (g.phase == Theatre || g.phase == Broken) && g.mayChat(),
		Rules:    g.rules, Typing: g.typists, Hidden: g.hidden, Relayed: g.relayed, Cue: cued(g.cue, g.clock, g.now),
		Reactions: g.reactions.list, ReactionsRev: g.reactions.rev,
		Trail: g.screen.trail.last(),
	}
	if w := g.waiting; len(w.For) > 0 && g.clock.Samples > 0 {
		v.Waiting = &WaitView{For: w.For, Since: g.clock.Local(w.Since), Until: g.clock.Local(w.Until)}
	}
	if len(g.pending) > 0 {
		v.Lines = append(append(make([]Line, 0, len(v.Lines)+len(g.pending)), v.Lines...), g.pending...)
	}
	return v
}
