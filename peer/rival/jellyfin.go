package rival

import "time"

// Jellyfin SyncPlay's constants: jellyfin-web, src/plugins/syncPlay/core:
// timeSync/TimeSync.js and PlaybackCore.js; HtmlVideoPlayer.js for buffering;
// the server's SyncPlay/Group.cs for the lead (DefaultPing, at commit
// c3ed1407).
const (
	jellyfinTracked    = 8                       // NumberOfTrackedMeasurements
	jellyfinGreedy     = time.Second             // PollingIntervalGreedy
	jellyfinGreedyFor  = 3                       // GreedyPingCount
	jellyfinLow        = time.Minute             // PollingIntervalLowProfile
	jellyfinMinSpeedTo = 60 * time.Millisecond   // minDelaySpeedToSync
	jellyfinMaxSpeedTo = 3000 * time.Millisecond // maxDelaySpeedToSync
	jellyfinSpeedFor   = 1000 * time.Millisecond // speedToSyncDuration
	jellyfinMinSkip    = 400 * time.Millisecond  // minDelaySkipToSync
	jellyfinMinSpeed   = 0.2
	jellyfinEvery      = jellyfinMaxSpeedTo / 2 // between two looks, and after a start
	jellyfinBuffering  = 3 * time.Second        // of waiting until it is told
	jellyfinLead       = 500 * time.Millisecond // DefaultPing: the least between an unpause and its instant
)

// jellyfin: a clock by the least delay of eight requests, three of them at once
// and then one a minute, in whole milliseconds; starts at an instant to come;
// while it plays, every 1.5 s, an error above 60 ms is made up for within a
// second by playing as much faster. Whoever joins or has no data pauses
// everybody.
type jellyfin struct {
	room    *Room
	correct bool
	film    film
	resume  bool             // play when nobody is waited for any more
	waits   map[*Client]bool // for whom
	turn    int              // of commands
}

type jellyfinClient struct {
	clock     pings
	ping      time.Duration // as the server knows it
	film      film          // the last command, by the server's clock
	turn      int
	enabled   bool
	looked    time.Duration // by the client's clock
	buffering bool
}

// Jellyfin is SyncPlay with the correction of running films on, which is not
// how it ships since 10.10.
func Jellyfin(r *Room) Rule { return &jellyfin{room: r, correct: true, waits: map[*Client]bool{}} }

// JellyfinShipped is SyncPlay as it ships: enableSyncCorrection is false.
func JellyfinShipped(r *Room) Rule { return &jellyfin{room: r, waits: map[*Client]bool{}} }

func (j *jellyfin) of(c *Client) *jellyfinClient { return c.state.(*jellyfinClient) }

func (j *jellyfin) Joined(c *Client) {
	s := &jellyfinClient{clock: pings{keep: jellyfinTracked, round: time.Millisecond}}
	c.state = s
	c.wait(jellyfinGreedy, func() { j.poll(c) })
	if !j.film.playing {
		j.send(c, Pause)
		return
	}
	// Group.SetIgnoreGroupWait, WaitingGroupState: a newcomer is waited for.
	j.hold(c)
}

func (j *jellyfin) poll(c *Client) {
	s := j.of(c)
	s.clock.exchange(c, func() {
		if _, delay, ok := s.clock.best(); ok {
			c.ask(func() { s.ping = delay / 2 })
		}
		next := jellyfinGreedy
		if s.clock.n > jellyfinGreedyFor {
			next = jellyfinLow
		}
		c.wait(next, func() { j.poll(c) })
	})
}

func (j *jellyfin) Asked(do Action, to time.Duration) {
	now := j.room.server()
	switch do {
	case Play:
		j.unpause()
	case Pause:
		j.film = asked(j.film, now, Pause, 0)
		j.broadcast(Pause)
	case Seek:
		j.resume = j.film.playing
		j.film = film{at: now, position: to}
		for _, c := range j.room.Clients {
			j.waits[c] = true
		}
		j.broadcast(Seek)
	}
}

