// Package clock answers one question: what time is it for the host?
//
// A guest exchanges four stamps with the host many times over (RFC 5905
// section 8), and a [Filter] makes an [Estimate] of the offset between the two
// clocks from them. The package is pure: time is passed in.
//
// What no exchange of messages can see is a path that takes longer one way
// than back: half the difference stays in the offset, unnoticed. It is at most
// half the round trip.
package clock

import "time"

// Local is nanoseconds on this device's monotonic clock, performance.now() in
// a browser. Never the time of day: that jumps.
type Local int64

// Party is nanoseconds on the host's clock since the party began. The compiler
// keeps it apart from Local; only an [Estimate] turns one into the other.
type Party int64

// Add returns t+d.
func (t Local) Add(d time.Duration) Local { return t + Local(d) }

// Sub returns t-u.
func (t Local) Sub(u Local) time.Duration { return time.Duration(t - u) }

// Add returns t+d.
func (t Party) Add(d time.Duration) Party { return t + Party(d) }

// Sub returns t-u.
func (t Party) Sub(u Party) time.Duration { return time.Duration(t - u) }

// Sample is one exchange: sent and returned here, received and replied there.
type Sample struct {
	Sent              Local
	Received, Replied Party
	Returned          Local
}

// possible tells whether the stamps can have come about: nothing arrives
// before it left, and the host did not keep it longer than it was away.
func (s Sample) possible() bool {
	away, kept := s.Returned.Sub(s.Sent), s.Replied.Sub(s.Received)
	return away >= 0 && away <= time.Minute && kept >= 0 && kept <= away+time.Millisecond
}

// Estimate is what is known of the host's clock.
type Estimate struct {
	Offset      time.Duration // Party = Local + Offset
	Uncertainty time.Duration // two standard errors of Offset, asymmetry not counted
	Drift       float64       // seconds that the host's clock gains on this one, per second
	Delay       time.Duration // the shortest round trip of the last minute
	OneWayP95   time.Duration // from the host to here, the 95th percentile of the last seconds
	Samples     int
	Ready       bool // good enough to steer by
}

// Party is what the host's clock shows at t.
func (e Estimate) Party(t Local) Party { return Party(t) + Party(e.Offset) }

// Local is when the host's clock shows p.
func (e Estimate) Local(p Party) Local { return Local(p) - Local(e.Offset) }

// HostEstimate is the host's own clock, known exactly: the party began at
// start.
func HostEstimate(start Local) Estimate {
	return Estimate{Offset: -time.Duration(start), Samples: 1, Ready: true}
}
