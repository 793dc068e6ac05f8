package playback

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// bands bound how much faster or slower the film may run for how large an
// error. A band is left downwards at 0.7 of where it was entered, and not
// within dwell, so that the film does not change its mind at an edge.
var bands = [...]struct {
	over time.Duration
	cap  float64
}{{0, 0.005}, {10 * time.Millisecond, 0.02}, {40 * time.Millisecond, 0.05}}

// correct jumps, and when jumps do not help stands and starts again.
func (s *Servo) correct(t Timeline, e clock.Estimate, now clock.Local, o Observation) Command {
	if now.Sub(s.hard) < patience {
		return Command{}
	}
	if now.Sub(s.hard) > 10*time.Second {
		s.jumps = 0
	}
	s.hard = now
	if s.jumps++; s.jumps > 1 {
		return s.start(t, e, now, o)
	}
	s.errors.clear()
	s.test.begin()
	s.began, s.jumped = now.Add(s.learned.jump()), true
	s.known = false
	at := now.Add(s.learned.jump())
	return Command{Do: Jump, Position: t.PositionAt(e.Party(at)), Rate: t.Rate, At: now}
}

// trim is the controller: proportional, with a slow integral for the drift of
// this device's clock against the host's.
func (s *Servo) trim(off time.Duration, t Timeline, now clock.Local) Command {
	gap := now.Sub(s.rateAt)
	if gap < rateGap {
		return Command{}
	}
	err := off.Seconds() / t.Rate // in seconds of party time, whatever the speed
	gain := kp
	early := now.Sub(s.began) < earlyFor
	switch {
	case early:
		gain = kpEarly
	case off.Abs() > kiWithin:
		gain = kpFar
	}
	if off.Abs() < kiWithin {
		s.integ -= ki * err * min(gap, time.Second).Seconds()
		s.integ = max(-kiMost, min(kiMost, s.integ))
	}
	want := s.integ
	if off.Abs() >= quiet {
		want -= gain * err
	}
	most := s.most(off.Abs(), now)
	if early { // a start is heard as one: nobody takes it for a wobble
		most = bands[len(bands)-1].cap
	}
	if s.hidden {
		// Observations are rare: a rate acts for long before its effect is seen.
		most = bands[0].cap
	}
	s.rateAt = now
	return s.setRate(t.Rate*(1+max(-most, min(most, want))), now)
}

// most is the cap of the band that the error is in.
func (s *Servo) most(size time.Duration, now clock.Local) float64 {
	b := s.band
	for b+1 < len(bands) && size >= bands[b+1].over {
		b++
	}
	for b > 0 && float64(size) < leaveAt*float64(bands[b].over) && now.Sub(s.bandAt) >= dwell {
		b--
	}
	if b != s.band {
		s.band, s.bandAt = b, now
	}
	return bands[b].cap
}

func (s *Servo) setRate(rate float64, now clock.Local) Command {
	if d := rate - s.rate; d < rateStep && d > -rateStep {
		return Command{}
	}
	s.rate, s.rateAt = rate, now
	s.test.turn()
	return Command{Do: Rate, Rate: rate, At: now}
}
