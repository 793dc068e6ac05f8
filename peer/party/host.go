package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// The host's patience. A heartbeat is any frame; guests ping twice a second.
const (
	weakAfter   = 3 * time.Second
	lostAfter   = 8 * time.Second
	greetWithin = 10 * time.Second // from an open link to its Hello
	asleepAfter = 2 * time.Second  // a gap between calls that means this device slept
	seatKept    = 5 * time.Minute  // after a broken connection
	statsEvery  = time.Second
	hiddenEvery = 250 * time.Millisecond
	maxFaults   = 3 // malformed frames from one guest
	maxSeats    = 200
	maxKept     = 256
)

// HostConfig is what a host starts from.
type HostConfig struct {
	Invitation string // shown to people, not read here
	Secret     wire.Secret
	Name       string
	Hue        uint16
	Media      wire.Media  // its ID is given here; a zero Media: none yet
	Start      clock.Local // the moment that is party time zero
	Seats      int         // most guests; 0: 200
}

// Host is the party's one authority. It is not safe for concurrent use; one
// session calls it.
type Host struct {
	cfg   HostConfig
	clock clock.Estimate
	now   clock.Local
	since clock.Local // of the last call
	out   []Effect

	state    wire.State
	media    wire.Media
	rules    wire.Rules
	resumeBy clock.Local // while state.Resuming: play then at the latest
	wait     wait
	patience playback.Patience
	beacon   clock.Local // next State to everybody
	glimpse  clock.Local // next State to those who do not look
	quickly  clock.Local // until then beacons come at 4 Hz

	me     wire.Person
	screen screen
	guests []*guest // in the order of their links
	nextID wire.PersonID
	kept   []keptSeat

	kicked   []wire.Token  // seats that are worth nothing any more
	replaced []wire.Secret // of invitations before this one
	rotating bool          // the invitation is void, its successor not here yet

	lines     history
	cleared   uint32 // up to here nothing spoken is left
	typing    clock.Local
	typists   []wire.PersonID // never changed in place
	hidden    []wire.PersonID // as last told; never changed in place
	relayed   []wire.PersonID // likewise
	reactions reactions
	reacts    bucket // everybody's together: each goes to everybody

	cue       wire.Cue
	starter   wire.PersonID // whose the countdown is
	announced bool          // its Timeline was sent
	lastWish  wish
	sought    clock.Local

	phase   Phase
	server  ServerState
	stats   clock.Local // next look at everybody's health
	healthy clock.Local // until then it is not told again
	dirty   bool
	ended   bool
}

// NewHost makes a host whose party begins at cfg.Start. It shows nothing until
// its first event.
func NewHost(cfg HostConfig) *Host {
	h := &Host{cfg: cfg, clock: clock.HostEstimate(cfg.Start), now: cfg.Start, since: cfg.Start}
	h.phase, h.server = Connecting, ServerAway
	h.me = wire.Person{ID: 1, Hue: cfg.Hue % 360, Host: true}
	h.me.Name = h.unique(cfg.Name, &h.me)
	h.nextID = 2
	if h.cfg.Seats == 0 {
		h.cfg.Seats = maxSeats
	}
	h.reacts = newBucket(40, 20)
	h.state = wire.State{Timeline: playback.Timeline{Epoch: 1}, Speed: 1}
	if cfg.Media != (wire.Media{}) {
		h.show(cfg.Media)
	}
	h.dirty = true
	return h
}

func nameOr(name string) string {
	if name == "" {
		return "?"
	}
	return name
}

