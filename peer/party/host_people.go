package party

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/toile-party/toile/peer/wire"
)

const (
	maxKnocking  = 16 // at the door at once; each is a line that the host reads
	knockWithin  = 5 * time.Minute
	maxKicked    = 256
	maxReplaced  = 8 // secrets that still let people back to their seats
	nobodyIsThat = wire.PersonID(0)
)

// person finds who sits in a seat, and their link: none for the host.
func (h *Host) person(id wire.PersonID) (*wire.Person, *guest) {
	if id == h.me.ID {
		return &h.me, nil
	}
	for _, g := range h.guests {
		if g.seat != nil && g.seat.ID == id && id != nobodyIsThat {
			return g.seat, g
		}
	}
	return nil, nil
}

// everybody calls f for each person, in the order of the roster.
func (h *Host) everybody(f func(p *wire.Person)) {
	f(&h.me)
	for _, g := range h.guests {
		if g.seat != nil {
			f(g.seat)
		}
	}
}

// changed tells everybody a person as they are now.
func (h *Host) changed(p *wire.Person) {
	h.tell(wire.Entered{Person: *p})
	h.dirty = true
}

// join gives a newcomer a seat under a name of their own, or lets them knock.
func (h *Host) join(g *guest, m wire.Join) {
	switch {
	case g.seat != nil:
		return
	case g.knock != nil:
		h.send(g, wire.Knocking{})
		return
	case h.rules.Locked:
		h.refuse(g, CodeLocked)
		return
	}
	p := wire.Person{ID: h.nextID, Name: h.unique(m.Name, nil), Hue: m.Hue, Device: m.Device}
	h.nextID++
	if !h.rules.Approve {
		h.seat(g, p)
		return
	}
	waiting := 0
	for _, o := range h.guests {
		if o.knock != nil {
			waiting++
		}
	}
	if waiting >= maxKnocking {
		h.refuse(g, CodeRoomFull)
		return
	}
	g.knock, g.knockBy = &p, h.now.Add(knockWithin)
	h.send(g, wire.Knocking{})
	h.dirty = true
}

// seat lets somebody in who is in the lobby.
func (h *Host) seat(g *guest, p wire.Person) {
	g.knock = nil
	h.send(g, wire.Seated{You: p.ID, Token: g.token})
	if g.veiled {
		g.veiled = false
		h.send(g, wire.Showing{Media: h.media})
		h.sendState(g)
		if len(h.wait.people) > 0 {
			h.send(g, h.waiting())
		}
		h.everybody(func(o *wire.Person) { h.send(g, wire.Entered{Person: *o}) })
	}
	h.catchUp(g)
	h.enter(g, p)
}

func (h *Host) enter(g *guest, p wire.Person) {
	p.Condition = wire.Condition{}
	p.Ready, p.Asks = false, false
	g.seat = &p
	h.tell(wire.Entered{Person: p})
	h.notice(wire.LineJoined, p)
	h.dirty = true
}

// admit answers a knock.
func (h *Host) admit(id wire.PersonID, on bool) {
	for _, g := range h.guests {
		if g.knock == nil || g.knock.ID != id {
			continue
		}
		if on {
			p := *g.knock
			p.Name = h.unique(p.Name, nil) // somebody may have taken it meanwhile
			h.seat(g, p)
		} else {
			h.refuse(g, CodeRefused)
		}
		return
	}
}

// unique makes a name good to be shown beside others: one that somebody here
// has, or that looks like it, gets a number, and only the host may call itself
// so. self keeps its own.
func (h *Host) unique(name string, self *wire.Person) string {
	name = wire.CleanName(name)
	if self != &h.me && wire.Reserved(name) {
		name = ""
	}
	name = nameOr(name)
	taken := func(n string) bool {
		n = wire.Skeleton(n)
		found := false
		h.everybody(func(p *wire.Person) { found = found || p != self && wire.Skeleton(p.Name) == n })
		return found
	}
	for i, n := 2, name; ; i++ {
		if !taken(n) {
			return n
		}
		n = name + " " + strconv.Itoa(i)
		for len(n) > wire.MaxName {
			name = strings.ToValidUTF8(name[:len(name)-1], "")
			n = name + " " + strconv.Itoa(i)
		}
	}
}

// card takes what a guest tells of itself.
func (h *Host) card(g *guest, m wire.Card) {
	if g.cards.take(h.now) {
		h.rename(g.seat, m.Name, m.Hue, m.Device)
	}
}

// rename changes a person's name, colour and device; an empty name and an
// unknown device leave what was.
func (h *Host) rename(p *wire.Person, name string, hue uint16, device wire.Device) {
	was := *p
	if name != "" {
		p.Name = h.unique(name, p)
	}
	p.Hue = hue % 360
	if device != wire.DeviceUnknown {
		p.Device = device
	}
	if *p == was {
		return
	}
	if p.Name != was.Name {
		h.line(wire.Line{Kind: wire.LineRenamed, Who: p.ID, Name: was.Name, Hue: p.Hue, Text: p.Name})
	}
	h.changed(p)
}

// kick removes a person for good. Their seat's token is remembered as worth
// nothing, and the invitation is replaced: what they hold opens no door. What
// they saw and heard they know; who gives them the new link lets them in.
func (h *Host) kick(id wire.PersonID) {
	_, g := h.person(id)
	if g == nil {
		return // nobody, or the host
	}
	if len(h.kicked) == maxKicked {
		h.kicked = h.kicked[1:]
	}
	h.kicked = append(h.kicked, g.token)
	h.send(g, wire.Bye{Code: CodeKicked})
	h.out = append(h.out, Drop{g.link})
	h.lose(g, wire.LineKicked)
	h.rotate()
}

// relink replaces the invitation for no person's sake.
func (h *Host) relink() {
	if h.rotating {
		return
	}
	h.line(wire.Line{Kind: wire.LineRules, Who: h.me.ID, Name: h.me.Name, Hue: h.me.Hue, Text: wire.RuleNewLink})
	h.rotate()
}

// rotate has the invitation replaced. Whoever waits in the lobby came with the
// old one: after a kick it may be the same person in another window.
func (h *Host) rotate() {
	for _, o := range append([]*guest(nil), h.guests...) {
		if o.seat == nil && o.greeted {
			h.refuse(o, CodeLinkWrong)
		}
	}
	h.rotating = true
	h.out = append(h.out, Rotate{})
}

func (h *Host) kickedBefore(token wire.Token) bool {
	return token != (wire.Token{}) && slices.Contains(h.kicked, token)
}

// rotated takes the new invitation and tells it to those who sit here.
func (h *Host) rotated(ev Rotated) {
	if len(h.replaced) == maxReplaced {
		h.replaced = h.replaced[1:]
	}
	h.replaced = append(h.replaced, h.cfg.Secret)
	h.cfg.Invitation, h.cfg.Secret, h.rotating = ev.Invitation, ev.Secret, false
	h.tellSeated(wire.Invite{Fragment: ev.Invitation})
	h.dirty = true
}

func (h *Host) mute(id wire.PersonID, on bool) {
	p, g := h.person(id)
	if g == nil || p.Muted == on {
		return
	}
	p.Muted = on
	kind := wire.LineUnmuted
	if on {
		kind = wire.LineMuted
		h.types(p, &g.typing, false)
	}
	h.changed(p)
	h.notice(kind, *p)
}
