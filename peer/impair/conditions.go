package impair

import "time"

// Condition is a network that figures are published for.
type Condition struct {
	Name        string
	Title       string
	Forth, Back Path    // from the host, and to it
	Drift       float64 // of the host's clock, seconds per second
}

// Conditions are the networks of the bench, the quick ones first.
func Conditions() []Condition {
	const ms = time.Millisecond
	both := func(name, title string, p Path) Condition {
		return Condition{Name: name, Title: title, Forth: p, Back: p}
	}
	drifting := func(name, title string, drift float64) Condition {
		c := both(name, title, Path{Delay: 50 * ms, Jitter: 10 * ms, Loss: 0.02})
		c.Drift = drift
		return c
	}
	return []Condition{
		both("clean", "clean", Path{}),
		both("rtt100", "RTT 100 ± 20 ms, 2 % loss", Path{Delay: 50 * ms, Jitter: 10 * ms, Loss: 0.02}),
		both("normal10", "RTT 100 ms, normal jitter sd 10 ms each way", Path{Delay: 50 * ms, Normal: 10 * ms, Loss: 0.02}),
		both("bursty", "RTT 100 ± 20 ms, bursts of 5 lost packets, 2 %", Path{Delay: 50 * ms, Jitter: 10 * ms, BurstEvery: 0.004, BurstFor: 5}),
		{Name: "bloat", Title: "RTT 100 ms, up to 80 ms of queue one way, a third of the time", Forth: Path{Delay: 50 * ms, Jitter: 2 * ms, Bloat: 80 * ms}, Back: Path{Delay: 50 * ms, Jitter: 2 * ms}},
		{Name: "asymmetric", Title: "30 ms one way, 70 ms back", Forth: Path{Delay: 30 * ms, Jitter: 2 * ms}, Back: Path{Delay: 70 * ms, Jitter: 2 * ms}},
		drifting("drift+50", "RTT 100 ± 20 ms, 2 % loss, the host's clock 50 ppm fast", 50e-6),
		drifting("drift-50", "RTT 100 ± 20 ms, 2 % loss, the host's clock 50 ppm slow", -50e-6),
	}
}
