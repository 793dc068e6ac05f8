// Package playback answers where the film should be, and how to get there.
//
// A [Timeline] is the party's truth: a position, a rate, and the instant at
// which they hold (the state vector of the Timing Object draft,
// https://webtiming.github.io/timingobject/). A [Servo] compares it with what
// one media element really does and tells, one [Command] at a time, what to do
// about the difference. The package is pure: time is passed in.
//
// Once a film runs it is never jerked: the servo changes the playback rate by
// fractions of a percent. That only works where rate changes are exact, which
// in Chromium they are with preservesPitch off (with it on, any rate within
// 0.1 % of 1 does nothing, and leaving that band costs 20 ms each time).
package playback

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// MediaID numbers the films of one party, from 1. 0 is none.
type MediaID uint32

// Timeline tells where the film is at any time. Each one replaces the one
// before as a whole: there are no changes to apply, so none can be lost.
type Timeline struct {
	Epoch, Rev uint32 // the newer (Epoch, Rev) wins
	Media      MediaID
	Anchor     clock.Party // when Position holds; may be in the future
	Position   time.Duration
	Rate       float64 // 0: paused; else seconds of film per second
}

// Paused tells whether the film stands.
func (t Timeline) Paused() bool { return t.Rate == 0 }

// PositionAt tells where the film is at now. Until Anchor it stands at
// Position.
func (t Timeline) PositionAt(now clock.Party) time.Duration {
	if t.Rate == 0 || now <= t.Anchor {
		return t.Position
	}
	return t.Position + time.Duration(float64(now.Sub(t.Anchor))*t.Rate)
}

// Newer tells whether t replaces than.
func (t Timeline) Newer(than Timeline) bool {
	return t.Epoch > than.Epoch || t.Epoch == than.Epoch && t.Rev > than.Rev
}

// Observation is what a media element says of itself, all at the instant At.
type Observation struct {
	At       clock.Local
	Position time.Duration
	Duration time.Duration // of the film; 0: not known
	Buffered time.Duration // ahead of Position
	Rate     float64
	Ready    uint8 // HTML's readyState: 0 nothing, 3 can play on, 4 enough
	Paused   bool
	Seeking  bool
	Waiting  bool // wants to play and has no data
	Ended    bool
	Hidden   bool // nobody sees it: fewer observations come
	Muted    bool
}

// Action is what a Command asks of an element.
type Action uint8

// The actions. Keep: nothing to do. Hold: pause now, then stand exactly on
// Position. Start: stand on Position, and call play() at At, with Rate. Rate:
// set the playback rate. Jump: seek to Position without pausing.
const (
	Keep Action = iota
	Hold
	Start
	Rate
	Jump
)

// Command is what to do with an element now. A newer one takes the place of an
// older one that is still waiting for its moment.
type Command struct {
	Do       Action
	Position time.Duration
	Rate     float64
	At       clock.Local
}
