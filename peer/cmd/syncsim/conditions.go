package main

import (
	"time"

	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/luck"
)

const ms = time.Millisecond

// condition is a kind of evening.
type condition struct {
	name, title string
	luck        luck.Evening
}

// quartz is how much devices' clocks differ, one standard deviation: they are
// sold within 20 to 50 parts per million. Clocks on one machine do not differ at
// all, and would make every clock filter look better than it is.
const quartz = 15e-6

// conditions are those of the bench in real browsers, with everybody's clock
// drifting, and some that it cannot have.
func conditions() []condition {
	var all []condition
	for _, c := range impair.Conditions() {
		all = append(all, condition{c.Name, c.Title, luck.Evening{Network: c, Drift: quartz}})
	}
	usual := impair.Conditions()[1]
	return append(all,
		condition{"drift-mixed", "RTT 100 ± 20 ms, 2 % loss, every other clock 50 ppm fast and slow", luck.Evening{Network: usual, Drift: 50e-6, Opposite: true}},
		condition{"distances", "10 to 90 ms away each way, ± 10 ms, 2 % loss", luck.Evening{Network: usual, Drift: quartz, Spread: 40 * ms}},
		condition{"firefox", "RTT 100 ± 20 ms, 2 % loss, every other guest's positions in steps of 40 ms", luck.Evening{Network: usual, Drift: quartz, Firefox: true}},
		condition{"soundcard", "RTT 100 ± 20 ms, 2 % loss, positions in a sawtooth of 10 ms", luck.Evening{Network: usual, Drift: quartz, Sawtooth: 10 * ms}},
	)
}

// plan is how much is simulated.
type plan struct {
	seeds, guests, starts int
	run                   time.Duration // of steady state
	crowd                 []int         // guests, for the scale
	crowdSeeds            int
	crowdRun              time.Duration
	long                  time.Duration // the steady state without a seek
	troubles              int           // seeds
	without               []string      // conditions
}

var (
	full  = plan{seeds: 20, guests: 5, starts: 12, run: time.Minute, crowd: []int{2, 8, 50, 200, 1000}, crowdSeeds: 5, crowdRun: 30 * time.Second, long: 30 * time.Minute, troubles: 20}
	short = plan{seeds: 3, guests: 5, starts: 6, run: 30 * time.Second, crowd: []int{2, 8, 50, 200}, crowdSeeds: 1, crowdRun: 10 * time.Second, long: 30 * time.Minute, troubles: 5,
		without: []string{"drift+50", "drift-50", "soundcard"}}
)
