package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// LinkID names one link of this peer, new for each connection.
type LinkID uint32

// Event is something that happened outside a machine.
type Event interface{ event() }

// Opened tells that every channel of a link is open. Token is fresh
// randomness, for the seat that a host may give on this link.
type Opened struct {
	Link  LinkID
	Token wire.Token
}

// Received is one frame.
type Received struct {
	Link    LinkID
	Channel wire.Channel
	Data    []byte
	At      clock.Local // when it came, as near to the wire as could be told
}

// Moved tells that a link takes another way through the network.
type Moved struct{ Link LinkID }

// Path tells which way an open link takes: by a relay, or straight.
type Path struct {
	Link    LinkID
	Relayed bool
}

// Closed tells that a link is gone.
type Closed struct{ Link LinkID }

// Failed tells that no link came about, and why, as a code.
type Failed struct{ Code string }

// HostAway tells a guest on its way that there is no host to come to, and
// that it waits for one; or that there is one now.
type HostAway struct{ Away bool }

// Server tells how the signaling server is.
type Server struct{ State ServerState }

// Observed is what the film really does.
type Observed struct{ Observation playback.Observation }

// What people want of the film and of the party. Each is an event; wants.go
// has what they want of one another.
type (
	// Play, Pause, Seek and SetRate drive the film.
	Play    struct{}
	Pause   struct{}
	Seek    struct{ Position time.Duration }
	SetRate struct{ Rate float64 }
	// TakeSeat joins a guest who is in the lobby.
	TakeSeat struct {
		Name string
		Hue  uint16
	}
	// Choose puts another film on; the ID is the machine's to give.
	Choose struct{ Media wire.Media }
	// Restore puts the film to where it was before the host's page was loaded
	// anew. It is nobody's deed: no line tells of it, and nothing undoes it.
	Restore struct {
		Position time.Duration
		Speed    float64
		Playing  bool
	}
	// Film tells how this person's own copy does.
	Film struct{ State wire.FilmState }
	// GoOn stops waiting for those whose film has no data.
	GoOn struct{}
	// Resync measures the clock anew and puts this person's film in its place.
	Resync struct{}
	// Trim plays this person's film earlier, for a loudspeaker that is late.
	Trim struct{ Delta time.Duration }
	// Rejoin asks for a new link after a broken one.
	Rejoin struct{}
	// Leave ends it: for a guest its stay, for a host the party.
	Leave struct{}
)

func (Opened) event()   {}
func (Received) event() {}
func (Moved) event()    {}
func (Path) event()     {}
func (Closed) event()   {}
func (Failed) event()   {}
func (HostAway) event() {}
func (Server) event()   {}
func (Observed) event() {}
func (Play) event()     {}
func (Pause) event()    {}
func (Seek) event()     {}
func (Restore) event()  {}
func (SetRate) event()  {}
func (TakeSeat) event() {}
func (Choose) event()   {}
func (Film) event()     {}
func (GoOn) event()     {}
func (Resync) event()   {}
func (Trim) event()     {}
func (Rejoin) event()   {}
func (Leave) event()    {}

// Effect is something that a machine wants done. A shell performs effects in
// order and without blocking.
type Effect interface{ effect() }

// Send sends one frame.
type Send struct {
	To      LinkID
	Channel wire.Channel
	Data    []byte // shared between effects: not to be changed
}

// Steer acts on this peer's own film.
type Steer struct{ Command playback.Command }

// Drop closes a link once what was sent on it had time to go. No Closed event
// needs to follow.
type Drop struct{ Link LinkID }

// Redial asks for a new link to the host.
type Redial struct{}

// Show tells people what there is to see.
type Show struct{ View View }

// Finish ends the session, for the reason that Code names; "" is the person's
// own wish.
type Finish struct{ Code string }

func (Send) effect()   {}
func (Steer) effect()  {}
func (Drop) effect()   {}
func (Redial) effect() {}
func (Show) effect()   {}
func (Finish) effect() {}