// Handle takes one event, or nil when time has passed, and returns what is to
// be done, in order. The result is valid until the next call.
func (h *Host) Handle(now clock.Local, ev Event) []Effect {
	h.out = h.out[:0]
	if h.ended {
		return nil
	}
	h.now = now
	if now.Sub(h.since) > asleepAfter {
		h.woke()
	}
	h.since = now
	switch ev := ev.(type) {
	case nil:
	case Opened:
		h.guests = append(h.guests, newGuest(ev, now))
	case Path:
		if g := h.byLink(ev.Link); g != nil {
			g.relayed = ev.Relayed
		}
	case Closed:
		if g := h.byLink(ev.Link); g != nil {
			h.lose(g, wire.LineLost)
		}
	case Received:
		h.receive(ev)
	case Server:
		h.server = ev.State
		if h.phase == Connecting && ev.State == ServerConnected {
			h.phase = Theatre
		}
		h.dirty = true
	case Failed:
		h.finish(ev.Code)
	case Observed:
		h.observed(ev.Observation)
	case Film:
		h.screen.film = ev.State
		h.me.Condition = h.screen.condition(h.clock)
		h.dirty = true
	case GoOn:
		h.goOn()
	case Resync:
		h.screen.servo.Resync()
	case Trim:
		h.screen.adjust(ev.Delta)
		h.dirty = true
	case Play, Pause, Seek, SetRate:
		h.want(&h.me, ev)
	case Restore:
		h.restore(ev)
	case Choose:
		h.show(ev.Media)
		h.callOff()
		h.forgetUndo()
	case Leave:
		h.finish("")
	case TakeSeat, Rejoin, HostAway: // the host has its seat
	default:
		h.decide(ev)
	}
	if !h.ended {
		h.elapse()
		if c, ok := h.screen.steer(h.state.Timeline, h.clock, now); ok {
			h.out = append(h.out, Steer{c})
		}
	}
	if h.dirty {
		h.dirty = false
		h.out = append(h.out, Show{h.view()})
	}
	return h.out
}

// decide does what the host wants of people, as far as it is not the film.
func (h *Host) decide(ev Event) {
	switch ev := ev.(type) {
	case Say:
		if text := wire.CleanText(ev.Text); text != "" {
			h.types(&h.me, &h.typing, false)
			h.say(&h.me, text, ev.Reply, 0)
		}
	case Erase:
		h.erase(&h.me, ev.Seq)
	case Clear:
		h.clear()
	case Typing:
		h.types(&h.me, &h.typing, ev.On)
	case React:
		h.react(&h.me, ev.Emoji)
	case Rename:
		h.rename(&h.me, ev.Name, ev.Hue, wire.DeviceUnknown)
	case Device:
		h.rename(&h.me, "", h.me.Hue, ev.Kind)
	case Change:
		h.changeRules(ev)
	case Grant:
		h.grant(ev.ID, ev.On)
	case Kick:
		h.kick(ev.ID)
	case Relink:
		h.relink()
	case Mute:
		h.mute(ev.ID, ev.On)
	case Admit:
		h.admit(ev.ID, ev.On)
	case Check:
		h.check(&h.me, ev.On)
	case Ready:
		h.answer(&h.me, ev.On)
	case Countdown:
		h.countdown(&h.me, ev.After)
	case Undo:
		h.undo(&h.me)
	case Rotated:
		h.rotated(ev)
	case AskRemote: // the host has it
	}
}

// Deadline tells when Handle wants a nil event.
func (h *Host) Deadline() (clock.Local, bool) {
	if h.ended {
		return 0, false
	}
	at := h.cueDeadline(h.typingDeadline(min(h.beacon, h.stats)))
	if h.state.Resuming {
		at = min(at, h.resumeBy)
	} else if d, ok := h.patience.Deadline(); ok && d > h.now {
		at = min(at, d)
	}
	for _, g := range h.guests {
		if g.sends > 0 {
			at = min(at, g.nextSend)
		}
		if g.hidden {
			at = min(at, h.glimpse)
		}
	}
	if d, ok := h.screen.servo.Deadline(); ok && h.screen.seen {
		at = min(at, d)
	}
	return at, true
}

