package playback

import (
	"slices"
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// WaitRule is whether a room stands still for those whose film has no data.
type WaitRule uint8

// WaitAuto: a room of up to four waits for anybody, a larger one when a third
// of it has no data; else whoever lags catches up. WaitAlways, WaitNever: as
// they say. Whatever the rule, everybody waits for the host, who is the clock.
const (
	WaitAuto WaitRule = iota
	WaitAlways
	WaitNever
)

// The limits of patience, after Apple's AVPlaybackCoordinator, which lets a
// group wait by the reason of a stall and up to a limit.
const (
	// WaitMost is how long a room stands for the same people.
	WaitMost = 10 * time.Second

	waitAfter  = time.Second      // shorter stalls are caught up with
	smallRoom  = 4                // people: up to here WaitAuto waits for anybody
	largeShare = 0.34             // above it, for this share of the room
	healthyFor = 10 * time.Second // of data until one who was gone on without counts again
)

// Viewer is what Patience needs to know of one person's film, as it is now.
type Viewer struct {
	ID       uint32
	Host     bool
	Watching bool // was seen in its place once; a newcomer who still loads is not
	Stalled  bool // wants to play and has no data
}

// Patience decides whom a room waits for. It tells a pause from a stall by
// construction: it is only asked about films that should play, and it never
// waits for somebody who has not been watching, so that a late joiner stops
// nobody. The zero value is ready. It is not safe for concurrent use.
type Patience struct {
	viewers []viewer
	place   map[uint32]int // of an ID in viewers
}

type viewer struct {
	Viewer
	since   clock.Local // stalled: since when
	excused bool        // the room went on without
	healthy clock.Local // excused: since when there is data again
}

// See takes the newest news of one person.
func (p *Patience) See(now clock.Local, v Viewer) {
	i, known := p.place[v.ID]
	if !known {
		if p.place == nil {
			p.place = map[uint32]int{}
		}
		p.place[v.ID] = len(p.viewers)
		p.viewers = append(p.viewers, viewer{Viewer: v, since: now, healthy: now})
		return
	}
	o := &p.viewers[i]
	v.Watching = v.Watching || o.Watching
	switch {
	case v.Stalled && !o.Stalled:
		o.since = now
	case !v.Stalled && o.Stalled:
		o.healthy = now
	}
	o.Viewer = v
	if o.excused && !v.Stalled && now.Sub(o.healthy) >= healthyFor {
		o.excused = false
	}
}

// Forget drops a person who left.
func (p *Patience) Forget(id uint32) {
	p.viewers = slices.DeleteFunc(p.viewers, func(o viewer) bool { return o.ID == id })
	clear(p.place)
	for i, o := range p.viewers {
		p.place[o.ID] = i
	}
}

// Another film is on: nobody has watched it, nobody is late.
func (p *Patience) Another() { p.viewers, p.place = nil, nil }

// Excuse lets the room go on without these until they have been well for ten
// seconds.
func (p *Patience) Excuse(now clock.Local, ids ...uint32) {
	for i := range p.viewers {
		if slices.Contains(ids, p.viewers[i].ID) {
			p.viewers[i].excused, p.viewers[i].healthy = true, now
		}
	}
}

// Hold tells for whom a room that plays should stop now: nobody, mostly.
func (p *Patience) Hold(now clock.Local, rule WaitRule) []uint32 {
	var late []uint32
	for _, v := range p.viewers {
		if v.lags() && (v.Host || now.Sub(v.since) >= waitAfter) {
			late = append(late, v.ID)
		}
	}
	return p.worth(late, rule)
}

// Deadline is when Hold may tell something new though nothing happens.
func (p *Patience) Deadline() (clock.Local, bool) {
	var at clock.Local
	ok := false
	for _, v := range p.viewers {
		if v.lags() && (!ok || v.since.Add(waitAfter) < at) {
			at, ok = v.since.Add(waitAfter), true
		}
	}
	return at, ok
}

// Worth tells which of late a room that stands should go on standing for.
func (p *Patience) Worth(late []uint32, rule WaitRule) []uint32 {
	var known []uint32
	for _, v := range p.viewers {
		if v.Watching && !v.excused && slices.Contains(late, v.ID) {
			known = append(known, v.ID)
		}
	}
	return p.worth(known, rule)
}

func (v *viewer) lags() bool { return v.Watching && v.Stalled && !v.excused }

// worth applies the rule to people who lag.
func (p *Patience) worth(late []uint32, rule WaitRule) []uint32 {
	all := 0
	var host []uint32
	for _, v := range p.viewers {
		if v.Watching && !v.excused {
			all++
		}
		if v.Host && slices.Contains(late, v.ID) {
			host = []uint32{v.ID}
		}
	}
	switch {
	case len(late) == 0:
		return nil
	case rule == WaitAlways, rule == WaitAuto && all <= smallRoom:
		return late
	case rule == WaitAuto && float64(len(late)) > largeShare*float64(all):
		return late
	}
	return host
}
