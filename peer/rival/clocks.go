package rival

import "time"

// pings estimates a server's clock from the exchange with the least delay of
// the last few, which is what most systems that have a clock at all do.
type pings struct {
	keep  int
	round time.Duration // what stamps are rounded to: 1 ms for JavaScript's Date
	delay []time.Duration
	theta []time.Duration
	n     int // exchanges in all
}

func (p *pings) stamp(t time.Duration) time.Duration {
	if p.round > 0 {
		t = t / p.round * p.round
	}
	return t
}

// exchange asks the server for the time, and calls then with the answer taken
// in.
func (p *pings) exchange(c *Client, then func()) {
	sent := p.stamp(time.Duration(c.now()))
	c.ask(func() {
		there := p.stamp(c.room.server())
		c.tell(func() {
			back := p.stamp(time.Duration(c.now()))
			p.delay = append(p.delay, back-sent)
			p.theta = append(p.theta, (there-sent+there-back)/2)
			if len(p.delay) > p.keep {
				p.delay, p.theta = p.delay[1:], p.theta[1:]
			}
			p.n++
			then()
		})
	})
}

// best is the exchange that is believed; known is false before the first.
func (p *pings) best() (theta, delay time.Duration, known bool) {
	for i, d := range p.delay {
		if i == 0 || d < delay {
			theta, delay, known = p.theta[i], d, true
		}
	}
	return theta, delay, known
}

// server is the server's time by a client's clock.
func (p *pings) server(c *Client) time.Duration {
	theta, _, _ := p.best()
	return time.Duration(c.now()) + theta
}
