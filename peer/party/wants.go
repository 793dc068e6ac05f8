package party

import (
	"time"

	"github.com/toile-party/toile/peer/wire"
)

// What people want of one another. Each is an event, as in event.go; what a
// person may not do, a machine does not do.
type (
	// Say is a chat line. Reply is the Seq that it answers, 0: none.
	Say struct {
		Text  string
		Reply uint32
	}
	// Erase takes back a line: one's own, and a host any.
	Erase struct{ Seq uint32 }
	// Clear takes all lines from the chat. The host's.
	Clear struct{}
	// Typing tells that this person writes. It is to be told again while they
	// do, at most once a second; a machine forgets it soon.
	Typing struct{ On bool }
	// React lets an emoji float over everybody's film.
	React struct{ Emoji string }

	// Rename changes one's own name and colour.
	Rename struct {
		Name string
		Hue  uint16
	}
	// Device tells what this person watches on.
	Device struct{ Kind wire.Device }

	// Change changes some of the rules; nil stays as it is. The host's.
	Change struct {
		Drive                  *wire.Drive
		Wait                   *wire.Wait
		Locked, Approve, Muted *bool
	}
	// Grant gives one person the remote, or takes it. The host's.
	Grant struct {
		ID wire.PersonID
		On bool
	}
	// AskRemote asks for it.
	AskRemote struct{ On bool }
	// Kick removes a person and replaces the invitation. The host's.
	Kick struct{ ID wire.PersonID }
	// Mute takes a person's voice in the chat. The host's.
	Mute struct {
		ID wire.PersonID
		On bool
	}
	// Relink replaces the invitation: who is inside stays and is told the new
	// one, and the old one lets nobody in any more. The host's.
	Relink struct{}
	// Admit lets in somebody who knocked, or does not. The host's.
	Admit struct {
		ID wire.PersonID
		On bool
	}

	// Check begins a ready check, or ends it.
	Check struct{ On bool }
	// Ready answers it.
	Ready struct{ On bool }
	// Countdown starts the film for everybody after a while; 0 calls it off.
	Countdown struct{ After time.Duration }
	// Undo takes back a jump that can still be taken back.
	Undo struct{}

	// Rotated tells that the invitation was replaced, and by what: the answer
	// of the shell to Rotate and Reinvited.
	Rotated struct {
		Invitation string
		Secret     wire.Secret
	}
)

func (Say) event()       {}
func (Erase) event()     {}
func (Clear) event()     {}
func (Typing) event()    {}
func (React) event()     {}
func (Rename) event()    {}
func (Device) event()    {}
func (Change) event()    {}
func (Grant) event()     {}
func (AskRemote) event() {}
func (Kick) event()      {}
func (Mute) event()      {}
func (Relink) event()    {}
func (Admit) event()     {}
func (Check) event()     {}
func (Ready) event()     {}
func (Countdown) event() {}
func (Undo) event()      {}
func (Rotated) event()   {}

// Rotate asks for another secret, so that the invitation as it was no longer
// lets anybody in. Rotated answers it.
type Rotate struct{}

// Reinvited tells a guest's shell the invitation that holds from now on, as a
// fragment that its host sent. Rotated answers it, if it can be read.
type Reinvited struct{ Invitation string }

func (Rotate) effect()    {}
func (Reinvited) effect() {}