// unpause plays at an instant to come: twice the longest ping, and never less
// than half a second.
func (j *jellyfin) unpause() {
	lead := jellyfinLead
	for _, c := range j.room.Clients {
		lead = max(lead, 2*j.of(c).ping)
	}
	j.resume = false
	j.film = film{at: j.room.server() + lead, position: j.film.position, playing: true}
	j.broadcast(Play)
}

// hold pauses everybody for one.
func (j *jellyfin) hold(c *Client) {
	j.resume = j.resume || j.film.playing
	j.waits[c] = true
	if j.film.playing {
		j.film = asked(j.film, j.room.server(), Pause, 0)
	}
	j.broadcast(Pause)
}

// ready is a client that stands where it should.
func (j *jellyfin) ready(c *Client) {
	delete(j.waits, c)
	if len(j.waits) == 0 && j.resume {
		j.unpause()
	}
}

func (j *jellyfin) broadcast(do Action) {
	j.turn++
	for _, c := range j.room.Clients {
		j.send(c, do)
	}
}

func (j *jellyfin) send(c *Client, do Action) {
	f, turn := j.film, j.turn
	c.tell(func() { j.obey(c, do, f, turn) })
}

// obey is PlaybackCore's schedulePause, scheduleUnpause and scheduleSeek.
func (j *jellyfin) obey(c *Client, do Action, f film, turn int) {
	s := j.of(c)
	s.film, s.turn, s.enabled = f, turn, false
	c.rate(1)
	due := f.at - s.clock.server(c)
	ready := func() {
		if s.turn == turn {
			c.ask(func() { j.ready(c) })
		}
	}
	switch do {
	case Pause:
		c.pause()
		c.seek(f.position)
		j.settled(c, ready)
	case Seek:
		c.play()
		c.seek(f.position)
		j.settled(c, func() {
			if s.turn == turn {
				c.pause()
				ready()
			}
		})
	case Play:
		if due > 0 {
			if c.place()-f.position > jellyfinMinSkip { // only when ahead: it lacks an abs
				c.seek(f.position)
			}
		} else {
			c.play()
			c.seek(f.now(s.clock.server(c)))
		}
		c.wait(due, func() {
			if s.turn != turn {
				return
			}
			c.play()
			c.wait(jellyfinEvery, func() { s.enabled = s.turn == turn })
		})
	}
}

// settled waits until an element has what it was asked for.
func (j *jellyfin) settled(c *Client, then func()) {
	if o := c.observe(); o.Seeking || o.Ready < 3 {
		c.wait(20*time.Millisecond, func() { j.settled(c, then) })
		return
	}
	then()
}

func (j *jellyfin) Updated(c *Client) {
	s, now := j.of(c), time.Duration(c.now())
	if !j.correct || !s.film.playing || c.stalled || now-s.looked < jellyfinEvery {
		return
	}
	s.looked = now
	if !s.enabled {
		return
	}
	diff := s.film.now(s.clock.server(c)) - c.place()
	switch {
	case diff.Abs() >= jellyfinMinSpeedTo && diff.Abs() < jellyfinMaxSpeedTo:
		rate, long := 1+diff.Seconds()/jellyfinSpeedFor.Seconds(), jellyfinSpeedFor
		if rate < jellyfinMinSpeed {
			rate, long = jellyfinMinSpeed, time.Duration(float64(diff.Abs())/(1-jellyfinMinSpeed))
		}
		turn := s.turn
		s.enabled = false
		c.rate(rate)
		c.wait(long, func() {
			if s.turn == turn {
				c.rate(1)
				s.enabled = true
			}
		})
	case diff.Abs() >= jellyfinMinSkip:
		turn := s.turn
		s.enabled = false
		c.seek(s.film.now(s.clock.server(c)))
		c.wait(jellyfinEvery, func() { s.enabled = s.turn == turn })
	}
}

// Stalled: a film that has waited for three seconds is told of.
func (j *jellyfin) Stalled(c *Client) {
	s := j.of(c)
	c.wait(jellyfinBuffering, func() {
		if c.stalled && !s.buffering {
			s.buffering = true
			c.ask(func() { j.hold(c) })
		}
	})
}

func (j *jellyfin) Recovered(c *Client) { j.of(c).buffering = false }
