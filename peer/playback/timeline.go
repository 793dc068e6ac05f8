// Package playback answers where the film should be, and how to get there.
//
// A [Timeline] is the party's truth: a position, a rate, and the instant at
// which they hold (the state vector of the Timing Object draft,
// https://webtiming.github.io/timingobject/). A [Servo] compares it with what
// one media element really does and tells, one [Command] at a time, what to do
// about the difference. [Patience] decides whom a room waits for, and a
// [VirtualPlayer] is a media element for those who have none. The package is
// pure: time is passed in.
//
// All of what follows was measured on Chromium and Firefox; make bench-sync
// measures it again, and docs/sync.md has the figures.
//
// # Starting: the ambush
//
// The anchor of a Timeline lies in the future, so that everybody has the command
// before it is due. How long an element takes from play() to moving depends on
// the device: 65 to 86 ms in Chromium after a seek with sound, 40 muted, 0 to 12
// when it only was paused; 1 to 5 in Firefox. So each guest seeks to the
// position while paused (a seek's own length, 14 to 60 ms, then does not
// matter), waits for the anchor less the latency that it has learned, and
// plays. The error that is seen once the film moves, less what a busy page was
// late by in calling play(), goes into the mean that is kept for this kind of
// start (after a seek or not, muted or not; weight 0.5 for the first, or 1 where
// that is off by more than 30 ms, then 0.25). Who is late, joins late, or comes
// out of a stall does the same towards a point that lies twice the learned time
// of a seek, and 150 ms, ahead: 0.4 to 2.5 s.
//
// Before its first start an element is known to be Chromium's or Firefox's kind
// by a warm-up: positions that come in steps of 40 ms go with an element that
// moves at once. A page draws nothing from the command until a quarter of a
// second after the start: with three browsers on two cores, play() was called 20
// to 80 ms late by what all of them drew at that moment.
//
// # Running: the servo
//
// Once a film runs it is never jerked: its rate is changed by fractions of a
// percent. That only works where rate changes are exact, which in Chromium they
// are with preservesPitch off (with it on, any rate within 0.1 % of 1 does
// nothing, and leaving that band costs 20 ms each time).
//
// The error is taken from the positions of the last half second: their median
// where they scatter (Chromium, ±0.1 ms), the highest of five where they come in
// steps of 40 ms and are only ever late (Firefox; recognised by a fifth of all
// positions being unchanged). Each is carried forward by the corrections made
// since, and by those that were asked for and act 80 ms later: a Smith
// predictor, without which a start's tail is mended twice.
//
// At most ten times a second the controller sets
//
//	rate = timeline's rate × (1 - clamp(k × error + integral, cap))
//
// with the error in seconds, and
//
//	k          0.8 per second; 2 beyond 10 ms; 8 in the first 1.5 s after a start
//	integral   0.05 per second squared, of errors below 10 ms; at most 500 ppm:
//	           it learns what the two devices' clocks differ by
//	cap        0.5 %; 2 % beyond 10 ms; 5 % beyond 40 ms and in the first 1.5 s;
//	           a band is left at 0.7 of where it was entered, after 300 ms
//
// Errors below 0.3 ms are noise and left to the integral, changes of the rate
// below 50 ppm are not made. Half a percent is below what listeners notice as a
// change of pitch (8 cents; the just noticeable difference is about 5 for
// musicians on steady tones, 10 and more in music); 5 % would be noticed, were
// it not in the moment of a start. Beyond 400 ms a rate would take too long: one
// jump, and if that did not help a stop and an ambush, 1.5 s apart at least.
//
// # Where rates cannot be trusted
//
// A self-test compares, second by second, what the rate was to move with what
// moved. Five failures in a row, counted only while a rate had at least 4 ms to
// move, mean that rates are not safe here: then errors up to 40 ms are let be
// and larger ones mended by a stop and a start, and the page says so. The
// verdict is tried again at a later start.
//
// # Hidden tabs
//
// A browser calls back for no picture that nobody sees and lets timers sleep for
// a second, but messages come: the host sends its beacons at 4 Hz to who is
// hidden, and each brings one observation. The window is then 1.5 s and the cap
// 0.5 %, since a rate acts for long before its effect is seen.
//
// # Pausing
//
// A pause has no lead: who hears of it stops at once and stands on the position
// that the command names, to within 5 ms without and exactly after a seek.
package playback

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// MediaID tells the films of one party apart. 0 is none.
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
	Prompt   bool          // moves as soon as it is told to, which is known before its first start
	Late     time.Duration // how long after its moment the last Start was called
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
