package party

import (
	"slices"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// wait is for whom the room stands still. A film that waits is not a paused
// one: State.Resuming tells so to everybody.
type wait struct {
	people       []wire.PersonID // none: for nobody
	since, until clock.Local
}

// look tells the patience what everybody's film does now.
func (h *Host) look() {
	see := func(p *wire.Person, ready bool) {
		h.patience.See(h.now, playback.Viewer{
			ID: uint32(p.ID), Host: p.Host, Stalled: p.Film == wire.FilmStalled,
			Watching: p.Film == wire.FilmReady && (ready || p.Measured),
		})
	}
	h.me.Condition = h.screen.condition(h.clock)
	see(&h.me, h.screen.standing(h.state.Timeline))
	for _, g := range h.guests {
		if g.seat != nil {
			see(g.seat, g.ready)
		}
	}
}

// hold stops a film that plays, for those who have no data. Where the host is
// one of them everybody goes back to where its film stands: it is the clock.
func (h *Host) hold() {
	late := h.patience.Hold(h.now, playback.WaitRule(h.rules.Wait))
	if len(late) == 0 {
		return
	}
	t, party := h.state.Timeline, h.clock.Party(h.now)
	position := h.bound(t.PositionAt(party))
	if slices.Contains(late, uint32(h.me.ID)) && h.screen.seen {
		position = h.bound(h.screen.last.Position)
	}
	h.change(playback.Timeline{Media: t.Media, Anchor: party, Position: position}, true)
	h.await(late)
}

// await stands still for these people, from now on for a while.
func (h *Host) await(late []uint32) {
	h.wait = wait{since: h.now, until: h.now.Add(playback.WaitMost)}
	h.resumeBy = h.wait.until
	h.name(late)
}

// name tells everybody for whom the room waits, when that changed.
func (h *Host) name(late []uint32) {
	people := make([]wire.PersonID, 0, len(late))
	for _, id := range late[:min(len(late), wire.MaxPeople)] {
		people = append(people, wire.PersonID(id))
	}
	if slices.Equal(people, h.wait.people) {
		return
	}
	h.wait.people = people
	h.tell(h.waiting())
	h.dirty = true
}

func (h *Host) waiting() wire.Waiting {
	w := wire.Waiting{For: h.wait.people}
	if len(w.For) > 0 {
		w.Since, w.Until = h.clock.Party(h.wait.since), h.clock.Party(h.wait.until)
	}
	return w
}

// stopWaiting is for when the room stands or plays for another reason.
func (h *Host) stopWaiting() {
	if len(h.wait.people) > 0 {
		h.wait = wait{}
		h.tell(h.waiting())
		h.dirty = true
	}
}

// goOn plays without those who are waited for, and does not stop for them
// again until their film has been well for a while.
func (h *Host) goOn() {
	if !h.state.Resuming || len(h.wait.people) == 0 {
		return
	}
	after := h.now.Sub(h.wait.since).Seconds()
	for _, id := range h.wait.people {
		h.patience.Excuse(h.now, uint32(id))
		if p, _ := h.person(id); p != nil {
			h.line(wire.Line{Kind: wire.LineWaited, Who: p.ID, Name: p.Name, Hue: p.Hue, Value: after})
		}
	}
	h.playFrom(h.state.Timeline.Position)
}

// resume ends a Resuming: when everybody stands, or when that took too long
// for those who are not worth waiting for.
func (h *Host) resumePlay() {
	waits := len(h.wait.people) > 0
	behind := h.behind(waits)
	if len(behind) == 0 {
		h.playFrom(h.state.Timeline.Position)
		return
	}
	worth := h.patience.Worth(behind, playback.WaitRule(h.rules.Wait))
	switch {
	case waits && (h.now >= h.resumeBy || len(worth) == 0):
		h.goOn()
	case waits:
		if h.now.Sub(h.wait.since) < resumeWithin {
			// Everybody is on the way to where the room stands: only those who
			// are slower than a seek join the ones that it stands for.
			worth = slices.DeleteFunc(worth, func(id uint32) bool {
				return !slices.Contains(h.wait.people, wire.PersonID(id))
			})
			if len(worth) == 0 {
				return
			}
		}
		h.name(worth)
	case h.now < h.resumeBy:
	case len(worth) == 0:
		h.playFrom(h.state.Timeline.Position)
	default: // a seek to where they have nothing yet
		h.await(worth)
	}
}

// behind tells who has a film that does not stand at the Timeline's position;
// ample asks for data to go on for a while as well.
func (h *Host) behind(ample bool) []uint32 {
	t := h.state.Timeline
	var late []uint32
	if f := h.screen.film; f == wire.FilmReady && (!h.screen.standing(t) || ample && !h.screen.ample()) {
		late = append(late, uint32(h.me.ID))
	}
	for _, g := range h.guests {
		if g.seat == nil || g.seat.Film != wire.FilmReady && g.seat.Film != wire.FilmStalled {
			continue
		}
		if !g.ready || g.epoch != t.Epoch || g.rev != t.Rev || ample && !g.ample {
			late = append(late, uint32(g.seat.ID))
		}
	}
	return late
}
