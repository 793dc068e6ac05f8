package wire

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Drive is who may play, pause, jump and set the speed.
type Drive uint8

// The host always may.
const (
	DriveHost Drive = iota
	DriveChosen
	DriveEveryone
)

// String is the stable name that the page and the history use.
func (d Drive) String() string {
	switch d {
	case DriveChosen:
		return "chosen"
	case DriveEveryone:
		return "everyone"
	}
	return "host"
}

// Wait is whether the film waits for people whose copy stalls.
type Wait uint8

// WaitAuto waits for as long as a party bears it. The numbers are those of
// playback.WaitRule.
const (
	WaitAuto Wait = iota
	WaitAlways
	WaitNever
)

// The names that a [Line] of kind LineRules has for what became of a rule, next
// to those of Drive. A reader meets ones that it does not know.
const (
	RuleWaitAuto   = "wait-auto"
	RuleWaitAlways = "wait-always"
	RuleWaitNever  = "wait-never"
	RuleApproveOn  = "approve-on"
	RuleApproveOff = "approve-off"
	RuleQuietOn    = "quiet-on"
	RuleQuietOff   = "quiet-off"
	RuleNewLink    = "new-link" // the host replaced the invitation
)

// Rules is what the host decided for everybody.
type Rules struct {
	Drive   Drive
	Wait    Wait
	Locked  bool // nobody new comes in
	Approve bool // who is new knocks, and the host decides
	Muted   bool // the host alone writes in the chat
}

// Cue is what is about to happen, and what can still be taken back. It is told
// whole; the zero Cue is an ordinary evening.
type Cue struct {
	CheckBy    PersonID // whose ready check is under way, 0: none
	CheckSince clock.Party
	Countdown  bool
	StartsAt   clock.Party // while Countdown: the film starts then
	Undo       bool
	UndoTo     time.Duration // while Undo: where the film was before the jump
	UndoUntil  clock.Party
}

// Ready answers a ready check.
type Ready struct{ On bool }

// Ask asks the host for the remote, or no longer does.
type Ask struct{ On bool }

func (Rules) Channel() Channel { return ChannelControl }
func (Cue) Channel() Channel   { return ChannelControl }
func (Ready) Channel() Channel { return ChannelControl }
func (Ask) Channel() Channel   { return ChannelControl }

func (m Rules) append(b []byte) []byte { return putRules(append(b, typeRules), m) }
func (m Cue) append(b []byte) []byte   { return putCue(append(b, typeCue), m) }
func (m Ready) append(b []byte) []byte { return putBool(append(b, typeReady), m.On) }
func (m Ask) append(b []byte) []byte   { return putBool(append(b, typeAsk), m.On) }

func putRules(b []byte, m Rules) []byte {
	b = append(b, byte(m.Drive), byte(m.Wait))
	return putBool(putBool(putBool(b, m.Locked), m.Approve), m.Muted)
}

func putCue(b []byte, m Cue) []byte {
	b = put64(put32(b, uint32(m.CheckBy)), m.CheckSince)
	b = put64(putBool(b, m.Countdown), m.StartsAt)
	return put64(put64(putBool(b, m.Undo), m.UndoTo), m.UndoUntil)
}

func (r *reader) rules() Rules {
	return Rules{
		Drive: Drive(r.enum(uint8(DriveEveryone))), Wait: Wait(r.enum(uint8(WaitNever))),
		Locked: r.bool(), Approve: r.bool(), Muted: r.bool(),
	}
}

func (r *reader) cue() Cue {
	return Cue{
		CheckBy: PersonID(r.u32()), CheckSince: clock.Party(r.span()),
		Countdown: r.bool(), StartsAt: clock.Party(r.span()),
		Undo: r.bool(), UndoTo: r.length(), UndoUntil: clock.Party(r.span()),
	}
}
