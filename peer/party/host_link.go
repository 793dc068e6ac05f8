package party

import (
	"slices"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/wire"
)

// guest is one link to the host, and the seat that goes with it, if any.
type guest struct {
	link    LinkID
	token   wire.Token
	seat    *wire.Person // nil in the lobby
	knock   *wire.Person // the seat asked for, while the host decides
	knockBy clock.Local  // until when it may
	veiled  bool         // sees neither film nor people before it is admitted
	post    uint32       // last one taken
	greeted bool
	opened  clock.Local
	heard   clock.Local
	faults  int
	typing  clock.Local // until then it writes

	frames, posts, reacts, wishes, cards bucket

	// The Timeline on its way to this guest, and what the guest says of it.
	sends      int
	nextSend   clock.Local
	ready      bool
	epoch, rev uint32
	oneWay     time.Duration
	ample      bool
	hidden     bool
	relayed    bool
}

func newGuest(ev Opened, now clock.Local) *guest {
	return &guest{
		link: ev.Link, token: ev.Token, heard: now, opened: now,
		frames: newBucket(90, 45), posts: newBucket(5, 1), reacts: newBucket(6, 2), wishes: newBucket(20, 8), cards: newBucket(4, 0.2),
	}
}

// keptSeat is a seat whose connection broke.
type keptSeat struct {
	token wire.Token
	seat  wire.Person
	post  uint32
	until clock.Local
}

func (h *Host) byLink(id LinkID) *guest {
	for _, g := range h.guests {
		if g.link == id {
			return g
		}
	}
	return nil
}

// send sends to one guest, tell to all who were welcomed, tellSeated to all who
// sit: what is said in a room is for those whom the others see in it.
func (h *Host) send(g *guest, m wire.Message) {
	h.out = append(h.out, Send{To: g.link, Channel: m.Channel(), Data: wire.Append(nil, m)})
}

func (h *Host) tell(m wire.Message) {
	h.tellWhom(m, func(g *guest) bool { return !g.veiled })
}

func (h *Host) tellSeated(m wire.Message) {
	h.tellWhom(m, func(g *guest) bool { return g.seat != nil })
}

func (h *Host) tellWhom(m wire.Message, to func(*guest) bool) {
	data := wire.Append(nil, m)
	for _, g := range h.guests {
		if g.greeted && to(g) {
			h.out = append(h.out, Send{To: g.link, Channel: m.Channel(), Data: data})
		}
	}
}

// refuse ends a link with its reason.
func (h *Host) refuse(g *guest, code string) {
	h.send(g, wire.Bye{Code: code})
	h.out = append(h.out, Drop{g.link})
	h.lose(g, wire.LineLost)
}

// receive takes one frame from a guest.
func (h *Host) receive(ev Received) {
	g := h.byLink(ev.Link)
	if g == nil {
		return
	}
	g.heard = h.now
	if !g.frames.take(h.now) {
		return // a flood costs its sender the frames, and nobody else anything
	}
	m, err := wire.Parse(ev.Data)
	if err == wire.ErrUnknown {
		return
	}
	if err != nil || m.Channel() != ev.Channel {
		if g.faults++; g.faults >= maxFaults {
			h.refuse(g, CodeProtocol)
		}
		return
	}
	if hello, ok := m.(wire.Hello); ok {
		h.greet(g, hello)
		return
	}
	if !g.greeted {
		return
	}
	switch m := m.(type) {
	case wire.Ping:
		h.send(g, wire.Pong{N: m.N, Sent: m.Sent, Received: h.clock.Party(ev.At), Replied: h.clock.Party(h.now)})
	case wire.Ack:
		if t := h.state.Timeline; m.Epoch == t.Epoch && m.Rev == t.Rev {
			g.sends = 0
		}
	case wire.Join:
		h.join(g, m)
	case wire.Status:
		h.status(g, m)
	case wire.Bye:
		h.out = append(h.out, Drop{g.link})
		h.lose(g, wire.LineLeft)
	default:
		if g.seat != nil {
			h.hear(g, m)
		}
	}
}

