package playback

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// VirtualPlayer is a media element without a screen: the same Commands go in,
// the same Observations come out. Native peers steer one, and simulations give
// it the faults of real ones. The zero value is perfect, ready, and plays a
// film without end. It is not safe for concurrent use.
type VirtualPlayer struct {
	StartLatency func() time.Duration              // from play() to the film moving, first and after a seek; nil: none
	Resume       func() time.Duration              // the same where it only was paused; nil: none
	SeekLatency  func() time.Duration              // nil: none
	Busy         func() time.Duration              // by how much a Start is called late; nil: not at all
	Gain         func(rate float64) float64        // what a rate really does; nil: what it says
	RateLatency  time.Duration                     // until a change of the rate acts
	Disturb      func() time.Duration              // what a change of the rate loses; nil: nothing
	Noise        func(clock.Local) time.Duration   // on what Position says; nil: none
	Report       func(time.Duration) time.Duration // how positions are told, a staircase say; nil: as they are
	Duration     time.Duration                     // 0: without end
	Muted        bool
	Hidden       bool
	Prompt       bool
	StallUntil   clock.Local // no data until then

	at      clock.Local   // position holds here
	place   time.Duration // of the film
	rate    float64
	changes []change // of the rate, that do not act yet
	playing bool
	flowing bool        // it played since it was sought
	seeking clock.Local // until then
	moves   clock.Local // playing: from then on
	pending *Command    // a Start that waits for its instant
	call    clock.Local // pending: when that will be
	late    time.Duration
}

type change struct {
	at   clock.Local
	rate float64
}

// Apply does what c says, at now.
func (p *VirtualPlayer) Apply(now clock.Local, c Command) {
	p.advance(now)
	switch c.Do {
	case Hold:
		p.playing, p.pending = false, nil
		p.seek(now, c.Position)
	case Start:
		p.playing = false
		p.seek(now, c.Position)
		p.pending, p.call = &c, c.At.Add(latency(p.Busy))
		p.advance(now)
	case Rate:
		if p.Disturb != nil && p.playing && c.Rate != p.rate {
			p.place -= p.Disturb()
		}
		p.changes = append(p.changes, change{now.Add(p.RateLatency), c.Rate})
		p.advance(now)
	case Jump:
		p.seek(now, c.Position)
		p.moves = max(p.moves, p.seeking)
	}
}

func (p *VirtualPlayer) seek(now clock.Local, to time.Duration) {
	if p.Duration > 0 {
		to = min(to, p.Duration)
	}
	if (to - p.place).Abs() <= 5*time.Millisecond {
		return
	}
	p.place, p.flowing = to, false
	p.seeking = now.Add(latency(p.SeekLatency))
}

func latency(f func() time.Duration) time.Duration {
	if f == nil {
		return 0
	}
	return f()
}

// advance moves the film on to now.
func (p *VirtualPlayer) advance(now clock.Local) {
	if c := p.pending; c != nil {
		if due := max(p.call, p.seeking); due <= now {
			p.pending, p.late = nil, due.Sub(c.At)
			p.playing, p.rate, p.changes = true, c.Rate, p.changes[:0]
			p.moves = due.Add(latency(p.StartLatency))
			if p.flowing {
				p.moves = due.Add(latency(p.Resume))
			}
			p.flowing = true
			p.at = p.moves
		}
	}
	for len(p.changes) > 0 && p.changes[0].at <= now {
		p.move(p.changes[0].at)
		p.rate, p.changes = p.changes[0].rate, p.changes[1:]
	}
	p.move(now)
}

// move is advance at one rate.
func (p *VirtualPlayer) move(now clock.Local) {
	if from := max(p.at, p.moves, p.StallUntil); p.playing && now > from {
		rate := p.rate
		if p.Gain != nil {
			rate = p.Gain(rate)
		}
		p.place += time.Duration(float64(now.Sub(from)) * rate)
		if p.Duration > 0 && p.place >= p.Duration {
			p.place, p.playing = p.Duration, false
		}
	}
	p.at = max(p.at, now)
}

// Position is where the film truly is at now.
func (p *VirtualPlayer) Position(now clock.Local) time.Duration {
	p.advance(now)
	return p.place
}

// Pending tells whether a Start waits for its instant.
func (p *VirtualPlayer) Pending() bool { return p.pending != nil }

// Observe tells what the element says of itself at now.
func (p *VirtualPlayer) Observe(now clock.Local) Observation {
	p.advance(now)
	o := Observation{
		At: now, Position: p.place, Duration: p.Duration, Buffered: 10 * time.Second, Rate: p.rate, Ready: 4,
		Paused: !p.playing, Seeking: now < p.seeking, Muted: p.Muted, Hidden: p.Hidden, Prompt: p.Prompt, Late: p.late,
		Ended: p.Duration > 0 && p.place == p.Duration,
	}
	if p.playing && p.Noise != nil {
		o.Position = max(0, o.Position+p.Noise(now))
	}
	if p.Report != nil {
		o.Position = p.Report(o.Position)
	}
	if now < p.StallUntil {
		o.Waiting, o.Ready, o.Buffered = p.playing, 2, 0
	}
	return o
}
