// Package luck is what happens to an evening without anybody's doing: what the
// network does to each packet, how late each element starts, how each clock
// drifts. It comes from one seed, and each piece of it is a function of where
// and when it happens, not of what happened before. So systems that send other
// packets at other times still live through the same evening, and what they
// make of it can be compared.
//
//	e := luck.Evening{Seed: 1, Network: impair.Conditions()[1]}
//	late, lost := e.Way(3, luck.Forth).Fate(at)   // a packet to person 3
//	film := e.Element(3, true)                    // what person 3 watches with
//
// Person 0 sits in the middle: the host of a star, or beside the server. The
// others are as far away as the network says.
package luck

import (
	"math"
	"time"

	"github.com/toile-party/toile/peer/impair"
)

// Begin is the instant at which evenings begin, in true time. It is not zero,
// so that clocks that stand for zero show.
const Begin = time.Hour

// Evening is one evening's luck. Copies of it are the same evening.
type Evening struct {
	Seed    uint64
	Network impair.Condition

	// Spread moves each person nearer or farther by up to this much each way.
	Spread time.Duration
	// Drift is how fast devices' clocks drift, one standard deviation; with
	// Opposite exactly so, every other one the other way.
	Drift    float64
	Opposite bool
	// Firefox gives every other guest its element: positions in steps of 40 ms,
	// told just after each step, quick starts, and rates that are exact whatever
	// becomes of the pitch.
	Firefox bool
	// Sawtooth is the period by which a sound card lets positions grow: they are
	// up to half of it too low or too high (Chromium on a real device: 10 ms).
	Sawtooth time.Duration
}

// The streams of luck of one person.
const (
	delayForth = iota
	delayBack
	burstsForth
	burstsBack
	distance
	drifting
	origin
	startOf
	startTime
	resumeTime
	seekTime
	jumpTime
	noise
	tick
	pictures
	streams
)

// mix spreads a number over all bits: splitmix64's finalizer (Steele, Lea and
// Flood, OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// unit is the k-th number of a stream, uniform in [0, 1).
func (e *Evening) unit(person, stream int, k uint64) float64 {
	s := mix(e.Seed ^ mix(uint64(person)*streams+uint64(stream)))
	return float64(mix(s+k)>>11) / (1 << 53)
}

// between is the same, between two durations.
func (e *Evening) between(person, stream int, k uint64, a, b time.Duration) time.Duration {
	return a + time.Duration(e.unit(person, stream, k)*float64(b-a))
}

// normal is the k-th number of a stream with mean 0 and deviation 1 (Box and
// Muller).
func (e *Evening) normal(person, stream int, k uint64) float64 {
	u, v := e.unit(person, stream, 2*k), e.unit(person, stream, 2*k+1)
	return math.Sqrt(-2*math.Log(1-u)) * math.Cos(2*math.Pi*v)
}

// Rate is how much faster than true a person's clock runs, as a share.
func (e *Evening) Rate(person int) float64 {
	switch {
	case person == 0:
		return e.Network.Drift
	case e.Opposite && person%2 == 0:
		return -e.Drift
	case e.Opposite:
		return e.Drift
	}
	return e.Drift * e.normal(person, drifting, 0)
}

// Origin is what a person's clock showed at true time zero: no two show the
// same.
func (e *Evening) Origin(person int) time.Duration {
	return e.between(person, origin, 0, 0, time.Hour)
}

// Tick is when, within a period, a person's timer fires.
func (e *Evening) Tick(person int, period time.Duration) time.Duration {
	return e.between(person, tick, 0, 0, period)
}

// Picture is how long after a film's k-th picture the next one is told of, when
// the film is at position. Chromium 156 tells of 46.6 of 60 pictures a second,
// and is late by more or less; Firefox 153 tells of 25, when its position moves.
func (e *Evening) Picture(person int, k uint64, position time.Duration) time.Duration {
	if e.isFirefox(person) {
		late := time.Duration(-0.4 * math.Log(1-e.unit(person, pictures, 3*k+1)) * float64(time.Millisecond))
		return stair - position%stair + late
	}
	gap := picture
	if e.unit(person, pictures, 3*k) < 0.29 {
		gap *= 2
	}
	return gap + e.between(person, pictures, 3*k+1, -2*time.Millisecond, 2*time.Millisecond)
}

const picture = time.Second / 60

func (e *Evening) isFirefox(person int) bool { return e.Firefox && person%2 == 1 }