// elapse does what is due.
func (h *Host) elapse() {
	h.settle()
	h.elapseCue()
	h.reactions.expire(h.now)
	for _, g := range h.guests { // who is lost meanwhile leaves a new list
		switch silent := h.now.Sub(g.heard); {
		case silent >= lostAfter, !g.greeted && h.now.Sub(g.opened) >= greetWithin:
			h.out = append(h.out, Drop{g.link})
			h.lose(g, wire.LineLost)
			continue
		case g.knock != nil && h.now >= g.knockBy:
			h.refuse(g, CodeUnanswered)
			continue
		case g.seat != nil && g.seat.Weak != (silent >= weakAfter):
			g.seat.Weak = silent >= weakAfter
			h.dirty = true
		}
		if g.sends > 0 && h.now >= g.nextSend {
			h.sendState(g)
		}
	}
	h.whoTypes()
	if h.now >= h.beacon {
		for _, g := range h.guests {
			if g.greeted {
				h.send(g, h.state)
			}
		}
		h.beacon = h.now.Add(time.Second)
		if h.now < h.quickly {
			h.beacon = h.now.Add(250 * time.Millisecond)
		}
	}
	if h.now >= h.glimpse {
		// A hidden tab's timers come once a second; messages wake it in between.
		h.glimpse = h.now.Add(hiddenEvery)
		for _, g := range h.guests {
			if g.greeted && g.hidden {
				h.send(g, h.state)
			}
		}
	}
	if h.now >= h.stats {
		h.health()
		h.signs()
		h.stats = h.now.Add(statsEvery)
	}
}

// woke forgives everybody's silence: it was this device that did not listen.
func (h *Host) woke() {
	for _, g := range h.guests {
		g.heard = h.now
		g.opened = h.now
	}
	h.beacon, h.stats = h.now, h.now
}

func (h *Host) observed(o playback.Observation) {
	before := h.screen.stalled
	h.screen.observe(o)
	if o.Duration > 0 && h.media.Duration != o.Duration {
		h.media.Duration = o.Duration
		h.tell(wire.Showing{Media: h.media}) // who is here compares a copy with it
		h.dirty = true
	}
	if before != h.screen.stalled {
		h.dirty = true
	}
}

// show puts a film on, at its beginning and paused.
func (h *Host) show(m wire.Media) {
	first := h.media.ID == 0
	m.ID = filmNumber(m, h.media.ID)
	h.media = m
	h.screen.another()
	h.patience.Another()
	h.change(playback.Timeline{Media: m.ID}, false)
	h.tell(wire.Showing{Media: m})
	if !first {
		h.line(wire.Line{Kind: wire.LineMedia, Who: h.me.ID, Name: h.me.Name, Hue: h.me.Hue, Text: m.Title})
	}
}

// finish ends the party and tells everybody so; but for a party that goes on
// with a newer connection of its host, to which they come by themselves.
func (h *Host) finish(code string) {
	for _, g := range h.guests {
		if code != CodeReplaced {
			h.send(g, wire.Bye{Code: CodePartyOver})
		}
		h.out = append(h.out, Drop{g.link})
	}
	h.guests = nil
	h.phase, h.ended, h.dirty = Ended, true, false
	v := h.view()
	v.Code = code
	h.out = append(h.out, Show{v}, Finish{code})
}

func (h *Host) view() View {
	cond := h.screen.condition(h.clock)
	v := View{
		Phase: h.phase, Host: true, Me: h.me.ID, Invitation: h.cfg.Invitation, Server: h.server,
		Media: h.media, Lines: h.lines.lines, LinesRev: h.lines.rev,
		Film:     seen(h.state, h.clock, h.now),
		Sync:     badge(h.clock, &h.screen),
		MayDrive: true, MayChat: true, Rules: h.rules,
		Typing: h.typists, Hidden: h.hidden, Relayed: h.relayed, Cue: cued(h.cue, h.clock, h.now), Reactions: h.reactions.list, ReactionsRev: h.reactions.rev,
		Trail: h.screen.trail.last(),
	}
	if len(h.wait.people) > 0 {
		v.Waiting = &WaitView{For: h.wait.people, Since: h.wait.since, Until: h.wait.until}
	}
	v.People = append(v.People, h.me)
	v.People[0].Condition = cond
	for _, g := range h.guests {
		if g.seat != nil {
			v.People = append(v.People, *g.seat)
		}
		if k := g.knock; k != nil {
			v.Knocking = append(v.Knocking, Knock{ID: k.ID, Name: k.Name, Hue: k.Hue})
		}
	}
	return v
}
