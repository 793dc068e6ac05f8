package rival

import "time"

// naive corrects nothing: each command goes to everybody with its position, and
// is obeyed when it comes. That is what a party is without a rule.
type naive struct {
	room *Room
	film film
}

// Naive is the rule that is none.
func Naive(r *Room) Rule { return &naive{room: r} }

func (n *naive) Joined(c *Client) { n.tell(c) }

func (n *naive) Asked(do Action, to time.Duration) {
	now := n.room.server()
	n.film = asked(n.film, now, do, to)
	for _, c := range n.room.Clients {
		n.tell(c)
	}
}

// asked is a film after a command.
func asked(f film, now time.Duration, do Action, to time.Duration) film {
	f.position, f.at = f.now(now), now
	switch do {
	case Play:
		f.playing = true
	case Pause:
		f.playing = false
	case Seek:
		f.position = to
	}
	return f
}

func (n *naive) tell(c *Client) {
	position, playing := n.film.now(n.room.server()), n.film.playing
	c.tell(func() {
		if !playing {
			c.pause()
			c.seek(position)
			return
		}
		if d := c.Position() - position; d.Abs() > time.Second {
			c.seek(position)
		}
		c.play()
	})
}

func (n *naive) Updated(*Client)   {}
func (n *naive) Stalled(*Client)   {}
func (n *naive) Recovered(*Client) {}
