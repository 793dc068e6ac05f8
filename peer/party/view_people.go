package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/wire"
)

// Drives tells whether a person may drive.
func (v View) Drives(p wire.Person) bool { return mayDrive(v.Rules, p) }

func mayDrive(r wire.Rules, p wire.Person) bool {
	return p.Host || r.Drive == wire.DriveEveryone || r.Drive == wire.DriveChosen && p.Drives
}

func mayChat(r wire.Rules, p wire.Person) bool { return p.Host || !r.Muted && !p.Muted }

// Knock is somebody at the door. The ID is the seat's that they would get.
type Knock struct {
	ID   wire.PersonID
	Name string
	Hue  uint16
}

// Reaction is an emoji that floats over the film at At, once.
type Reaction struct {
	wire.Reaction
	At clock.Local
}

// CueView is a wire.Cue in this device's time.
type CueView struct {
	Check      bool // a ready check is under way
	CheckBy    wire.PersonID
	CheckSince clock.Local
	Countdown  bool
	StartsAt   clock.Local
	Undo       bool
	UndoTo     time.Duration
	UndoUntil  clock.Local
}

func cued(c wire.Cue, e clock.Estimate, now clock.Local) CueView {
	v := CueView{
		Check: c.CheckBy != 0, CheckBy: c.CheckBy,
		Countdown: c.Countdown, Undo: c.Undo, UndoTo: c.UndoTo,
	}
	if e.Samples == 0 { // nobody knows yet when that is
		v.Countdown, v.Undo = false, false
		v.CheckSince = now
		return v
	}
	v.CheckSince, v.StartsAt, v.UndoUntil = e.Local(c.CheckSince), e.Local(c.StartsAt), e.Local(c.UndoUntil)
	v.Undo = v.Undo && now < v.UndoUntil
	return v
}
