package playback

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Constants of the servo. Where none is named beside one, it was measured on
// Chromium and Firefox for this purpose.
const (
	kp        = 0.8 // of the error, per second
	kpFar     = 2.0 // of a large error
	kpEarly   = 8.0 // after a start, to cut its tail
	earlyFor  = 1500 * time.Millisecond
	ki        = 0.05                    // per second squared
	kiWithin  = 10 * time.Millisecond   // integrate small errors only
	kiMost    = 500e-6                  // of the rate: no clock drifts more
	quiet     = 300 * time.Microsecond  // errors below are noise
	rateStep  = 5e-5                    // smaller changes are not worth making
	rateGap   = 100 * time.Millisecond  // between two changes
	hardOver  = 400 * time.Millisecond  // beyond, a rate would take too long
	settling  = 90 * time.Millisecond   // after an element began to move: for up to 80 ms Chromium tells positions up to 60 ms ahead
	holdSlip  = 20 * time.Millisecond   // a paused film this near stands right
	holdWait  = 1000 * time.Millisecond // before a hold that had no effect is asked for again
	lookAgain = 100 * time.Millisecond  // at what is overdue
	retry     = 2 * time.Second         // before a start that had no effect is
	given     = 1500 * time.Millisecond // to a start before it counts as one that had none
	patience  = 1500 * time.Millisecond // between two hard corrections
)

const (
	leaveAt = 0.7
	dwell   = 300 * time.Millisecond
)

type mode uint8

const (
	idle     mode = iota // nothing was asked of the element yet
	holding              // told to stand
	starting             // told to start at an instant
	running              // plays; steered by its rate
)

// Servo steers one element. The zero value is ready. It is not safe for
// concurrent use.
type Servo struct {
	mode     mode
	timeline Timeline // the one that was acted on
	acted    bool
	at       clock.Local   // holding, starting: when it was told
	position time.Duration // holding: where to
	due      clock.Local   // starting: when the film is to move
	soughtIn bool          // starting: a seek came before
	stood    bool          // starting: it was seen to stand ready
	flowing  bool          // the element played since it was loaded or last sought
	measure  bool          // running: the start's error is still to be learned from
	began    clock.Local   // running: since when
	hard     clock.Local   // of the last hard correction
	jumps    int           // hard corrections in a row
	jumped   bool          // running: the last jump's latency is still to be learned from
	stalled  bool
	hidden   bool

	test    selfTest
	ambush  bool // the next correction is to stand and start again
	errors  window
	lastAt  clock.Local // of the last observation taken
	steered clock.Local // the last call
	integ   float64     // share of the rate
	rate    float64     // last one asked for
	rateAt  clock.Local
	band    int
	bandAt  clock.Local
	offset  time.Duration
	known   bool
	learned latencies
}

// Reset forgets the element, but not what was learned of this device: another
// film is on.
func (s *Servo) Reset() {
	t := s.test
	t.begin()
	*s = Servo{learned: s.learned, test: t}
}

// Resync forgets what was seen of a running film, and puts it in its place
// anew: somebody asked for it.
func (s *Servo) Resync() {
	s.errors.clear()
	s.test.pardon()
	s.ambush = true
}

// Safe tells whether rates do here what they say. Where they do not, errors of
// up to 40 ms are let be, and larger ones are mended by a stop and a start.
func (s *Servo) Safe() bool { return !s.test.unsafe }

// Correction is how much faster than the Timeline the film was last told to
// run, as a share.
func (s *Servo) Correction() float64 {
	if s.mode != running || s.timeline.Rate == 0 {
		return 0
	}
	return s.rate/s.timeline.Rate - 1
}

// Offset is how far the film is from where it should be, smoothed; positive is
// ahead. ok is false while that is not known.
func (s *Servo) Offset() (d time.Duration, ok bool) { return s.offset, s.known }

// Deadline tells when Steer wants to be called though nothing happened.
func (s *Servo) Deadline() (clock.Local, bool) {
	// What is overdue waits for the element, a seek without data say: then it
	// is looked at again in a while, and not at once for ever.
	soon := s.steered.Add(lookAgain)
	switch s.mode {
	case starting:
		return max(s.due.Add(given), s.at.Add(given), soon), true
	case holding:
		if !s.known {
			return max(s.at.Add(holdWait), soon), true
		}
	}
	return 0, false
}

// Steer tells what to do with the element, given the newest Timeline, clock
// and observation. It may be called as often as one likes, with the same
// observation again too.
func (s *Servo) Steer(t Timeline, e clock.Estimate, now clock.Local, o Observation) Command {
	s.steered = now
	s.learned.prompt = o.Prompt
	if o.Seeking { // a start after a seek takes longer: the sound's buffers are empty
		s.flowing = false
	}
	fresh := o.At > s.lastAt
	if fresh {
		s.lastAt = o.At
	}
	// Which of two Timelines is newer, the party knows: a host that came back begins again at its first.
	changed := !s.acted || t.Epoch != s.timeline.Epoch || t.Rev != s.timeline.Rev || t.Media != s.timeline.Media
	if t.Paused() {
		return s.stand(t, now, o, changed)
	}
	if !e.Ready {
		return Command{}
	}
	if o.Duration > 0 && t.PositionAt(e.Party(now)) >= o.Duration {
		s.known = false // past the end there is nothing to follow
		return Command{}
	}
	if changed {
		was := s.timeline
		s.timeline, s.acted = t, true
		if s.mode != running || e.Local(t.Anchor) > now || o.Paused {
			return s.start(t, e, now, o)
		}
		// Another rate while it plays: the error is taken up from here.
		s.errors.clear()
		s.test.begin()
		s.integ *= t.Rate / max(was.Rate, 0.01)
		return s.setRate(t.Rate*(1+s.integ), now)
	}
	switch s.mode {
	case idle, holding:
		return s.start(t, e, now, o)
	case starting:
		return s.await(t, e, now, o)
	}
	if !fresh {
		return Command{}
	}
	return s.follow(t, e, now, o)
}

