package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/wire"
)

const (
	// collideWithin is how close two people's wishes must be to have been made
	// without knowledge of one another: the time that a change takes to be seen.
	collideWithin = 150 * time.Millisecond

	// A jump can be taken back for undoFor; jumps that follow one another
	// within chainWithin are one search, and go back to where it began.
	undoFor     = 10 * time.Second
	chainWithin = 2 * time.Second
	// A jump shorter than this loses nobody their place.
	undoOver = 3 * time.Second
)

// wish is what was last done with the film, and by whom.
type wish struct {
	who wire.PersonID
	at  clock.Local
}

// want does what a person who may drive wants with the film, unless somebody
// else was first. The loser of such a race wanted the same, and has it, or
// sees now what the others do. It tells whether anything was done.
func (h *Host) want(who *wire.Person, ev Event) (done bool) {
	if h.lastWish.who != 0 && h.lastWish.who != who.ID && h.now.Sub(h.lastWish.at) < collideWithin {
		return false
	}
	from := h.bound(h.state.Timeline.PositionAt(h.clock.Party(h.now)))
	rev, counting := h.state.Timeline.Rev, h.cue.Countdown
	switch ev.(type) {
	case Play, Pause:
		h.callOff()
	}
	h.drive(who, ev)
	if h.state.Timeline.Rev == rev && counting == h.cue.Countdown {
		return false
	}
	h.lastWish = wish{who: who.ID, at: h.now}
	if _, plays := ev.(Play); plays && h.cue.CheckBy != 0 { // the film runs: nobody asks any more
		h.check(who, false)
	}
	if seek, ok := ev.(Seek); ok && h.media.ID != 0 {
		h.offerUndo(from, h.bound(seek.Position))
	}
	return true
}

func (h *Host) offerUndo(from, to time.Duration) {
	if h.cue.Undo && h.now.Sub(h.sought) < chainWithin {
		from = h.cue.UndoTo
	}
	h.sought = h.now
	c := h.cue
	c.Undo, c.UndoTo, c.UndoUntil = (from-to).Abs() > undoOver, from, h.clock.Party(h.now.Add(undoFor))
	if !c.Undo {
		c.UndoTo, c.UndoUntil = 0, 0
	}
	h.setCue(c)
}

// undo goes back to where the film was before a jump.
func (h *Host) undo(who *wire.Person) {
	if !h.cue.Undo || h.clock.Party(h.now) >= h.cue.UndoUntil {
		return
	}
	if h.want(who, Seek{h.cue.UndoTo}) {
		h.forgetUndo()
	}
}

func (h *Host) forgetUndo() {
	c := h.cue
	c.Undo, c.UndoTo, c.UndoUntil = false, 0, 0
	h.setCue(c)
}

// request does what a guest asks for, if it may.
func (h *Host) request(g *guest, m wire.Request) {
	if !mayDrive(h.rules, *g.seat) || !g.wishes.take(h.now) {
		return
	}
	switch m.Kind {
	case wire.RequestPlay:
		h.want(g.seat, Play{})
	case wire.RequestPause:
		h.want(g.seat, Pause{})
	case wire.RequestSeek:
		h.want(g.seat, Seek{m.Position})
	case wire.RequestRate:
		h.want(g.seat, SetRate{m.Rate})
	case wire.RequestGoOn:
		h.goOn()
	case wire.RequestUndo:
		h.undo(g.seat)
	case wire.RequestCheck:
		h.check(g.seat, true)
	case wire.RequestUncheck:
		h.check(g.seat, false)
	case wire.RequestCountdown:
		h.countdown(g.seat, m.Position)
	}
}