// hear takes what only those who have a seat may say.
func (h *Host) hear(g *guest, m wire.Message) {
	switch m := m.(type) {
	case wire.Request:
		h.request(g, m)
	case wire.Card:
		h.card(g, m)
	case wire.Ready:
		h.answer(g.seat, m.On)
	case wire.Ask:
		h.asks(g, m.On)
	case wire.Post:
		h.post(g, m)
	case wire.React:
		if g.reacts.take(h.now) {
			h.react(g.seat, m.Emoji)
		}
	case wire.Erase:
		h.erase(g.seat, m.Seq)
	case wire.Typing:
		h.types(g.seat, &g.typing, m.On)
	}
}

// greet checks the invitation and tells the newcomer what there is.
func (h *Host) greet(g *guest, m wire.Hello) {
	back := h.holds(m.Resume)
	switch {
	case g.greeted:
		return
	case m.Version != wire.Version:
		h.refuse(g, CodeVersion)
		return
	case h.kickedBefore(m.Resume):
		h.refuse(g, CodeKicked)
		return
	case !h.knows(m.Secret, back):
		h.refuse(g, CodeLinkWrong)
		return
	case len(h.guests) > h.cfg.Seats && !back: // its ghost may still be counted
		h.refuse(g, CodeRoomFull)
		return
	case h.rules.Locked && !back:
		h.refuse(g, CodeLocked)
		return
	}
	if back {
		h.resume(g, m.Resume)
	}
	g.greeted = true
	g.veiled = g.seat == nil && h.rules.Approve
	w := wire.Welcome{Version: wire.Version, State: h.state, Rules: h.rules, Cue: h.cue}
	if g.seat != nil {
		w.You, w.Token = g.seat.ID, g.token
	}
	w.People = append(w.People, h.me)
	if g.veiled {
		h.send(g, w)
		return
	}
	w.Media = h.media
	var rest []wire.Person
	for _, o := range h.guests {
		switch {
		case o.seat == nil:
		case len(w.People) < wire.MaxPeople:
			w.People = append(w.People, *o.seat)
		default:
			rest = append(rest, *o.seat)
		}
	}
	h.send(g, w)
	if len(h.wait.people) > 0 {
		h.send(g, h.waiting())
	}
	for _, p := range rest {
		h.send(g, wire.Entered{Person: p})
	}
	if g.seat != nil {
		h.catchUp(g)
		if len(h.replaced) > 0 { // while it was away, perhaps
			h.send(g, wire.Invite{Fragment: h.cfg.Invitation})
		}
	}
}

// knows tells whether a secret lets its holder in: the invitation's own, and
// one that was replaced for those who come back to a seat. They were away when
// the others were told.
func (h *Host) knows(secret wire.Secret, back bool) bool {
	if back {
		for _, old := range h.replaced {
			if equal(secret, old) {
				return true
			}
		}
	}
	return !(h.rotating && !back) && equal(secret, h.cfg.Secret)
}

// equal compares in constant time, so that answers do not tell how much of a
// guess was right.
func equal(a, b wire.Secret) bool {
	var d byte
	for i := range a {
		d |= a[i] ^ b[i]
	}
	return d == 0
}

// holds tells whether a token takes a seat back.
func (h *Host) holds(token wire.Token) bool {
	if token == (wire.Token{}) {
		return false
	}
	for _, g := range h.guests {
		if g.seat != nil && g.token == token {
			return true
		}
	}
	for _, k := range h.kept {
		if k.token == token && h.now < k.until {
			return true
		}
	}
	return false
}

