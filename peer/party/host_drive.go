package party

import (
	"time"

	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// How a change of the Timeline travels: three copies at once, so that one lost
// packet delays nobody, then again until the guest tells that it has it.
var copies = [...]time.Duration{0, 15 * time.Millisecond, 25 * time.Millisecond}

const (
	againEvery = 60 * time.Millisecond
	maxSends   = 8
	quickFor   = 3 * time.Second

	// The play lead gives the second copy time to arrive everywhere, and every
	// element time to start: at 2 % loss one play in 2500 comes later to
	// somebody, who then catches up within a second.
	leadBase = 95 * time.Millisecond
	leadMin  = 150 * time.Millisecond
	leadMax  = 400 * time.Millisecond
	// aloneLead is enough for the host's own element.
	aloneLead = 100 * time.Millisecond

	// resumeWithin is how long a seek waits for those who are still loading.
	resumeWithin = 1500 * time.Millisecond
)

// drive does what a person wants with the film.
func (h *Host) drive(who *wire.Person, want Event) {
	if h.media.ID == 0 {
		return
	}
	t, party := h.state.Timeline, h.clock.Party(h.now)
	position := h.bound(t.PositionAt(party))
	line := wire.Line{Who: who.ID, Name: who.Name, Hue: who.Hue, Position: position}
	switch want := want.(type) {
	case Play:
		if len(h.wait.people) > 0 {
			h.goOn()
			return
		}
		if !t.Paused() || h.state.Resuming {
			return
		}
		if d := h.media.Duration; d > 0 && position >= d-100*time.Millisecond {
			position = 0 // play at the end means: once more
		}
		line.Kind, line.Position = wire.LinePlayed, position
		h.playFrom(position)
	case Pause:
		if t.Paused() && !h.state.Resuming {
			return
		}
		line.Kind = wire.LinePaused
		h.change(playback.Timeline{Media: t.Media, Anchor: party, Position: position}, false)
	case Seek:
		line.Kind, line.Value = wire.LineSought, h.bound(want.Position).Seconds()
		resume := !t.Paused() || h.state.Resuming
		h.change(playback.Timeline{Media: t.Media, Anchor: party, Position: h.bound(want.Position)}, resume)
	case SetRate:
		rate := max(wire.MinRate, min(wire.MaxRate, want.Rate))
		if rate == h.state.Speed || rate != rate {
			return
		}
		line.Kind, line.Value = wire.LineRated, rate
		h.state.Speed = rate
		if t.Paused() {
			t.Anchor = party
		} else {
			t.Anchor, t.Position, t.Rate = party, position, rate
		}
		h.change(t, h.state.Resuming)
	}
	h.line(line)
}

// restore puts the film back to where it was.
func (h *Host) restore(r Restore) {
	if h.media.ID == 0 {
		return
	}
	if s := r.Speed; s >= wire.MinRate && s <= wire.MaxRate {
		h.state.Speed = s
	}
	if r.Playing {
		h.playFrom(h.bound(r.Position))
		return
	}
	h.change(playback.Timeline{Media: h.media.ID, Anchor: h.clock.Party(h.now), Position: h.bound(r.Position)}, false)
}

// bound keeps a position inside the film, as far as its length is known.
func (h *Host) bound(p time.Duration) time.Duration {
	if d := h.media.Duration; d > 0 {
		p = min(p, d)
	}
	return max(p, 0)
}

// playFrom starts everybody at the same instant, a lead from now.
func (h *Host) playFrom(position time.Duration) {
	lead := aloneLead
	for _, g := range h.guests {
		if g.seat != nil {
			lead = max(lead, min(max(leadMin, leadBase+g.oneWay), leadMax))
		}
	}
	h.change(playback.Timeline{
		Media: h.media.ID, Anchor: h.clock.Party(h.now).Add(lead), Position: position, Rate: h.state.Speed,
	}, false)
}

// change makes t the truth and sends it to everybody.
func (h *Host) change(t playback.Timeline, resuming bool) {
	t.Epoch, t.Rev = h.state.Timeline.Epoch, h.state.Timeline.Rev+1
	h.state.Timeline, h.state.Resuming = t, resuming
	h.stopWaiting()
	if resuming {
		h.resumeBy = h.now.Add(resumeWithin)
	}
	for _, g := range h.guests {
		if g.greeted {
			g.sends = 0
			h.sendState(g)
		}
	}
	h.beacon = h.now.Add(250 * time.Millisecond)
	h.quickly = h.now.Add(quickFor)
	h.dirty = true
}

func (h *Host) sendState(g *guest) {
	h.send(g, h.state)
	switch g.sends++; {
	case g.sends >= maxSends: // the beacons go on
		g.sends = 0
	case g.sends < len(copies):
		g.nextSend = h.now.Add(copies[g.sends])
	default:
		g.nextSend = h.now.Add(againEvery)
	}
}

// settle resumes after a seek, and stops at the film's end.
func (h *Host) settle() {
	t := h.state.Timeline
	h.look()
	if h.state.Resuming {
		h.resumePlay()
		return
	}
	if d := h.media.Duration; d > 0 && !t.Paused() && t.PositionAt(h.clock.Party(h.now)) >= d {
		h.change(playback.Timeline{Media: t.Media, Anchor: h.clock.Party(h.now), Position: d}, false)
		return
	}
	if !t.Paused() {
		h.hold()
	}
}
