package wire

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Post is a guest's line on its way to the host.
type Post struct {
	ID    uint32
	Text  string
	Reply uint32 // the Seq that it answers, 0: none
}

// LineKind tells a spoken line from the notices.
type LineKind uint8

// What a [Line] tells; the page has the words. Who is the person whom it is
// about: also of LineKicked, LineMuted, LineGranted and their opposites, which
// are the host's doing. LineRenamed has the new name in Text, LineRules the
// rule that holds now: one of the Rule names, or a Drive's.
const (
	LineText LineKind = iota
	LineJoined
	LineLeft
	LineLost
	LinePlayed
	LinePaused
	LineSought
	LineRated
	LineMedia
	LineWaited // the party went on without Who, after Value seconds
	LineKicked
	LineMuted
	LineUnmuted
	LineRenamed
	LineRules
	LineGranted
	LineRevoked
	LineCleared
	LineLocked
	LineUnlocked
	lineKinds
)

// Line is one entry of the party's one history.
type Line struct {
	Seq      uint32 // 0: a line that is no longer there, told to its author only
	Kind     LineKind
	Who      PersonID
	Name     string // as it was then
	Hue      uint16
	Post     uint32        // the author's own number for it, 0 for notices
	Position time.Duration // of the film, when it was said
	Value    float64       // the new rate, or the position sought, in seconds
	Text     string
	Reply    uint32 // the Seq that it answers, 0: none
	Erased   bool   // its Text is gone
}

// React asks to let an emoji float over everybody's film.
type React struct{ Emoji string }

// Reaction is shown by everybody at the same party instant.
type Reaction struct {
	ID    uint32
	Who   PersonID
	Name  string
	Hue   uint16
	Emoji string
	At    clock.Party
}

// Erase asks to take a line back: one's own.
type Erase struct{ Seq uint32 }

// Erased tells that the text of a line is gone.
type Erased struct{ Seq uint32 }

// Cleared tells that every spoken line up to Upto is gone.
type Cleared struct{ Upto uint32 }

// Typing tells that its sender writes, or no longer does.
type Typing struct{ On bool }

// Typists are all who write at the moment.
type Typists struct{ Who []PersonID }

func (Post) Channel() Channel     { return ChannelChat }
func (Line) Channel() Channel     { return ChannelChat }
func (React) Channel() Channel    { return ChannelChat }
func (Reaction) Channel() Channel { return ChannelChat }
func (Erase) Channel() Channel    { return ChannelChat }
func (Erased) Channel() Channel   { return ChannelChat }
func (Cleared) Channel() Channel  { return ChannelChat }
func (Typing) Channel() Channel   { return ChannelChat }
func (Typists) Channel() Channel  { return ChannelChat }

func (m Post) append(b []byte) []byte {
	return put32(putString(put32(append(b, typePost), m.ID), m.Text), m.Reply)
}

func (m Line) append(b []byte) []byte {
	b = put32(append(b, typeLine), m.Seq)
	b = put32(append(b, byte(m.Kind)), uint32(m.Who))
	b = put16(putString(b, m.Name), m.Hue)
	b = put32(b, m.Post)
	b = put64(b, m.Position)
	b = putFloat(b, m.Value)
	b = putString(b, m.Text)
	return putBool(put32(b, m.Reply), m.Erased)
}

func (m React) append(b []byte) []byte { return putString(append(b, typeReact), m.Emoji) }

func (m Reaction) append(b []byte) []byte {
	b = put32(put32(append(b, typeReaction), m.ID), uint32(m.Who))
	b = put16(putString(b, m.Name), m.Hue)
	return put64(putString(b, m.Emoji), m.At)
}

func (m Erase) append(b []byte) []byte   { return put32(append(b, typeErase), m.Seq) }
func (m Erased) append(b []byte) []byte  { return put32(append(b, typeErased), m.Seq) }
func (m Cleared) append(b []byte) []byte { return put32(append(b, typeCleared), m.Upto) }
func (m Typing) append(b []byte) []byte  { return putBool(append(b, typeTyping), m.On) }

func (m Typists) append(b []byte) []byte { return putIDs(append(b, typeTypists), m.Who) }

func (r *reader) line() Line {
	return Line{
		Seq: r.u32(), Kind: LineKind(r.enum(uint8(lineKinds - 1))), Who: PersonID(r.u32()),
		Name: r.string(MaxName), Hue: r.hue(), Post: r.u32(), Position: r.length(),
		Value: r.float(0, maxSpan.Seconds()), Text: r.string(MaxText),
		Reply: r.u32(), Erased: r.bool(),
	}
}

func (r *reader) reaction() Reaction {
	return Reaction{
		ID: r.u32(), Who: PersonID(r.u32()), Name: r.string(MaxName), Hue: r.hue(),
		Emoji: r.string(MaxEmoji), At: clock.Party(r.span()),
	}
}