// resume gives a seat back to who proves to hold it, and drops the ghost.
func (h *Host) resume(g *guest, token wire.Token) {
	for _, o := range h.guests {
		if o != g && o.seat != nil && o.token == token {
			g.seat, g.post, g.token, g.oneWay = o.seat, o.post, o.token, o.oneWay
			o.seat = nil
			h.refuse(o, CodeReplaced)
			g.seat.Weak = false
			h.dirty = true
			return
		}
	}
	for i, k := range h.kept {
		if k.token == token {
			h.kept = append(h.kept[:i], h.kept[i+1:]...)
			g.post, g.token = k.post, k.token
			k.seat.Name = h.unique(k.seat.Name, nil) // somebody may have it by now
			h.enter(g, k.seat)
			return
		}
	}
}

// lose forgets a link; its seat is kept for a while when it broke.
func (h *Host) lose(g *guest, why wire.LineKind) {
	for i, o := range h.guests {
		if o == g {
			h.guests = append(h.guests[:i:i], h.guests[i+1:]...)
			break
		}
	}
	h.dirty = h.dirty || g.knock != nil
	if g.seat == nil {
		return
	}
	if why == wire.LineLost {
		if len(h.kept) == maxKept {
			h.kept = h.kept[1:]
		}
		h.kept = append(h.kept, keptSeat{token: g.token, seat: *g.seat, post: g.post, until: h.now.Add(seatKept)})
	}
	h.patience.Forget(uint32(g.seat.ID))
	h.tell(wire.Left{ID: g.seat.ID})
	h.notice(why, *g.seat)
	h.dirty = true
}

func (h *Host) status(g *guest, m wire.Status) {
	if m.Epoch < g.epoch || m.Epoch == g.epoch && m.Rev < g.rev {
		return // overtaken on the way
	}
	g.ready, g.epoch, g.rev, g.oneWay = m.Ready, m.Epoch, m.Rev, m.OneWayP95
	g.ample, g.hidden = m.Ample, m.Hidden
	if t := h.state.Timeline; m.Epoch == t.Epoch && m.Rev == t.Rev {
		g.sends = 0 // as good as an Ack
	}
	if g.seat == nil {
		return
	}
	if g.seat.Film != m.Film {
		h.dirty = true
	}
	weak := g.seat.Weak
	g.seat.Condition = m.Condition
	g.seat.Weak = weak
}

// healthShare is how many people hear of everybody once a second. A larger room
// hears of it more rarely: what a host sends for it would grow with the square
// of the room (1.2 MB/s for 200), and now grows with the room.
const healthShare = 32

// health tells everybody how everybody does, in frames that fit.
func (h *Host) health() {
	h.me.Condition = h.screen.condition(h.clock)
	h.dirty = true
	if h.now < h.healthy {
		return
	}
	h.healthy = h.now.Add(time.Duration(len(h.guests)/healthShare) * statsEvery)
	all := []wire.HealthOf{{ID: h.me.ID, Condition: h.me.Condition}}
	for _, g := range h.guests {
		if g.seat != nil {
			all = append(all, wire.HealthOf{ID: g.seat.ID, Condition: g.seat.Condition})
		}
	}
	for len(all) > 0 {
		n := min(len(all), wire.MaxPeople)
		h.tell(wire.Health{People: all[:n]})
		all = all[n:]
	}
}

// signs tells everybody whose tab is hidden, and who is here by a relay, if
// that changed. It is asked once a second, so that nobody who turns a tab back
// and forth floods the room.
func (h *Host) signs() {
	var hidden, relayed []wire.PersonID
	if h.screen.last.Hidden {
		hidden = append(hidden, h.me.ID)
	}
	for _, g := range h.guests {
		if g.seat == nil {
			continue
		}
		if g.hidden && len(hidden) < wire.MaxPeople {
			hidden = append(hidden, g.seat.ID)
		}
		if g.relayed && len(relayed) < wire.MaxPeople {
			relayed = append(relayed, g.seat.ID)
		}
	}
	if !slices.Equal(hidden, h.hidden) {
		h.hidden, h.dirty = hidden, true
		h.tellSeated(wire.Hidden{Who: hidden})
	}
	if !slices.Equal(relayed, h.relayed) {
		h.relayed, h.dirty = relayed, true
		h.tellSeated(wire.Relayed{Who: relayed})
	}
}
