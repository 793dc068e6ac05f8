package peer

import (
	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

// Player is a film that can be steered. Apply is called by the session's
// goroutine and must not block; a newer command takes the place of an older
// one that is still waiting.
type Player interface{ Apply(playback.Command) }

// Loader is a Player that wants to know when another film is on. Load is
// called like Apply.
type Loader interface{ Load(wire.Media) }

// Config is what a session starts from.
type Config struct {
	// Signaling is the WebSocket address of the signaling server.
	Signaling string
	// Invitation is what a guest was given. A host makes its own; of one that
	// had its room before the secret may be given, zero: a new one.
	Invitation signaling.Invitation
	// Identity is a host's, whose room it then has; nil: a new one.
	Identity *signaling.Identity
	// Name and Hue (degrees) are the host's; a guest gives its own with
	// party.TakeSeat.
	Name string
	Hue  uint16
	// Media is what a host shows first; zero: nothing yet.
	Media wire.Media
	// Player is steered; nil: no film, only the party.
	Player Player
	// Show is called by the session's goroutine with every new view; nil: none.
	Show func(party.View)
	// Overhear is told every signal before it is sealed, from any goroutine: a
	// tool that looks for it elsewhere needs to know it; nil: nobody is.
	Overhear func(signaling.Signal)
	// Untold is called, from any goroutine, when a link has only addresses that
	// it may not tell: nobody outside finds this machine. nil: nobody is told.
	Untold func()
	// Clock is this device's monotonic clock; nil: the real one. Measurements
	// give one that drifts.
	Clock func() clock.Local
	// Link holds the settings of links that are not the session's own: its ICE
	// and Now are set here.
	Link link.Config
}
