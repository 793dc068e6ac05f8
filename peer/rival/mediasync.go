package rival

import "time"

// MediaSync's constants: timingsrc v3/test/mediasync/mediasync.js
// (update_func_playbackspeed and skip), at commit f8241be3.
const (
	mediasyncJump    = time.Second
	mediasyncAgain   = 150 * time.Millisecond // between two skips
	mediasyncForget  = 5 * time.Second        // a larger miss teaches nothing
	mediasyncSamples = 3
)

// mediasyncBands are gain and limit of the rate by the size of the error.
var mediasyncBands = [...]struct {
	over        time.Duration
	gain, limit float64
}{
	{500 * time.Millisecond, 0.75, 0.5},
	{100 * time.Millisecond, 0.75, 0.4},
	{25 * time.Millisecond, 0.60, 0.3},
	{0, 0.07, 0.02},
}

// The clock of a Shared Motion is not published. This one is at least as good
// as what is described: ten questions at 10 Hz, then one a second, and of the
// last 64 the one with the least delay.
const (
	mediasyncYoung  = 10
	mediasyncQuick  = 100 * time.Millisecond
	mediasyncSteady = time.Second
	mediasyncKeep   = 64
)

// mediasync follows a timing object (position, velocity, timestamp) that a
// server holds: at each timeupdate the mean of the last three errors sets the
// rate, in bands, and an error above a second is skipped, by as much more as
// the last skip fell short. Its code keeps one old error for ever, by a slip of
// splice; here it does what it means to.
type mediasync struct {
	room *Room
	film film
}

type mediasyncClient struct {
	clock   pings
	film    film
	samples []time.Duration
	skipped bool
	at      time.Duration // the last skip: when, by the client's clock
	to      time.Duration // where to
	adjust  time.Duration // and by how much more
}

// MediaSync is the rule of timingsrc's MediaSync.
func MediaSync(r *Room) Rule { return &mediasync{room: r} }

func (m *mediasync) of(c *Client) *mediasyncClient { return c.state.(*mediasyncClient) }

func (m *mediasync) Joined(c *Client) {
	c.state = &mediasyncClient{clock: pings{keep: mediasyncKeep}}
	m.poll(c)
	m.tell(c)
}

func (m *mediasync) poll(c *Client) {
	s := m.of(c)
	s.clock.exchange(c, func() {})
	every := mediasyncSteady
	if s.clock.n < mediasyncYoung {
		every = mediasyncQuick
	}
	c.wait(every, func() { m.poll(c) })
}

func (m *mediasync) Asked(do Action, to time.Duration) {
	m.film = asked(m.film, m.room.server(), do, to)
	for _, c := range m.room.Clients {
		m.tell(c)
	}
}

func (m *mediasync) tell(c *Client) {
	f := m.film
	c.tell(func() {
		s := m.of(c)
		s.film, s.samples, s.skipped = f, s.samples[:0], false
		m.follow(c)
	})
}

func (m *mediasync) Updated(c *Client) { m.follow(c) }

func (m *mediasync) follow(c *Client) {
	s := m.of(c)
	if s.clock.n == 0 && s.film.playing {
		return // the motion has no time yet
	}
	target := s.film.now(s.clock.server(c))
	if s.film.playing {
		c.play()
	} else {
		c.pause()
	}
	if c.observe().Seeking {
		return
	}
	diff := target - c.place()
	if !s.film.playing || diff.Abs() > mediasyncJump {
		m.skip(c, target)
		return
	}
	if s.samples = append(s.samples, diff); len(s.samples) < mediasyncSamples {
		return
	}
	s.samples = s.samples[len(s.samples)-mediasyncSamples:]
	var mean time.Duration
	for _, d := range s.samples {
		mean += d / mediasyncSamples
	}
	for _, b := range mediasyncBands {
		if mean.Abs() > b.over {
			if b.over > 0 {
				s.samples = s.samples[:0]
			}
			c.rate(1 + max(-b.limit, min(b.limit, b.gain*mean.Seconds())))
			return
		}
	}
}

func (m *mediasync) skip(c *Client, to time.Duration) {
	s, now := m.of(c), time.Duration(c.now())
	if now-s.at < mediasyncAgain {
		return
	}
	c.rate(1)
	if !s.film.playing {
		s.at, s.skipped = now, false
		c.seek(to)
		return
	}
	adjust := time.Duration(0)
	if s.skipped {
		adjust = s.adjust + s.to + now - s.at - c.place()
		if adjust.Abs() > mediasyncForget {
			adjust = 0
		}
	}
	s.at, s.to, s.adjust, s.skipped = now, to, adjust, true
	c.seek(to + adjust)
}

func (m *mediasync) Stalled(*Client) {}

// Recovered: the first look after data came is a timeupdate like any other.
func (m *mediasync) Recovered(c *Client) { m.of(c).samples = nil }
