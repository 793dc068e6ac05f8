package party

import (
	"slices"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/wire"
)

const (
	// typingFor is how long somebody writes after they last said so.
	typingFor = 5 * time.Second
	// reactAhead gives a reaction time to arrive everywhere, and a lost packet
	// to be sent again, so that it floats over every film at the same instant.
	reactAhead = 300 * time.Millisecond
)

// post puts a guest's line into the one order. A post that was taken before is
// answered again, so that a guest whose connection broke sees what became of it.
func (h *Host) post(g *guest, m wire.Post) {
	if m.ID <= g.post {
		l, ok := h.lines.post(g.seat.ID, m.ID)
		if !ok { // cleared meanwhile
			l = wire.Line{Who: g.seat.ID, Post: m.ID, Erased: true}
		}
		h.send(g, l)
		return
	}
	text := wire.CleanText(m.Text)
	if text == "" || !mayChat(h.rules, *g.seat) || !g.posts.take(h.now) {
		return // the guest posts it again, or drops it when it learns that it may not
	}
	g.post = m.ID
	h.types(g.seat, &g.typing, false)
	h.say(g.seat, text, m.Reply, m.ID)
}

func (h *Host) say(who *wire.Person, text string, reply, post uint32) {
	if !h.lines.spoken(reply) {
		reply = 0
	}
	h.line(wire.Line{Kind: wire.LineText, Who: who.ID, Name: who.Name, Hue: who.Hue, Post: post, Text: text, Reply: reply})
}

func (h *Host) notice(kind wire.LineKind, p wire.Person) {
	h.line(wire.Line{Kind: kind, Who: p.ID, Name: p.Name, Hue: p.Hue})
}

// line appends to the history and tells everybody, the author included.
func (h *Host) line(l wire.Line) {
	l.Seq = h.lines.last() + 1
	if l.Position == 0 {
		l.Position = h.bound(h.state.Timeline.PositionAt(h.clock.Party(h.now)))
	}
	h.lines.add(Line{Line: l, Mine: l.Who == h.me.ID && l.Kind == wire.LineText})
	h.tellSeated(l)
	h.dirty = true
}

// erase takes back a line: its author may, and the host.
func (h *Host) erase(who *wire.Person, seq uint32) {
	l, ok := h.lines.find(seq)
	if !ok || l.Kind != wire.LineText || l.Erased || l.Who != who.ID && !who.Host {
		return
	}
	h.lines.erase(seq)
	h.tellSeated(wire.Erased{Seq: seq})
	h.dirty = true
}

// clear takes all that was said from the chat.
func (h *Host) clear() {
	h.cleared = h.lines.last()
	h.lines.clear(h.cleared)
	h.tellSeated(wire.Cleared{Upto: h.cleared})
	h.notice(wire.LineCleared, h.me)
}

// catchUp tells a guest what was said, and what the people do. It may have been
// here before.
func (h *Host) catchUp(g *guest) {
	if h.cleared > 0 {
		h.send(g, wire.Cleared{Upto: h.cleared})
	}
	for _, l := range h.lines.lines {
		h.send(g, l.Line)
	}
	h.send(g, wire.Typists{Who: h.typists})
	if len(h.hidden) > 0 {
		h.send(g, wire.Hidden{Who: h.hidden})
	}
	if len(h.relayed) > 0 {
		h.send(g, wire.Relayed{Who: h.relayed})
	}
}

// types notes that a person writes, until it is forgotten.
func (h *Host) types(p *wire.Person, until *clock.Local, on bool) {
	*until = h.now
	if on && mayChat(h.rules, *p) {
		*until = h.now.Add(typingFor)
	}
	h.whoTypes()
}

// whoTypes tells everybody who writes, if that changed.
func (h *Host) whoTypes() {
	var who []wire.PersonID
	if h.typing > h.now {
		who = append(who, h.me.ID)
	}
	for _, g := range h.guests {
		if g.seat != nil && g.typing > h.now && len(who) < wire.MaxPeople {
			who = append(who, g.seat.ID)
		}
	}
	if slices.Equal(who, h.typists) {
		return
	}
	h.typists = who
	h.tellSeated(wire.Typists{Who: who})
	h.dirty = true
}

func (h *Host) typingDeadline(at clock.Local) clock.Local {
	if h.typing > h.now {
		at = min(at, h.typing)
	}
	for _, g := range h.guests {
		if g.seat != nil && g.typing > h.now {
			at = min(at, g.typing)
		}
	}
	return at
}

// react lets an emoji float over everybody's film at one instant.
func (h *Host) react(p *wire.Person, emoji string) {
	emoji = wire.CleanEmoji(emoji)
	if emoji == "" || !mayChat(h.rules, *p) || !h.reacts.take(h.now) {
		return
	}
	h.reactions.next++
	r := wire.Reaction{
		ID: h.reactions.next, Who: p.ID, Name: p.Name, Hue: p.Hue, Emoji: emoji, At: h.clock.Party(h.now.Add(reactAhead)),
	}
	h.tellSeated(r)
	h.reactions.add(Reaction{Reaction: r, At: h.clock.Local(r.At)}, h.now)
	h.dirty = true
}
