package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/wire"
)

// Phase is where a person is in the course of an evening.
type Phase string

// The phases. In the lobby a guest sees what is on and has no seat yet;
// knocking, it waits for the host's word; when broken, the film goes on from
// what is there.
const (
	Connecting Phase = "connecting"
	Lobby      Phase = "lobby"
	Knocking   Phase = "knocking"
	Theatre    Phase = "theatre"
	Broken     Phase = "broken"
	Ended      Phase = "ended"
)

// ServerState is how the signaling server is, which matters to newcomers only.
type ServerState string

// A guest leaves the server as soon as it is connected to the host.
const (
	ServerConnected ServerState = "connected"
	ServerAway      ServerState = "away"
	ServerLeft      ServerState = "left"
)

// SyncState is the badge in one word.
type SyncState string

// Synced: within ten milliseconds, and the clock known to three.
const (
	Measuring SyncState = "measuring"
	Adrift    SyncState = "adrift"
	Close     SyncState = "close"
	Synced    SyncState = "synced"
)

// Codes are stable: the page has a sentence for each, in every language.
const (
	CodeLinkWrong  = "link-wrong"
	CodeRoomFull   = "room-full"
	CodePartyOver  = "party-over"
	CodeHostLost   = "host-lost"
	CodeHostAway   = "host-away" // nobody lets a guest in yet, and it waits
	CodeVersion    = "version"
	CodeReplaced   = "replaced"
	CodeProtocol   = "protocol"
	CodeRejoining  = "rejoining"
	CodeNoFilm     = "film-pick"
	CodeNotAllowed = "not-allowed"
	CodeKicked     = "kicked"     // the host removed this person
	CodeLocked     = "locked"     // the host lets nobody new in
	CodeRefused    = "refused"    // the host did not admit who knocked
	CodeUnanswered = "unanswered" // nor say no
)

// Line is a history entry as this person sees it.
type Line struct {
	wire.Line
	Pending bool // said here, not yet in the party's order
	Mine    bool
}

// View is a whole snapshot of what there is to see. Its slices are never
// changed after it was shown, so it may be kept and read anywhere.
type View struct {
	Phase      Phase
	Code       string
	Host       bool
	Me         wire.PersonID
	Invitation string
	Server     ServerState
	Media      wire.Media // ID 0: none yet
	People     []wire.Person
	Lines      []Line
	LinesRev   uint32 // grows whenever Lines changed
	Film       FilmView
	Sync       SyncView
	MayDrive   bool
	MayChat    bool
	Rules      wire.Rules
	Typing     []wire.PersonID
	Hidden     []wire.PersonID // whose page is hidden
	Relayed    []wire.PersonID // whose link to the host goes by a relay
	Knocking   []Knock         // who waits at the host's door
	Cue        CueView
	Reactions  []Reaction // of the last five seconds

	// ReactionsRev grows whenever Reactions changed.
	ReactionsRev uint32
	Waiting      *WaitView    // nil: the room waits for nobody
	Trail        []TrailPoint // this person's sync in the last minutes, oldest first
}

// WaitView tells whom the room stands still for.
type WaitView struct {
	For   []wire.PersonID
	Since clock.Local
	Until clock.Local // then it goes on without them
}

// FilmView is the Timeline in this device's time.
type FilmView struct {
	Position time.Duration // at At
	At       clock.Local
	Rate     float64 // 0: paused
	Speed    float64
	Resuming bool // about to play again
}

// SyncView is how far this person's film is from the party's.
type SyncView struct {
	State       SyncState
	Measured    bool // Offset is known
	Offset      time.Duration
	Uncertainty time.Duration
	RTT         time.Duration
	Trim        time.Duration
	Safe        bool // playback rates do here what they say
}

// seen tells a Timeline to people.
func seen(s wire.State, e clock.Estimate, now clock.Local) FilmView {
	t := s.Timeline
	v := FilmView{Position: t.Position, At: now, Rate: t.Rate, Speed: s.Speed, Resuming: s.Resuming}
	if t.Rate != 0 && e.Samples > 0 {
		v.At = e.Local(t.Anchor)
	}
	return v
}

// badge grades an offset. While paused a film stands exactly, or not at all.
func badge(e clock.Estimate, s *screen) SyncView {
	c := s.condition(e)
	v := SyncView{
		State: Measuring, Measured: c.Measured, Offset: c.Offset, Uncertainty: e.Uncertainty, RTT: e.Delay,
		Trim: s.trim, Safe: s.servo.Safe(),
	}
	switch d := v.Offset.Abs(); {
	case !v.Measured || !e.Ready:
	case d <= 10*time.Millisecond && e.Uncertainty < 3*time.Millisecond:
		v.State = Synced
	case d <= 50*time.Millisecond:
		v.State = Close
	default:
		v.State = Adrift
	}
	return v
}
