package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// screen is a person's own film: what it was last seen doing, and the servo
// that keeps it where it should be. Host and guest have one each.
type screen struct {
	film    wire.FilmState
	last    playback.Observation
	seen    bool // last holds something
	waiting clock.Local
	stalled bool
	servo   playback.Servo
	trim    time.Duration // how much earlier than the party's this film plays
	trail   trail
}

// maxTrim bounds what a person may add for a slow loudspeaker.
const maxTrim = 500 * time.Millisecond

// adjust takes a trim. A running film is steered to it.
func (s *screen) adjust(d time.Duration) { s.trim = clamp(d, maxTrim) }

// stallAfter is how long a film must wait for data before that is called a
// stall: shorter waits belong to every seek.
const stallAfter = 300 * time.Millisecond

func (s *screen) observe(o playback.Observation) {
	if o.Waiting && (!s.seen || !s.last.Waiting) {
		s.waiting = o.At
	}
	s.stalled = o.Waiting && o.At.Sub(s.waiting) >= stallAfter
	s.last, s.seen = o, true
}

// steer tells what to do with the film, if anything.
func (s *screen) steer(t playback.Timeline, e clock.Estimate, now clock.Local) (playback.Command, bool) {
	if !s.seen || s.film != wire.FilmReady {
		return playback.Command{}, false
	}
	e.Offset += s.trim // this film is to be where the party is a little later
	c := s.servo.Steer(t, e, now, s.last)
	if d, ok := s.servo.Offset(); ok && !t.Paused() {
		s.trail.add(TrailPoint{At: now, Offset: d, Delay: e.Delay, Correction: s.servo.Correction()})
	}
	return c, c.Do != playback.Keep
}

// another forgets the film but not the device: another one is on.
func (s *screen) another() {
	s.servo.Reset()
	*s = screen{film: wire.FilmLoading, servo: s.servo, trim: s.trim, trail: s.trail}
}

// ample tells whether the film can go on for a while without the network.
func (s *screen) ample() bool {
	o := s.last
	rest := o.Duration > 0 && o.Position+o.Buffered >= o.Duration-500*time.Millisecond
	return o.Ready >= 4 || o.Ready >= 3 && (o.Buffered >= 3*time.Second || rest)
}

func (s *screen) ahead() time.Duration {
	if !s.seen {
		return 0
	}
	return clamp(max(s.last.Buffered, 0), time.Hour)
}

// standing tells whether the film stands where a paused Timeline wants it,
// with enough data to go on.
func (s *screen) standing(t playback.Timeline) bool {
	o := s.last
	return s.seen && s.film == wire.FilmReady && t.Paused() && o.Paused && !o.Seeking &&
		o.Ready >= 3 && (o.Position-t.Position).Abs() < 50*time.Millisecond
}

func (s *screen) condition(e clock.Estimate) wire.Condition {
	c := wire.Condition{Film: s.film, RTT: e.Delay}
	if s.film == wire.FilmReady && s.stalled {
		c.Film = wire.FilmStalled
	}
	if d, ok := s.servo.Offset(); ok && e.Ready {
		c.Offset, c.Measured = clamp(d, time.Hour), true
		c.Uncertainty = max(0, clamp(e.Uncertainty, time.Hour))
	}
	return c
}

func clamp(d, limit time.Duration) time.Duration { return max(-limit, min(limit, d)) }
