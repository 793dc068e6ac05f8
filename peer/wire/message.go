package wire

import (
	"errors"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
)

// Version is the protocol's version, told in [Hello].
const Version = 2

// Limits of what a frame may hold; a longer one is refused by [Parse].
const (
	MaxFrame      = 16 << 10 // bytes in one frame
	MaxName       = 64       // bytes of a person's name
	MaxText       = 2 << 10  // bytes of one chat line
	MaxURL        = 2 << 10  // bytes of a film's address
	MaxTitle      = 256      // bytes of a film's title or file name
	MaxCode       = 32       // bytes of a reason
	MaxEmoji      = 64       // bytes of a reaction
	MaxInvitation = 128      // bytes of an invitation
	MaxPeople     = 64       // people in one list; longer rosters take several frames
	MaxTail       = 8        // chat lines in one Welcome; the others follow as Line
)

var (
	// ErrMalformed is a frame that is cut short, too long, or holds a value
	// that cannot be.
	ErrMalformed = errors.New("wire: malformed frame")
	// ErrUnknown is a well-kept frame of a type that this version does not
	// know. It is to be ignored, not punished.
	ErrUnknown = errors.New("wire: unknown message type")
)

// Channel is one of the pre-negotiated data channels of a link; its number is
// the stream id (RFC 8832 section 6 calls this external negotiation).
type Channel uint8

// The channels. Their reliability is told in the package comment.
const (
	ChannelState Channel = iota
	ChannelControl
	ChannelChat
)

// PersonID is a seat, given by the host and never reused within a party. 0 is
// nobody; the host sits in 1.
type PersonID uint32

// Token takes a seat back after a broken connection. It is secret between the
// host and the guest that holds the seat.
type Token [16]byte

// Secret is what only those who hold the invitation know.
type Secret [16]byte

// FilmState is how a person's own copy of the film is doing.
type FilmState uint8

// A film's states, from nothing at all to playing.
const (
	FilmNone FilmState = iota
	FilmLoading
	FilmReady
	FilmStalled
	FilmFailed
)

// MediaKind is where each viewer's film comes from.
type MediaKind uint8

// URL: everybody loads the same address. File: everybody has a copy.
const (
	MediaURL MediaKind = iota
	MediaFile
)

// Media is what is being watched. Name and Size describe the host's own file,
// so that a viewer can tell whether they hold the same one.
type Media struct {
	ID       playback.MediaID
	Kind     MediaKind
	URL      string
	Title    string
	Name     string
	Size     int64
	Duration time.Duration
}

// Condition is how a person is doing: what the roster shows beside a name.
type Condition struct {
	Film     FilmState
	Weak     bool // nothing heard for three seconds
	Measured bool // Offset is known
	Offset   time.Duration
	RTT      time.Duration
	// Uncertainty is what Offset may be wrong by: two standard errors of the
	// clock that it was measured with.
	Uncertainty time.Duration
}

// Person is one seat of the party.
type Person struct {
	ID   PersonID
	Name string
	Hue  uint16 // degrees, 0..359
	Host bool
	Condition
	Device Device
	Drives bool // chosen to drive; counts while Rules say DriveChosen
	Muted  bool // what this person posts is not taken
	Ready  bool // answered the ready check
	Asks   bool // for the remote
}

// Message is one of the messages of the package's table.
type Message interface {
	// Channel tells where the message belongs; a receiver refuses it elsewhere.
	Channel() Channel
	append(b []byte) []byte
}

// Ping asks for the host's clock.
type Ping struct {
	N    uint32
	Sent clock.Local
}

// Pong answers a [Ping].
type Pong struct {
	N        uint32
	Sent     clock.Local
	Received clock.Party
	Replied  clock.Party
}

// State is the whole of what the party's film is doing.
type State struct {
	Timeline playback.Timeline
	Speed    float64 // the rate that playing goes at, kept while paused
	Resuming bool    // paused only until everybody stands on Position
}

// Ack tells which Timeline a guest follows.
type Ack struct{ Epoch, Rev uint32 }

// HealthOf is one person's line in [Health].
type HealthOf struct {
	ID PersonID
	Condition
}

// Health is the condition of some of the people.
type Health struct{ People []HealthOf }

// Hello opens a link.
type Hello struct {
	Version uint16
	Secret  Secret
	Resume  Token // zero: none
}

// Welcome answers [Hello]. You is 0 unless Resume took a seat back.
type Welcome struct {
	Version uint16
	You     PersonID
	Token   Token
	Media   Media
	State   State
	People  []Person
	Rules   Rules
	Cue     Cue
}

// Join asks for a seat.
type Join struct {
	Name   string
	Hue    uint16
	Device Device
}

// Seated grants it.
type Seated struct {
	You   PersonID
	Token Token
}

// Entered tells of a person who is new or whose name changed.
type Entered struct{ Person Person }

// Left tells that a person is gone.
type Left struct{ ID PersonID }

// RequestKind is what a guest asks of the host.
type RequestKind uint8

// What can be asked. Seek and Countdown say where to and how long in Position,
// and a countdown of 0 is called off; Rate is for RequestRate.
const (
	RequestPlay RequestKind = iota + 1
	RequestPause
	RequestSeek
	RequestRate
	RequestGoOn
	RequestUndo
	RequestCheck
	RequestUncheck
	RequestCountdown
)

// Request asks the host for what those who drive may do.
type Request struct {
	Kind     RequestKind
	Position time.Duration
	Rate     float64
}

// Status is a guest's own account.
type Status struct {
	Epoch, Rev uint32 // of the Timeline that Ready speaks of
	Ready      bool   // stands on its Position, with data to go on
	OneWayP95  time.Duration
	Condition
	Ahead  time.Duration // of the film, that is here already
	Ample  bool          // enough of it to go on for a while
	Hidden bool          // nobody sees the film: news of it is rare
}

// Showing tells what is on now.
type Showing struct{ Media Media }

// Hidden are all whose page is hidden: a tab behind another, or a window put
// away. They may still listen, or watch the film in a window of its own.
type Hidden struct{ Who []PersonID }

// Relayed are all whose link to the host goes by a relay (RFC 8656), which
// reads nothing of it, but sees who speaks with whom and makes the way longer.
type Relayed struct{ Who []PersonID }

// Waiting tells for whom the room stands still; for nobody when For is empty.
type Waiting struct {
	For          []PersonID
	Since, Until clock.Party
}

// Bye ends a link on purpose.
type Bye struct{ Code string }

func (Ping) Channel() Channel    { return ChannelState }
func (Pong) Channel() Channel    { return ChannelState }
func (State) Channel() Channel   { return ChannelState }
func (Ack) Channel() Channel     { return ChannelState }
func (Health) Channel() Channel  { return ChannelState }
func (Hello) Channel() Channel   { return ChannelControl }
func (Welcome) Channel() Channel { return ChannelControl }
func (Join) Channel() Channel    { return ChannelControl }
func (Seated) Channel() Channel  { return ChannelControl }
func (Entered) Channel() Channel { return ChannelControl }
func (Left) Channel() Channel    { return ChannelControl }
func (Request) Channel() Channel { return ChannelControl }
func (Status) Channel() Channel  { return ChannelState }
func (Showing) Channel() Channel { return ChannelControl }
func (Hidden) Channel() Channel  { return ChannelControl }
func (Relayed) Channel() Channel { return ChannelControl }
func (Waiting) Channel() Channel { return ChannelControl }
func (Bye) Channel() Channel     { return ChannelControl }
