package rival

import "time"

// OpenTogetherTube's constants: client/src/views/Room.vue (timestampUpdater
// every 250 ms, a seek when more than a second off) and stores/room.ts
// (playbackStartTime is when the message arrived), at commit 1a0bf0a1.
const (
	ottEvery = 250 * time.Millisecond
	ottOver  = time.Second
)

// ott has no clock: a film began when the message that it began arrived. Films
// that are more than a second from there are moved, nearer ones let be.
type ott struct {
	room *Room
	film film
}

type ottClient struct {
	film film // by the client's own clock
}

// OpenTogetherTube is the rule of that site.
func OpenTogetherTube(r *Room) Rule { return &ott{room: r} }

func (o *ott) Joined(c *Client) {
	c.state = &ottClient{}
	o.tell(c)
	o.look(c)
}

func (o *ott) Asked(do Action, to time.Duration) {
	o.film = asked(o.film, o.room.server(), do, to)
	for _, c := range o.room.Clients {
		o.tell(c)
	}
}

func (o *ott) tell(c *Client) {
	f := film{position: o.film.now(o.room.server()), playing: o.film.playing}
	c.tell(func() {
		f.at = time.Duration(c.now())
		c.state.(*ottClient).film = f
		if f.playing {
			c.play()
		} else {
			c.pause()
		}
	})
}

// look runs for ever: a film that stands is looked after too.
func (o *ott) look(c *Client) {
	c.wait(ottEvery, func() {
		to := c.state.(*ottClient).film.now(time.Duration(c.now()))
		if d := to - c.place(); d.Abs() > ottOver && !c.observe().Seeking && !c.stalled {
			c.seek(to)
		}
		o.look(c)
	})
}

func (o *ott) Updated(*Client)   {}
func (o *ott) Stalled(*Client)   {}
func (o *ott) Recovered(*Client) {}
