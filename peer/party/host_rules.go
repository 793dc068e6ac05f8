package party

import "github.com/toile-party/toile/peer/wire"

// changeRules does what the host decides for everybody, at once.
func (h *Host) changeRules(c Change) {
	was := h.rules
	set(&h.rules.Drive, c.Drive)
	set(&h.rules.Wait, c.Wait)
	set(&h.rules.Locked, c.Locked)
	set(&h.rules.Approve, c.Approve)
	set(&h.rules.Muted, c.Muted)
	if h.rules == was {
		return
	}
	h.tell(h.rules)
	for _, rule := range became(was, h.rules) {
		h.line(wire.Line{Kind: wire.LineRules, Who: h.me.ID, Name: h.me.Name, Hue: h.me.Hue, Text: rule})
	}
	switch {
	case h.rules.Locked && !was.Locked:
		h.notice(wire.LineLocked, h.me)
	case !h.rules.Locked && was.Locked:
		h.notice(wire.LineUnlocked, h.me)
	}
	h.dirty = true
}

// became names the rules that changed, but the lock, which has lines of its own.
func became(was, is wire.Rules) []string {
	var names []string
	if is.Drive != was.Drive {
		names = append(names, is.Drive.String())
	}
	if is.Wait != was.Wait {
		names = append(names, [...]string{
			wire.WaitAuto: wire.RuleWaitAuto, wire.WaitAlways: wire.RuleWaitAlways, wire.WaitNever: wire.RuleWaitNever,
		}[is.Wait])
	}
	if is.Approve != was.Approve {
		names = append(names, either(is.Approve, wire.RuleApproveOn, wire.RuleApproveOff))
	}
	if is.Muted != was.Muted {
		names = append(names, either(is.Muted, wire.RuleQuietOn, wire.RuleQuietOff))
	}
	return names
}

func either(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// grant gives a person the remote or takes it. Where the host alone drove, it
// now shares with those whom it chooses; where everybody did, taking it from
// one leaves it with all others.
func (h *Host) grant(id wire.PersonID, on bool) {
	p, g := h.person(id)
	if g == nil {
		return
	}
	switch {
	case on && h.rules.Drive == wire.DriveHost:
		h.everybody(func(o *wire.Person) { h.drives(o, false) }) // who was chosen another time
		h.choose()
	case !on && h.rules.Drive == wire.DriveEveryone:
		h.everybody(func(o *wire.Person) { h.drives(o, !o.Host) })
		h.choose()
	}
	asked := p.Asks
	p.Asks = false
	if p.Drives == on {
		if asked {
			h.changed(p)
		}
		return
	}
	h.drives(p, on)
	kind := wire.LineRevoked
	if on {
		kind = wire.LineGranted
	}
	h.notice(kind, *p)
}

// choose makes the chosen people drive, without a line: whose remote it is
// about has one.
func (h *Host) choose() {
	h.rules.Drive = wire.DriveChosen
	h.tell(h.rules)
	h.dirty = true
}

func (h *Host) drives(p *wire.Person, on bool) {
	if p.Drives != on {
		p.Drives = on
		h.changed(p)
	}
}

// asks shows the others that a guest would like the remote.
func (h *Host) asks(g *guest, on bool) {
	on = on && !mayDrive(h.rules, *g.seat)
	if g.seat.Asks != on && g.wishes.take(h.now) {
		g.seat.Asks = on
		h.changed(g.seat)
	}
}
