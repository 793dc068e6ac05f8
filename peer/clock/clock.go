// Package clock answers one question: what time is it for the host?
//
// A guest exchanges four stamps with the host many times over (RFC 5905
// section 8), and a [Filter] makes an [Estimate] of the offset between the two
// clocks from them. The package is pure: time is passed in.
//
// # Stamps
//
// The guest notes Sent when it hands the question to its channel, which is
// unordered and unreliable, so that no question waits behind a lost one. The
// host notes Received when the question comes off the wire and Replied when it
// hands over the answer; the guest notes Returned when the answer comes off the
// wire. In a browser that is the event's timeStamp, which is made before any
// code of the page runs. With
//
//	forth = Received - Sent      back = Returned - Replied
//
// each is a one-way delay plus or minus the offset, which is (forth - back)/2
// when both ways take equally long. An [Exchange] asks forty times at 20 Hz,
// then at 4 Hz for a minute, then at 2 Hz: the burst makes a first estimate
// within half a second, and eight samples are enough to steer by.
//
// # Which samples to believe
//
// The usual rules take the sample with the least round trip of the last eight
// (RFC 5905's clock filter; Jellyfin's SyncPlay) or an average of all. The
// first is best where delay is queueing, that is never negative; the second
// where it is symmetric noise. They are wrong by 5 to 15 ms where the other
// holds, at 100 ms of round trip and 10 to 20 ms of jitter (see the
// tests, and make bench-sync). So the data choose:
//
//  1. The samples of the last 60 s are kept, 384 at most.
//  2. For each share q of 0 (the least alone), 0.02, 0.05, 0.1, 0.25, 0.5 and 1:
//     the mean of the fastest q of all forth delays, and by itself that of the
//     back delays, give an offset, half their difference. Taking each way by
//     itself uses a fast packet though its answer was slow.
//  3. The same is done in six interleaved blocks of the samples (every sixth),
//     and the q whose six offsets vary least is taken: what differs between the
//     blocks is chance.
//  4. The standard error is that of the mean of six such offsets, times 1.6:
//     the least of seven variances looks smaller than it is. What is
//     published, Uncertainty, is two of it, with the drift's own and whatever
//     the slew below still hides.
//
// # Drift
//
// Two crystals differ by up to 50 parts per million, 3 ms in a minute, so that
// half of a minute's samples would be 1.5 ms old. Every ten seconds the offset
// of that block becomes a point; the slope of the last ten minutes is the median
// of the slopes between all pairs of points (Theil 1950, Sen 1968), weighed
// against a prior of 0 with a standard deviation of 15 ppm by the scatter about
// the line. All samples are carried on by the slope before step 2. With it the
// error at a drift of 50 ppm falls from 0.5 to 0.06 ms on a quiet network.
//
// # When the estimate may move
//
// For 8 s after a reset a better estimate is taken as it is. Later it is slewed
// by at most 0.5 ms a second, for a film follows it; only a change of 20 ms or
// more is taken at once. Samples that all contradict the estimate by more than
// 50 ms beyond half their round trip, for 1 s, mean another path or a clock that
// stood still, and begin anew with another burst; so does a gap of 2 s between two calls (this
// device slept), and whoever knows of another path calls Reset.
//
// # What cannot be known
//
// No exchange of messages can see a path that takes longer one way than back:
// half the difference stays in the offset, unnoticed (30 ms there and 70 back:
// 20 ms, for every rule there is). It is at most half the round trip, and the
// same for all who share the path.
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