// stand keeps a paused film on its position.
func (s *Servo) stand(t Timeline, now clock.Local, o Observation, changed bool) Command {
	position := t.Position
	if o.Duration > 0 {
		position = min(position, o.Duration)
	}
	off := o.Position - position
	right := o.Paused && !o.Seeking && off.Abs() <= holdSlip ||
		o.Ended && off.Abs() <= 250*time.Millisecond // the last frame's length differs between browsers
	if changed || s.mode != holding || position != s.position {
		s.timeline, s.acted = t, true
		s.mode, s.at, s.position = holding, now, position
		s.known, s.stalled = false, false
		s.errors.clear()
		s.rate = 0
		return Command{Do: Hold, Position: position, Rate: 1, At: now}
	}
	if o.At <= s.at {
		if now.Sub(s.at) < holdWait {
			return Command{}
		}
	} else if right {
		s.offset, s.known = off, true
		return Command{}
	} else if now.Sub(s.at) < holdWait || o.Seeking {
		return Command{}
	}
	s.at = now
	s.known = false
	return Command{Do: Hold, Position: position, Rate: 1, At: now}
}

// start plans an ambush: the element stands ready on a position a little
// ahead, and plays at the very instant the film gets there. That turns a
// seek's unknown length into a start's known one.
func (s *Servo) start(t Timeline, e clock.Estimate, now clock.Local, o Observation) Command {
	s.due = e.Local(t.Anchor)
	position := t.Position
	if s.due <= now {
		s.due = now.Add(s.learned.lead())
		position = t.PositionAt(e.Party(s.due))
		if o.Duration > 0 && position >= o.Duration {
			return Command{}
		}
	}
	seeks := (o.Position - position).Abs() > 5*time.Millisecond
	s.soughtIn = seeks || !s.flowing
	s.mode, s.at, s.known, s.stalled, s.stood = starting, now, false, false, false
	s.rate = t.Rate
	s.errors.clear()
	s.test.begin()
	s.test.retry(now)
	at := s.due.Add(-s.learned.start(s.soughtIn, o.Muted))
	if !seeks { // it stands a little before or behind, and starts from there
		at = at.Add(time.Duration(float64(o.Position-position) / t.Rate))
	}
	return Command{Do: Start, Position: position, Rate: t.Rate, At: at}
}

// await waits for a start to have its effect.
func (s *Servo) await(t Timeline, e clock.Estimate, now clock.Local, o Observation) Command {
	moving := o.At > s.at && o.At > s.due && !o.Paused && !o.Seeking && !o.Waiting && o.Ready >= 2
	if moving {
		s.mode, s.began, s.measure = running, o.At, true
		s.flowing, s.band, s.rateAt = true, 0, now
		s.hard = max(s.hard, s.due)
		return Command{}
	}
	if now.Sub(max(s.due, s.at)) < given {
		if !s.stood && o.At > s.at && o.Paused && !o.Seeking && o.Ready >= 3 {
			s.stood = true
			s.learned.ready(o.At.Sub(s.at))
		}
		return Command{}
	}
	if o.Ready < 3 || o.Seeking || now.Sub(s.at) < retry {
		return Command{} // no data yet: a new start would only seek again
	}
	return s.start(t, e, now, o)
}

// follow keeps a running film on the Timeline.
func (s *Servo) follow(t Timeline, e clock.Estimate, now clock.Local, o Observation) Command {
	switch {
	case o.Paused:
		if now.Sub(s.at) < retry {
			return Command{}
		}
		return s.start(t, e, now, o)
	case o.Seeking, o.Waiting, o.Ready < 2:
		s.stalled, s.known = true, false
		s.errors.clear()
		s.test.begin()
		return Command{}
	case o.At < s.began.Add(settling):
		return Command{}
	}
	if s.stalled { // it plays again: where, is known after it settled
		s.stalled = false
		s.began, s.measure = o.At, false
		return Command{}
	}
	if s.hidden != o.Hidden { // other observations come now, of another kind
		s.hidden = o.Hidden
		s.errors.clear()
		s.test.begin()
	}
	raw := o.Position - t.PositionAt(e.Party(o.At))
	s.errors.add(o.At, o.Position, raw, s.rate-t.Rate)
	if !o.Hidden && o.At.Sub(s.began) >= probeAfter {
		s.test.add(o.At, raw, s.errors.push-s.errors.pending(o.At), s.errors.stair())
	}
	if s.ambush {
		s.ambush = false
		return s.start(t, e, now, o)
	}
	off, ok := s.errors.estimate(o.At)
	if !ok {
		return Command{}
	}
	s.offset, s.known = off, true
	s.learn(off, t, o)
	switch size := off.Abs(); {
	case size > hardOver:
		return s.correct(t, e, now, o)
	case s.test.unsafe && size > unsafeWithin && now.Sub(s.hard) >= patience:
		s.hard = now
		return s.start(t, e, now, o)
	case s.test.unsafe:
		return s.setRate(t.Rate, now)
	}
	return s.trim(off, t, now)
}

// learn takes the error of a start or a jump as news of what they cost here.
func (s *Servo) learn(off time.Duration, t Timeline, o Observation) {
	late := time.Duration(-float64(off) / t.Rate)
	if s.measure {
		s.measure = false
		// What a busy page was late by is not the element's, and not the same the next time.
		s.learned.started(s.soughtIn, o.Muted, late-o.Late)
	}
	if s.jumped {
		s.jumped = false
		s.learned.jumped(late)
	}
}
