package party

import (
	"time"

	"github.com/toile-party/toile/peer/wire"
)

// ask sends a wish to drive. The host decides; a control that this person may
// not use does not get here.
func (g *Guest) ask(r wire.Request) {
	if g.welcomed && g.me != 0 && g.mayDrive() {
		g.send(r)
	}
}

// want does what this person wants of the others, as far as a guest may.
func (g *Guest) want(ev Event) {
	switch ev := ev.(type) {
	case Say:
		g.say(ev.Text, ev.Reply)
	case Typing:
		g.types(ev.On)
	case Rename:
		if name := wire.CleanName(ev.Name); name != "" {
			g.card(name, ev.Hue)
		}
	case Device:
		if ev.Kind <= wire.DeviceTerminal && ev.Kind != g.device {
			g.device = ev.Kind
			g.tellDevice()
		}
	case Undo:
		g.ask(wire.Request{Kind: wire.RequestUndo})
	case Check:
		kind := wire.RequestUncheck
		if ev.On {
			kind = wire.RequestCheck
		}
		g.ask(wire.Request{Kind: kind})
	case Countdown:
		g.ask(wire.Request{Kind: wire.RequestCountdown, Position: min(max(ev.After, 0), time.Hour)})
	case Rotated:
		g.cfg.Invitation, g.cfg.Secret, g.dirty = ev.Invitation, ev.Secret, true
	default:
		if g.welcomed && g.me != 0 {
			g.tell(ev)
		}
	}
}

// tell sends the host what it decides about.
func (g *Guest) tell(ev Event) {
	switch ev := ev.(type) {
	case Ready:
		g.send(wire.Ready{On: ev.On})
	case AskRemote:
		g.send(wire.Ask{On: ev.On})
	case Erase:
		g.send(wire.Erase{Seq: ev.Seq})
	case React:
		if emoji := wire.CleanEmoji(ev.Emoji); emoji != "" && g.mayChat() {
			g.send(wire.React{Emoji: emoji})
		}
	case Choose, Clear, Change, Grant, Kick, Mute, Relink, Admit: // the host's to do
	}
}
