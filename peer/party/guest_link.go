package party

import "github.com/toile-party/toile/peer/wire"

func (g *Guest) send(m wire.Message) {
	g.out = append(g.out, Send{To: g.link, Channel: m.Channel(), Data: wire.Append(nil, m)})
}

// opened greets the host over a new link.
func (g *Guest) opened(ev Opened) {
	if g.link != 0 {
		g.out = append(g.out, Drop{g.link})
	}
	g.link, g.welcomed, g.heard, g.faults = ev.Link, false, g.now, 0
	g.send(wire.Hello{Version: wire.Version, Secret: g.cfg.Secret, Resume: g.token})
}

// broken goes on alone: the film keeps running by the last Timeline and clock.
func (g *Guest) broken(code string) {
	g.link, g.welcomed, g.waiting = 0, false, wire.Waiting{}
	g.dirty = true
	if g.me == 0 { // nobody to be missed, nothing to go on with
		if code == CodeHostLost {
			code = CodePartyOver
			if g.phase == Connecting {
				code = CodeHostLost
			}
		}
		g.finish(code)
		return
	}
	g.phase, g.code = Broken, code
}

// failed tells that no link came about.
func (g *Guest) failed(code string) {
	if g.phase == Broken {
		g.code, g.dirty = code, true
		return
	}
	if g.link == 0 {
		g.finish(code)
	}
}

func (g *Guest) finish(code string) {
	g.phase, g.code, g.ended, g.dirty = Ended, code, true, false
	g.link = 0
	g.out = append(g.out, Show{g.view()}, Finish{code})
}

// receive takes one frame from the host.
func (g *Guest) receive(ev Received) {
	g.heard = g.now
	m, err := wire.Parse(ev.Data)
	if err == wire.ErrUnknown {
		return
	}
	if err != nil || m.Channel() != ev.Channel {
		if g.faults++; g.faults >= goodbyeFaults {
			g.out = append(g.out, Drop{g.link})
			g.finish(CodeProtocol)
		}
		return
	}
	switch m := m.(type) {
	case wire.Bye:
		g.out = append(g.out, Drop{g.link})
		g.finish(known(m.Code))
		return
	case wire.Welcome:
		if !g.welcomed {
			g.welcome(m)
		}
		return
	}
	if !g.welcomed {
		return
	}
	switch m := m.(type) {
	case wire.Pong:
		g.exchange.Pong(m.N, m.Sent, m.Received, m.Replied, ev.At)
	case wire.State:
		g.follow(m)
	case wire.Health:
		g.health(m)
	case wire.Seated:
		g.seated(m.You, m.Token)
	case wire.Entered:
		g.entered(m.Person)
	case wire.Left:
		g.left(m.ID)
	case wire.Showing:
		g.showing(m.Media)
	case wire.Rules:
		g.everyone, g.dirty = m.Everyone, true
	case wire.Waiting:
		g.waiting, g.dirty = m, true
	case wire.Line:
		g.line(m)
	}
}

// known keeps a code that is not ours from reaching the page, which has
// sentences for ours only.
func known(code string) string {
	switch code {
	case CodeLinkWrong, CodeRoomFull, CodeVersion, CodeReplaced, CodeProtocol:
		return code
	}
	return CodePartyOver
}

func (g *Guest) welcome(m wire.Welcome) {
	g.welcomed = true
	g.exchange.Reset(g.now)
	g.status = g.now
	g.told, g.waiting = wire.Status{}, wire.Waiting{}
	g.everyone = m.Everyone
	g.people = m.People
	if m.Media.ID != g.media.ID {
		g.showing(m.Media)
	}
	g.stale = true
	g.follow(m.State)
	g.code = ""
	switch {
	case m.You != 0:
		g.seated(m.You, m.Token)
	case g.wanted != nil: // the seat was given away meanwhile: take another
		g.me = 0
		g.sit()
	default:
		g.phase = Lobby
	}
	g.dirty = true
}

func (g *Guest) sit() {
	if g.welcomed && g.me == 0 && g.wanted != nil {
		g.send(wire.Join{Name: wire.CleanName(g.wanted.Name), Hue: g.wanted.Hue % 360})
	}
}

func (g *Guest) seated(id wire.PersonID, token wire.Token) {
	if g.me != id { // numbers belong to a seat
		for i := range g.pending {
			g.posted++
			g.pending[i].Post = g.posted
		}
	}
	g.me, g.token = id, token
	g.phase, g.dirty = Theatre, true
	g.post()
}

// follow takes a newer Timeline. Each one is acknowledged, also an old one
// that came again: its Ack was lost.
func (g *Guest) follow(s wire.State) {
	g.send(wire.Ack{Epoch: s.Timeline.Epoch, Rev: s.Timeline.Rev})
	if !g.stale && !s.Timeline.Newer(g.state.Timeline) {
		return
	}
	g.stale = false
	g.state, g.dirty = s, true
}

func (g *Guest) showing(m wire.Media) {
	g.media = m
	g.screen.another()
	g.status, g.dirty = g.now, true
}

func (g *Guest) health(m wire.Health) {
	people := append([]wire.Person(nil), g.people...)
	for _, h := range m.People {
		for i := range people {
			if people[i].ID == h.ID {
				people[i].Condition = h.Condition
			}
		}
	}
	g.people, g.dirty = people, true
}

func (g *Guest) entered(p wire.Person) {
	people := make([]wire.Person, 0, len(g.people)+1)
	for _, o := range g.people {
		if o.ID != p.ID {
			people = append(people, o)
		}
	}
	if len(people) <= maxSeats {
		g.people, g.dirty = append(people, p), true
	}
}

func (g *Guest) left(id wire.PersonID) {
	people := make([]wire.Person, 0, len(g.people))
	for _, o := range g.people {
		if o.ID != id {
			people = append(people, o)
		}
	}
	g.people, g.dirty = people, true
}

// ask sends a wish to drive. The host decides; a control that this person may
// not use does not get here.
func (g *Guest) ask(r wire.Request) {
	if g.welcomed && g.me != 0 && g.everyone {
		g.send(r)
	}
}

// say puts a line on its way. It shows as pending until the host's copy is
// here, over a broken connection too.
func (g *Guest) say(text string) {
	text = wire.CleanText(text)
	if text == "" || g.me == 0 || len(g.pending) == maxPending {
		return
	}
	l := Line{Pending: true, Mine: true}
	l.Kind, l.Who, l.Text = wire.LineText, g.me, text
	g.posted++
	l.Post = g.posted
	l.Position = max(g.state.Timeline.PositionAt(g.clock.Party(g.now)), 0)
	for _, p := range g.people {
		if p.ID == g.me {
			l.Name, l.Hue = p.Name, p.Hue
		}
	}
	g.pending = append(g.pending[:len(g.pending):len(g.pending)], l)
	g.lines.rev++
	g.dirty = true
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
	g.send(wire.Post{ID: g.pending[0].Post, Text: g.pending[0].Text})
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
	if l.Seq > g.lines.last() {
		g.lines.add(Line{Line: l, Mine: mine})
	}
	g.dirty = true
}
