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
}

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
	c := s.servo.Steer(t, e, now, s.last)
	return c, c.Do != playback.Keep
}

// another forgets everything: another film is on.
func (s *screen) another() { *s = screen{film: wire.FilmLoading} }

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
	}
	return c
}

func clamp(d, limit time.Duration) time.Duration { return max(-limit, min(limit, d)) }
