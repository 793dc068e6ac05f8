package party

import "github.com/toile-party/toile/peer/wire"

// meet takes what the host tells of people.
func (g *Guest) meet(m wire.Message) {
	switch m := m.(type) {
	case wire.Health:
		g.health(m)
	case wire.Seated:
		g.seated(m.You, m.Token)
	case wire.Knocking:
		if g.me == 0 && g.wanted != nil {
			g.phase, g.dirty = Knocking, true
		}
	case wire.Entered:
		g.entered(m.Person)
		g.hush()
	case wire.Left:
		g.left(m.ID)
	}
}

// self is this person as the host knows them; nobody while in the lobby.
func (g *Guest) self() wire.Person {
	for _, p := range g.people {
		if p.ID == g.me && g.me != 0 {
			return p
		}
	}
	return wire.Person{}
}

func (g *Guest) mayDrive() bool { return mayDrive(g.rules, g.self()) }
func (g *Guest) mayChat() bool  { return mayChat(g.rules, g.self()) }

func (g *Guest) sit() {
	if g.welcomed && g.me == 0 && g.wanted != nil {
		g.send(wire.Join{Name: wire.CleanName(g.wanted.Name), Hue: g.wanted.Hue % 360, Device: g.device})
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

// card tells the host this person's name, colour and device; an empty name is
// no change of it.
func (g *Guest) card(name string, hue uint16) {
	if g.wanted != nil && name != "" { // also for the next seat
		g.wanted.Name, g.wanted.Hue = name, hue
	}
	if g.welcomed && g.me != 0 {
		g.send(wire.Card{Name: name, Hue: hue % 360, Device: g.device})
	}
}

// tellDevice changes nothing else on the card. Who has just been seated is not
// in the roster yet, but knows the colour that they asked for.
func (g *Guest) tellDevice() {
	switch me := g.self(); {
	case me.ID != 0:
		g.card("", me.Hue)
	case g.wanted != nil:
		g.card("", g.wanted.Hue)
	}
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
	people := append(make([]wire.Person, 0, len(g.people)+1), g.people...)
	for i := range people {
		if people[i].ID == p.ID { // somebody who changed keeps their place
			people[i] = p
			g.people, g.dirty = people, true
			return
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
