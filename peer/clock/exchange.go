package clock

import "time"

const (
	burst       = 40
	burstEvery  = 50 * time.Millisecond
	youngEvery  = 250 * time.Millisecond
	youngFor    = 60 * time.Second
	steadyEvery = 500 * time.Millisecond
	// asleep is a gap between calls that means this device slept: its clock
	// may have stood still, and its network changed.
	asleep = 2 * time.Second
	// out is how many pings are remembered; an answer to an older one is late
	// beyond use.
	out = 64
)

// Exchange is a guest's side of the clock exchange: when to ask, which answers
// belong to what was asked, and the estimate from them. Forty questions at
// 20 Hz, then 4 Hz for a minute, then 2 Hz. Call Reset before the first use.
// It is not safe for concurrent use.
type Exchange struct {
	filter Filter
	n      uint32
	asked  [out]struct {
		n    uint32
		sent Local
		open bool
	}
	began Local
	next  Local
	last  Local
	left  int // of the burst
}

// Reset begins anew at now: another connection, another clock.
func (x *Exchange) Reset(now Local) {
	x.filter.Reset()
	for i := range x.asked {
		x.asked[i].open = false
	}
	x.began, x.next, x.last, x.left = now, now, now, burst
}

// Deadline is when the next question is due.
func (x *Exchange) Deadline() Local { return x.next }

// Ping tells whether a question is due at now, and its number; it then counts
// as sent at now.
func (x *Exchange) Ping(now Local) (n uint32, due bool) {
	if now.Sub(x.last) > asleep {
		x.Reset(now)
	}
	x.last = now
	if now < x.next {
		return 0, false
	}
	x.n++
	a := &x.asked[x.n%out]
	a.n, a.sent, a.open = x.n, now, true
	switch {
	case x.left > 0:
		x.left--
		x.next = now.Add(burstEvery)
	case now.Sub(x.began) < youngFor:
		x.next = now.Add(youngEvery)
	default:
		x.next = now.Add(steadyEvery)
	}
	return x.n, true
}

// Pong takes an answer. One that was not asked for, came twice, or cannot be
// true is dropped.
func (x *Exchange) Pong(n uint32, sent Local, received, replied Party, returned Local) {
	a := &x.asked[n%out]
	if !a.open || a.n != n || a.sent != sent {
		return
	}
	a.open = false
	x.filter.Add(Sample{Sent: sent, Received: received, Replied: replied, Returned: returned})
	if x.filter.n == 1 && x.left == 0 { // it began anew: another path, or a clock that stood still
		x.began, x.next, x.left = returned, returned, burst
	}
}

// Estimate tells what is known at now.
func (x *Exchange) Estimate(now Local) Estimate { return x.filter.Estimate(now) }
