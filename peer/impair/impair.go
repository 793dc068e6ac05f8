// Package impair makes a good network a bad one, for measurements: a packet
// connection whose packets are delayed, lost and bunched by a seeded model, in
// each direction by itself. The kernels of containers often have no netem, and
// this needs neither it nor root.
//
//	guest <---- real UDP ----> Conn{Back, Forth} <---- ICE, DTLS, SCTP of the host
//
// A [Probe] tells, by stamps of one clock at both ends, what a path really does;
// no figure should be believed that was measured without it.
package impair

import (
	"math/rand/v2"
	"time"
)

// Path is one direction. The zero value is perfect. Its packets keep their
// order, as they do in nearly all networks: a late one holds up those after it.
type Path struct {
	Delay  time.Duration // of every packet
	Jitter time.Duration // uniform, ± around Delay
	Normal time.Duration // standard deviation, added to Delay; both may be given
	Loss   float64       // share of packets, each by itself

	// Loss in bursts, by a chain of two states (Gilbert): the share of packets
	// at which a burst begins, and how many it takes on average.
	BurstEvery float64
	BurstFor   float64

	// A queue that somebody else fills: up to Bloat more delay, for a third of
	// each ten seconds.
	Bloat time.Duration
}

// draw is the fate of one packet that leaves at since the beginning.
type draw struct {
	path  Path
	rand  *rand.Rand
	burst bool
	last  time.Duration // when the packet before arrives
}

func newDraw(p Path, seed uint64) *draw {
	return &draw{path: p, rand: rand.New(rand.NewPCG(seed, 0x746f696c65))}
}

// next tells when a packet that leaves at since arrives, or that it is lost.
// Randomness is drawn for every packet alike, so that one seed is one network.
func (d *draw) next(since time.Duration) (arrives time.Duration, lost bool) {
	p, r := d.path, d.rand
	uniform, normal, loss, burst, queue := 2*r.Float64()-1, r.NormFloat64(), r.Float64(), r.Float64(), r.Float64()
	if d.burst {
		d.burst = burst >= 1/max(p.BurstFor, 1)
	} else {
		d.burst = burst < p.BurstEvery
	}
	if d.burst || loss < p.Loss {
		return 0, true
	}
	late := p.Delay + time.Duration(uniform*float64(p.Jitter)) + time.Duration(normal*float64(p.Normal))
	if since%(10*time.Second) < 10*time.Second/3 {
		late += time.Duration(queue * float64(p.Bloat))
	}
	d.last = max(d.last, since+max(late, 0))
	return d.last, false
}
