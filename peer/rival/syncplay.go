package rival

import "time"

// Syncplay's constants: syncplay/constants.py and protocols.py (PingService),
// at commit 9fdeea32, version 1.7.
const (
	syncplayState       = time.Second             // SERVER_STATE_INTERVAL
	syncplayWeight      = 0.85                    // PING_MOVING_AVERAGE_WEIGHT
	syncplayRewind      = 4 * time.Second         // DEFAULT_REWIND_THRESHOLD: ahead
	syncplayForward     = 5 * time.Second         // DEFAULT_FASTFORWARD_THRESHOLD: behind
	syncplayBehind      = 1750 * time.Millisecond // FASTFORWARD_BEHIND_THRESHOLD: for so long
	syncplayExtra       = 250 * time.Millisecond  // FASTFORWARD_EXTRA_TIME
	syncplaySlow        = 1500 * time.Millisecond // DEFAULT_SLOWDOWN_KICKIN_THRESHOLD: ahead
	syncplayRate        = 0.95                    // SLOWDOWN_RATE
	syncplayReset       = 100 * time.Millisecond  // SLOWDOWN_RESET_THRESHOLD
	syncplayStale       = time.Second             // Room.getPosition: older news than this is taken anew
	syncplayNeverBefore = -1
)

// syncplay drives native players by states that come once a second. It has no
// clock, but an estimate of how old a state is: half the smoothed round trip,
// and what a client's own is longer by. The room is where its slowest watcher
// is. Only seconds are corrected: one to two are called normal.
type syncplay struct {
	room   *Room
	film   film
	update time.Duration // when film was last taken from a watcher
}

type syncplayClient struct {
	here, there syncplayPing // as the client measures, and as the server does
	told        bool         // the client had its first state
	paused      bool         // what it was last told
	slowed      bool
	behind      time.Duration // since when, by its clock
	heard       bool          // the server had its first answer
	place       film          // what that said, by the server's clock
}

// syncplayPing is PingService: how old what the other end says is taken to be.
type syncplayPing struct{ rtt, average, age time.Duration }

func (p *syncplayPing) take(rtt, theirs time.Duration) {
	if p.average == 0 {
		p.average = rtt
	}
	p.rtt = rtt
	p.average = time.Duration(syncplayWeight*float64(p.average) + (1-syncplayWeight)*float64(rtt))
	p.age = p.average / 2
	if theirs > 0 && theirs < rtt {
		p.age += rtt - theirs
	}
}

// Syncplay is the rule of Syncplay 1.7 on a native player, whose speed is
// exact.
func Syncplay(r *Room) Rule {
	s := &syncplay{room: r}
	return s
}

func (s *syncplay) of(c *Client) *syncplayClient { return c.state.(*syncplayClient) }

func (s *syncplay) Joined(c *Client) {
	c.state = &syncplayClient{behind: syncplayNeverBefore}
	s.state(c)
}

// state sends one state each second, for ever.
func (s *syncplay) state(c *Client) {
	s.send(c, false)
	s.room.After(syncplayState, func() { s.state(c) })
}

// position is Room.getPosition: the slowest watcher's, when the last news is
// older than a second.
func (s *syncplay) position() time.Duration {
	now := s.room.server()
	if now-s.update > syncplayStale {
		first := true
		for _, c := range s.room.Clients {
			st := s.of(c)
			if !st.heard {
				continue
			}
			if p := st.place.now(now); first || p < s.film.position {
				s.film.position, first = p, false
			}
		}
		if !first {
			s.film.at, s.update = now, now
		}
	}
	return s.film.now(now)
}

func (s *syncplay) Asked(do Action, to time.Duration) {
	now := s.room.server()
	s.film = asked(film{at: s.film.at, position: s.film.position, playing: s.film.playing}, now, do, to)
	s.update = now
	for _, c := range s.room.Clients {
		st := s.of(c)
		st.place = film{at: now, position: s.film.position, playing: s.film.playing}
		s.send(c, do == Seek)
	}
}

// send sends a state, and takes the client's answer.
func (s *syncplay) send(c *Client, seek bool) {
	st := s.of(c)
	position, playing, sent := s.position(), s.film.playing, s.room.server()
	theirs := st.there.rtt
	c.tell(func() {
		s.obey(c, position, playing, seek)
		asked, place, mine := time.Duration(c.now()), c.place(), st.here.rtt
		c.ask(func() {
			now := s.room.server()
			st.there.take(now-sent, mine)
			if s.film.playing {
				place += st.there.age
			}
			st.place, st.heard = film{at: now, position: place, playing: s.film.playing}, true
			c.tell(func() { st.here.take(time.Duration(c.now())-asked, theirs) }) // its stamp comes back
		})
	})
}

// obey is _changePlayerStateAccordingToGlobalState of client.py.
func (s *syncplay) obey(c *Client, position time.Duration, playing, seek bool) {
	st := s.of(c)
	if playing {
		position += st.here.age
	}
	diff := c.place() - position
	changed := st.paused == playing || !st.told
	switch {
	case !st.told:
		st.told = true
		c.seek(position)
	case seek:
		c.seek(position)
	case diff > syncplayRewind:
		c.seek(position)
	case diff < -syncplayForward:
		now := time.Duration(c.now())
		if st.behind == syncplayNeverBefore {
			st.behind = now
		}
		if now-st.behind > syncplayBehind {
			st.behind = syncplayNeverBefore
			c.seek(position + syncplayExtra)
		}
	default:
		st.behind = syncplayNeverBefore
	}
	if playing && !seek {
		if diff > syncplaySlow && !st.slowed {
			st.slowed = true
			c.rate(syncplayRate)
		} else if st.slowed && diff < syncplayReset {
			st.slowed = false
			c.rate(1)
		}
	}
	st.paused = !playing
	if !changed {
		return
	}
	if playing {
		c.play()
	} else {
		c.pause()
		c.seek(position) // SYNC_ON_PAUSE
	}
}

func (s *syncplay) Updated(*Client)   {}
func (s *syncplay) Stalled(*Client)   {}
func (s *syncplay) Recovered(*Client) {}
