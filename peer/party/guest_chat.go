package party

import (
	"time"

	"github.com/toile-party/toile/peer/wire"
)

// typingEvery is how often the host is told again that this person writes.
const typingEvery = 2 * time.Second

// listen takes what the host tells of the chat.
func (g *Guest) listen(m wire.Message) {
	switch m := m.(type) {
	case wire.Line:
		g.line(m)
	case wire.Erased:
		g.lines.erase(m.Seq)
	case wire.Cleared:
		g.lines.clear(m.Upto)
	case wire.Typists:
		g.typists = m.Who
	case wire.Reaction:
		g.reactions.add(Reaction{Reaction: m, At: g.clock.Local(m.At)}, g.now)
	}
	g.dirty = true
}

// say puts a line on its way. It shows as pending until the host's copy is
// here, over a broken connection too.
func (g *Guest) say(text string, reply uint32) {
	text = wire.CleanText(text)
	if text == "" || g.me == 0 || len(g.pending) == maxPending || !g.mayChat() {
		return
	}
	l := Line{Pending: true, Mine: true}
	l.Kind, l.Who, l.Text, l.Reply = wire.LineText, g.me, text, reply
	g.posted++
	l.Post = g.posted
	l.Position = max(g.state.Timeline.PositionAt(g.clock.Party(g.now)), 0)
	self := g.self()
	l.Name, l.Hue = self.Name, self.Hue
	g.pending = append(g.pending[:len(g.pending):len(g.pending)], l)
	g.lines.rev++
	g.dirty, g.typed = true, 0
	if len(g.pending) == 1 {
		g.post()
	}
}

// post sends the oldest line that is not yet in the history; the next one goes
// when it is. So lines stay in order, and the host's limit loses none.
func (g *Guest) post() {
	if len(g.pending) == 0 || !g.welcomed || g.me == 0 {
		return
	}
	g.send(wire.Post{ID: g.pending[0].Post, Text: g.pending[0].Text, Reply: g.pending[0].Reply})
	g.repost = g.now.Add(repostAfter)
}

// line takes an entry of the history, once.
func (g *Guest) line(l wire.Line) {
	mine := l.Who == g.me && l.Who != 0 && l.Kind == wire.LineText
	if mine {
		for i, p := range g.pending {
			if p.Post == l.Post {
				g.pending = append(append([]Line(nil), g.pending[:i]...), g.pending[i+1:]...)
				g.lines.rev++
				g.post()
				break
			}
		}
	}
	switch {
	case l.Seq > g.lines.last():
		g.lines.add(Line{Line: l, Mine: mine})
	case l.Erased: // while this guest was away
		g.lines.erase(l.Seq)
	}
}

// hush drops what is under way when this person may no longer write: said
// later, it would answer nobody.
func (g *Guest) hush() {
	if len(g.pending) > 0 && g.me != 0 && g.self().ID != 0 && !g.mayChat() {
		g.pending = nil
		g.lines.rev++
		g.dirty = true
	}
}

// types tells the host that this person writes, now and then.
func (g *Guest) types(on bool) {
	if !g.welcomed || g.me == 0 || !g.mayChat() || on && g.typed != 0 && g.now.Sub(g.typed) < typingEvery || !on && g.typed == 0 {
		return
	}
	g.typed = 0
	if on {
		g.typed = g.now
	}
	g.send(wire.Typing{On: on})
}
