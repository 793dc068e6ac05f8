package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

const (
	maxCountdown = time.Minute
	// whenReady is the countdown after everybody said that they are ready.
	whenReady = 3 * time.Second
	// announceAhead is how long before its start a countdown becomes a
	// Timeline: long enough for a lost packet to be sent again.
	announceAhead = 600 * time.Millisecond
)

// setCue makes c what everybody sees, if it is news.
func (h *Host) setCue(c wire.Cue) {
	if c == h.cue {
		return
	}
	h.cue = c
	h.tell(c)
	h.dirty = true
}

// check begins a ready check or ends it. Who asks is ready.
func (h *Host) check(who *wire.Person, on bool) {
	c := h.cue
	c.CheckBy, c.CheckSince = 0, 0
	if on {
		c.CheckBy, c.CheckSince = who.ID, h.clock.Party(h.now)
	}
	h.everybody(func(p *wire.Person) { h.ready(p, on && p == who) })
	h.setCue(c)
}

func (h *Host) ready(p *wire.Person, on bool) {
	if p.Ready != on {
		p.Ready = on
		h.changed(p)
	}
}

// answer takes a person's word in a ready check; when all have given it and
// the film stands, it starts for everybody.
func (h *Host) answer(p *wire.Person, on bool) {
	if h.cue.CheckBy != 0 {
		h.ready(p, on)
	}
}

// allReady tells whether two or more people are here and everybody is ready.
func (h *Host) allReady() bool {
	people, ready := 0, 0
	h.everybody(func(p *wire.Person) {
		people++
		if p.Ready {
			ready++
		}
	})
	return people > 1 && ready == people
}

// countdown starts the film for everybody at one instant.
func (h *Host) countdown(who *wire.Person, after time.Duration) {
	if after <= 0 {
		h.callOff()
		return
	}
	if h.media.ID == 0 || !h.state.Timeline.Paused() || h.state.Resuming {
		return
	}
	if h.cue.CheckBy != 0 { // whoever starts it has the answer
		h.check(who, false)
	}
	c := h.cue
	c.Countdown, c.StartsAt = true, h.clock.Party(h.now.Add(min(max(after, time.Second), maxCountdown)))
	h.starter, h.announced = who.ID, false
	h.setCue(c)
}

func (h *Host) callOff() {
	c := h.cue
	c.Countdown, c.StartsAt = false, 0
	h.setCue(c)
}

// elapseCue does what is due of what was announced.
func (h *Host) elapseCue() {
	now := h.clock.Party(h.now)
	if h.cue.Undo && now >= h.cue.UndoUntil {
		h.forgetUndo()
	}
	if by, _ := h.person(h.cue.CheckBy); h.cue.CheckBy != 0 && by == nil {
		h.check(&h.me, false)
	}
	if h.cue.CheckBy != 0 && h.allReady() {
		by, _ := h.person(h.cue.CheckBy)
		h.check(by, false)
		h.countdown(by, whenReady)
	}
	if !h.cue.Countdown {
		return
	}
	if !h.announced && now >= h.cue.StartsAt.Add(-announceAhead) {
		h.announced = true
		h.announce()
	}
	if now >= h.cue.StartsAt {
		h.callOff()
	}
}

// announce turns a countdown into the Timeline that begins at its end, or as
// soon as can be when this device slept over it.
func (h *Host) announce() {
	t := h.state.Timeline
	if !t.Paused() || h.state.Resuming {
		return
	}
	position := t.Position
	if d := h.media.Duration; d > 0 && position >= d-100*time.Millisecond {
		position = 0
	}
	h.change(playback.Timeline{
		Media: t.Media, Anchor: max(h.cue.StartsAt, h.clock.Party(h.now).Add(leadMin)), Position: position, Rate: h.state.Speed,
	}, false)
	who, _ := h.person(h.starter)
	if who == nil {
		who = &h.me
	}
	h.line(wire.Line{Kind: wire.LinePlayed, Who: who.ID, Name: who.Name, Hue: who.Hue, Position: position})
}

// cueDeadline is when elapseCue has something to do.
func (h *Host) cueDeadline(at clock.Local) clock.Local {
	if h.cue.Undo {
		at = min(at, h.clock.Local(h.cue.UndoUntil))
	}
	if h.cue.Countdown {
		start := h.clock.Local(h.cue.StartsAt)
		if !h.announced {
			start = start.Add(-announceAhead)
		}
		at = min(at, start)
	}
	return at
}
