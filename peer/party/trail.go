package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// TrailPoint is one moment of a person's own sync, for a plot.
type TrailPoint struct {
	At         clock.Local
	Offset     time.Duration // of the film; positive: ahead
	Delay      time.Duration // the shortest round trip to the host
	Correction float64       // of the rate, as a share
}

const (
	trailEvery = 500 * time.Millisecond
	trailMost  = 360 // three minutes
)

// trail keeps the last minutes. What it gave out is never changed: when its
// array is full, the newer half moves to another.
type trail struct{ points []TrailPoint }

func (t *trail) add(p TrailPoint) {
	n := len(t.points)
	if n > 0 && p.At.Sub(t.points[n-1].At) < trailEvery {
		return
	}
	if n == 2*trailMost {
		t.points = append(make([]TrailPoint, 0, 2*trailMost), t.points[trailMost:]...)
	}
	t.points = append(t.points, p)
}

// last is what there is to plot, oldest first.
func (t *trail) last() []TrailPoint {
	return t.points[max(0, len(t.points)-trailMost):]
}
