package party

import (
	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/wire"
)

func (g *Guest) send(m wire.Message) {
	g.out = append(g.out, Send{To: g.link, Channel: m.Channel(), Data: wire.Append(nil, m)})
}

// opened greets the host over a new link.
func (g *Guest) opened(ev Opened) {
	if g.link != 0 {
		g.out = append(g.out, Drop{g.link})
	}
	g.link, g.welcomed, g.heard, g.faults, g.redial = ev.Link, false, g.now, 0, 0
	g.send(wire.Hello{Version: wire.Version, Secret: g.cfg.Secret, Resume: g.token})
}

// broken goes on alone, and looks for the host again: the film keeps running
// by the last Timeline and clock.
func (g *Guest) broken(code string) {
	g.link, g.dirty = 0, true
	met := g.welcomed || g.me != 0
	g.welcomed, g.waiting = false, wire.Waiting{}
	switch {
	case !met: // nobody to be missed, nothing to go on with
		g.finish(code)
		return
	case g.me == 0:
		g.phase, g.code, g.media = Connecting, "", wire.Media{}
	default:
		g.phase, g.code = Broken, code
	}
	g.redial, g.pause = 0, redialMin
	g.out = append(g.out, Redial{})
}

// hostAway tells people what they wait for.
func (g *Guest) hostAway(away bool) {
	if g.link != 0 || g.phase != Connecting && g.phase != Broken {
		return
	}
	switch {
	case away:
		g.code = CodeHostAway
	case g.phase == Broken:
		g.code = CodeRejoining
	default:
		g.code = ""
	}
	g.dirty = true
}

// failed tells that no link came about.
func (g *Guest) failed(code string) {
	if g.phase == Broken {
		g.code, g.dirty = code, true
		switch code {
		case CodeLinkWrong, CodeVersion, "room-not-found": // as it will be the next time
		default:
			g.redial = g.now.Add(g.pause)
			g.pause = min(2*g.pause, redialMax)
		}
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
	case wire.Showing:
		g.showing(m.Media)
	case wire.Rules:
		g.rules, g.dirty = m, true
		g.hush()
	case wire.Cue:
		g.cue, g.dirty = m, true
	case wire.Hidden:
		g.hidden, g.dirty = m.Who, true
	case wire.Relayed:
		g.relayed, g.dirty = m.Who, true
	case wire.Waiting:
		g.waiting, g.dirty = m, true
	case wire.Invite:
		g.out = append(g.out, Reinvited{Invitation: m.Fragment})
	case wire.Health, wire.Seated, wire.Knocking, wire.Entered, wire.Left:
		g.meet(m)
	case wire.Line, wire.Erased, wire.Cleared, wire.Typists, wire.Reaction:
		g.listen(m)
	}
}

// known keeps a code that is not ours from reaching the page, which has
// sentences for ours only.
func known(code string) string {
	switch code {
	case CodeLinkWrong, CodeRoomFull, CodeVersion, CodeReplaced, CodeProtocol,
		CodeKicked, CodeLocked, CodeRefused, CodeUnanswered:
		return code
	}
	return CodePartyOver
}

func (g *Guest) welcome(m wire.Welcome) {
	g.welcomed = true
	g.exchange.Reset(g.now)
	g.status = g.now
	g.told, g.waiting = wire.Status{}, wire.Waiting{}
	g.rules, g.cue = m.Rules, m.Cue
	g.people = m.People
	g.typists, g.hidden, g.relayed = nil, nil, nil
	if m.Media.ID != g.media.ID {
		g.showing(m.Media)
	}
	if m.You == 0 && g.me != 0 {
		// A host that does not know this seat begins its history anew, and most
		// likely its clock too.
		g.lines = history{rev: g.lines.rev + 1}
		g.clock = clock.Estimate{}
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
	g.hush()
	g.dirty = true
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
	same := m.ID == g.media.ID
	g.media, g.dirty = m, true
	if same {
		return // its duration has become known
	}
	g.screen.another()
	g.status = g.now
}
