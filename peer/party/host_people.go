package party

import (
	"strconv"
	"strings"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/wire"
)

// guest is one link to the host, and the seat that goes with it, if any.
type guest struct {
	link    LinkID
	token   wire.Token
	seat    *wire.Person // nil in the lobby
	post    uint32       // last one taken
	greeted bool
	opened  clock.Local
	heard   clock.Local
	faults  int
	posts   bucket
	frames  bucket

	// The Timeline on its way to this guest, and what the guest says of it.
	sends      int
	nextSend   clock.Local
	ready      bool
	epoch, rev uint32
	oneWay     time.Duration
	ample      bool
	hidden     bool
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

// send sends to one guest, tell to all who were welcomed.
func (h *Host) send(g *guest, m wire.Message) {
	h.out = append(h.out, Send{To: g.link, Channel: m.Channel(), Data: wire.Append(nil, m)})
}

func (h *Host) tell(m wire.Message) {
	data := wire.Append(nil, m)
	for _, g := range h.guests {
		if g.greeted {
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
		h.seat(g, m)
	case wire.Status:
		h.status(g, m)
	case wire.Request:
		h.request(g, m)
	case wire.Post:
		h.post(g, m)
	case wire.Bye:
		h.out = append(h.out, Drop{g.link})
		h.lose(g, wire.LineLeft)
	}
}

// greet checks the invitation and tells the newcomer what there is.
func (h *Host) greet(g *guest, m wire.Hello) {
	switch {
	case g.greeted:
		return
	case m.Version != wire.Version:
		h.refuse(g, CodeVersion)
		return
	case !equal(m.Secret, h.cfg.Secret):
		h.refuse(g, CodeLinkWrong)
		return
	case len(h.guests) > maxSeats:
		h.refuse(g, CodeRoomFull)
		return
	}
	g.greeted = true
	if m.Resume != (wire.Token{}) {
		h.resume(g, m.Resume)
	}
	w := wire.Welcome{Version: wire.Version, Media: h.media, State: h.state, Everyone: h.everyone}
	if g.seat != nil {
		w.You, w.Token = g.seat.ID, g.token
	}
	w.People = append(w.People, h.me)
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
	for _, l := range h.lines.lines {
		h.send(g, l.Line)
	}
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
			if h.now < k.until {
				g.post, g.token = k.post, k.token
				h.admit(g, k.seat)
			}
			return
		}
	}
}

// seat gives a newcomer a seat under a name of their own.
func (h *Host) seat(g *guest, m wire.Join) {
	if g.seat != nil {
		return
	}
	p := wire.Person{ID: h.nextID, Name: h.unique(nameOr(wire.CleanName(m.Name))), Hue: m.Hue}
	h.nextID++
	h.send(g, wire.Seated{You: p.ID, Token: g.token})
	h.admit(g, p)
}

func (h *Host) admit(g *guest, p wire.Person) {
	p.Condition = wire.Condition{}
	g.seat = &p
	h.tell(wire.Entered{Person: p})
	h.notice(wire.LineJoined, p)
	h.dirty = true
}

// unique numbers a name that somebody here already has.
func (h *Host) unique(name string) string {
	taken := func(n string) bool {
		if strings.EqualFold(n, h.me.Name) {
			return true
		}
		for _, g := range h.guests {
			if g.seat != nil && strings.EqualFold(n, g.seat.Name) {
				return true
			}
		}
		return false
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

// lose forgets a link; its seat is kept for a while when it broke.
func (h *Host) lose(g *guest, why wire.LineKind) {
	for i, o := range h.guests {
		if o == g {
			h.guests = append(h.guests[:i:i], h.guests[i+1:]...)
			break
		}
	}
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
	g.ready, g.epoch, g.rev, g.oneWay = m.Ready, m.Epoch, m.Rev, m.OneWayP95
	g.ample, g.hidden = m.Ample, m.Hidden
	if t := h.state.Timeline; m.Epoch == t.Epoch && m.Rev == t.Rev {
		g.sends = 0 // as good as an Ack, and it came on a reliable channel
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

func (h *Host) request(g *guest, m wire.Request) {
	if g.seat == nil || !h.everyone {
		return
	}
	switch m.Kind {
	case wire.RequestGoOn:
		h.goOn()
	case wire.RequestPlay:
		h.drive(g.seat, Play{})
	case wire.RequestPause:
		h.drive(g.seat, Pause{})
	case wire.RequestSeek:
		h.drive(g.seat, Seek{m.Position})
	case wire.RequestRate:
		h.drive(g.seat, SetRate{m.Rate})
	}
}

// post puts a guest's line into the one order. A post that was taken before is
// answered again, so that a guest whose connection broke sees what became of it.
func (h *Host) post(g *guest, m wire.Post) {
	if g.seat == nil {
		return
	}
	if m.ID <= g.post {
		if l, ok := h.lines.post(g.seat.ID, m.ID); ok {
			h.send(g, l)
		}
		return
	}
	text := wire.CleanText(m.Text)
	if text == "" || !g.posts.take(h.now) {
		return // the guest posts it again
	}
	g.post = m.ID
	h.line(wire.Line{Kind: wire.LineText, Who: g.seat.ID, Name: g.seat.Name, Hue: g.seat.Hue, Post: m.ID, Text: text})
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
	h.lines.add(Line{Line: l, Mine: l.Who == h.me.ID})
	h.tell(l)
	h.dirty = true
}

// health tells everybody how everybody does, in frames that fit.
func (h *Host) health() {
	h.me.Condition = h.screen.condition(h.clock)
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
	h.dirty = true
}
