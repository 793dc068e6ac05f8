package clock

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

const ms = time.Millisecond

// trueOffset is what every simulated network hides.
const trueOffset = 123456 * ms

// network is the delay of each direction of one exchange; lost: no answer.
type network func(r *rand.Rand, t time.Duration) (forth, back time.Duration, lost bool)

func lossy(d func(r *rand.Rand, t time.Duration) (time.Duration, time.Duration)) network {
	return func(r *rand.Rand, t time.Duration) (time.Duration, time.Duration, bool) {
		f, b := d(r, t)
		return f, b, r.Float64() < 0.04
	}
}

func uniform(jitter time.Duration) network {
	return lossy(func(r *rand.Rand, _ time.Duration) (time.Duration, time.Duration) {
		d := func() time.Duration { return 50*ms + time.Duration((2*r.Float64()-1)*float64(jitter)) }
		return d(), d()
	})
}

func normal(sd time.Duration) network {
	return lossy(func(r *rand.Rand, _ time.Duration) (time.Duration, time.Duration) {
		d := func() time.Duration { return max(ms, 50*ms+time.Duration(r.NormFloat64()*float64(sd))) }
		return d(), d()
	})
}

func queueing(mean time.Duration) network {
	return lossy(func(r *rand.Rand, _ time.Duration) (time.Duration, time.Duration) {
		d := func() time.Duration { return 40*ms + time.Duration(r.ExpFloat64()*float64(mean)) }
		return d(), d()
	})
}

func bloat(r *rand.Rand, t time.Duration) (time.Duration, time.Duration, bool) {
	f, b, lost := uniform(2*ms)(r, t)
	if (t/time.Second)%10 < 3 {
		f += time.Duration(r.Float64() * 80 * float64(ms))
	}
	return f, b, lost
}

// run exchanges for d and returns the errors of our estimate and of the rule
// "the least round trip of the last eight", at the end.
func run(seed uint64, d time.Duration, net network) (ours, least8 float64, e Estimate) {
	r := rand.New(rand.NewPCG(seed, 1))
	var x Exchange
	start := Local(time.Hour)
	x.Reset(start)
	var recent []Sample
	now := start
	for now < start.Add(d) {
		now = x.Deadline()
		n, _ := x.Ping(now)
		f, b, lost := net(r, now.Sub(start))
		if lost {
			continue
		}
		s := Sample{Sent: now, Received: Party(now.Add(f)) + Party(trueOffset), Returned: now.Add(f + b)}
		s.Replied = s.Received
		x.Pong(n, s.Sent, s.Received, s.Replied, s.Returned)
		if recent = append(recent, s); len(recent) > 8 {
			recent = recent[1:]
		}
	}
	best := slices.MinFunc(recent, func(a, b Sample) int { return int(a.Returned.Sub(a.Sent) - b.Returned.Sub(b.Sent)) })
	theirs := (best.Received.Sub(0) - time.Duration(best.Sent) + best.Replied.Sub(0) - time.Duration(best.Returned)) / 2
	e = x.Estimate(now)
	return float64((e.Offset - trueOffset).Abs()) / 1e6, float64((theirs - trueOffset).Abs()) / 1e6, e
}

func p95(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)*95/100]
}

func TestEstimateIsSeveralTimesBetterThanTheLeastOfEight(t *testing.T) {
	for _, c := range []struct {
		name  string
		net   network
		bound float64 // ms, p95 over the seeds
		ratio float64
	}{
		{"uniform ±10 ms", uniform(10 * ms), 1.1, 4},
		{"uniform ±20 ms", uniform(20 * ms), 1.6, 5},
		{"normal sd 10 ms", normal(10 * ms), 2.4, 4},
		{"normal sd 20 ms", normal(20 * ms), 4.5, 4},
		{"queueing, mean 20 ms", queueing(20 * ms), 0.8, 5},
		{"bloat one way", bloat, 0.8, 1},
	} {
		var ours, theirs []float64
		for seed := range uint64(60) {
			a, b, e := run(seed, time.Minute, c.net)
			ours, theirs = append(ours, a), append(theirs, b)
			if !e.Ready {
				t.Fatalf("%s: not ready after a minute", c.name)
			}
		}
		a, b := p95(ours), p95(theirs)
		t.Logf("%s: p95 %.2f ms, least of eight %.2f ms", c.name, a, b)
		if a > c.bound {
			t.Errorf("%s: p95 of the error is %.2f ms, want at most %.2f", c.name, a, c.bound)
		}
		if b < c.ratio*a {
			t.Errorf("%s: p95 %.2f ms against %.2f for the least of eight, want a ratio of %.0f", c.name, a, b, c.ratio)
		}
	}
}

// drifting exchanges for d with a host whose clock gains share seconds per
// second, and returns the error at the end, in ms.
func drifting(seed uint64, d time.Duration, share float64, net network) (float64, Estimate) {
	r := rand.New(rand.NewPCG(seed, 1))
	var x Exchange
	start := Local(time.Hour)
	x.Reset(start)
	now := start
	host := func(t Local) Party { return Party(t) + Party(trueOffset) + Party(float64(t-start)*share) }
	for now < start.Add(d) {
		now = x.Deadline()
		n, _ := x.Ping(now)
		if f, b, lost := net(r, now.Sub(start)); !lost {
			x.Pong(n, now, host(now.Add(f)), host(now.Add(f)), now.Add(f+b))
		}
	}
	e := x.Estimate(now)
	return math.Abs(float64(e.Party(now).Sub(host(now)))) / 1e6, e
}

// Without the drift these are 0.5 ms and more for every 15 parts per million.
func TestDriftIsLearnedWithinMinutes(t *testing.T) {
	for _, c := range []struct {
		name  string
		net   network
		bound float64 // ms, p95 over seeds, rates and times
	}{
		{"quiet", uniform(ms), 0.2},
		{"uniform ±10 ms", uniform(10 * ms), 0.9},
		{"queueing, mean 20 ms", queueing(20 * ms), 0.9},
		{"bloat one way", bloat, 0.5},
	} {
		var errs []float64
		for _, share := range []float64{0, 15e-6, -30e-6} {
			for _, d := range []time.Duration{2 * time.Minute, 5 * time.Minute} {
				for seed := range uint64(15) {
					err, e := drifting(seed, d, share, c.net)
					errs = append(errs, err)
					if c.name == "quiet" && d > 4*time.Minute && math.Abs(e.Drift-share) > 2e-6 {
						t.Errorf("seed %d: a drift of %.1f ppm was learned as %.1f", seed, share*1e6, e.Drift*1e6)
					}
				}
			}
		}
		if got := p95(errs); got > c.bound {
			t.Errorf("%s: p95 of the error with drifting clocks is %.2f ms, want at most %.2f", c.name, got, c.bound)
		}
	}
}

func TestUncertaintyCoversTheError(t *testing.T) {
	for name, net := range map[string]network{"uniform": uniform(20 * ms), "normal": normal(10 * ms), "queueing": queueing(20 * ms)} {
		out := 0
		for seed := range uint64(100) {
			err, _, e := run(seed, 30*time.Second, net)
			if err > 1.5*float64(e.Uncertainty)/1e6 {
				out++
			}
		}
		if out > 15 {
			t.Errorf("%s: the error was beyond one and a half times its uncertainty in %d of 100 runs", name, out)
		}
	}
}

func TestEstimateIsReadyWithinHalfASecond(t *testing.T) {
	_, _, e := run(1, 500*ms, uniform(2*ms))
	if !e.Ready || e.Delay < 90*ms || e.Delay > 105*ms {
		t.Errorf("after half a second: %+v", e)
	}
}

func TestAsymmetryStaysHiddenAndBounded(t *testing.T) {
	err, _, e := run(1, time.Minute, func(*rand.Rand, time.Duration) (time.Duration, time.Duration, bool) { return 30 * ms, 70 * ms, false })
	if math.Abs(err-20) > 0.1 || err > float64(e.Delay)/2e6 {
		t.Errorf("30 ms there and 70 back: error %.2f ms, delay %v; want 20 ms, half the difference", err, e.Delay)
	}
}

func TestRateLimitedChange(t *testing.T) {
	var x Exchange
	now := Local(time.Hour)
	x.Reset(now)
	shift := time.Duration(0)
	var last Estimate
	for i := range 600 {
		now = x.Deadline()
		n, _ := x.Ping(now)
		if i == 200 {
			shift = -8 * ms // the way there became 16 ms shorter
		}
		s := now.Add(20*ms + 2*shift)
		x.Pong(n, now, Party(s)+Party(trueOffset), Party(s)+Party(trueOffset), now.Add(40*ms+2*shift))
		e := x.Estimate(now.Add(40 * ms))
		if i > 200 {
			if step := (e.Offset - last.Offset).Abs(); step > 400*time.Microsecond {
				t.Fatalf("the offset moved by %v between two samples", step)
			}
		}
		last = e
	}
}

func TestSustainedStepIsTakenWithinSeconds(t *testing.T) {
	var x Exchange
	now := Local(time.Hour)
	x.Reset(now)
	step := func(off time.Duration, until Local) {
		for now < until {
			now = x.Deadline()
			n, _ := x.Ping(now)
			at := Party(now.Add(10*ms)) + Party(off)
			x.Pong(n, now, at, at, now.Add(20*ms))
		}
	}
	step(0, now.Add(30*time.Second))
	step(200*ms, now.Add(5*time.Second))
	if got := x.Estimate(now).Offset; (got - 200*ms).Abs() > ms {
		t.Errorf("five seconds after the other clock jumped by 200 ms the offset is %v", got)
	}
}

func TestSleepBeginsANewBurst(t *testing.T) {
	var x Exchange
	now := Local(time.Hour)
	x.Reset(now)
	for range 200 {
		now = x.Deadline()
		n, _ := x.Ping(now)
		x.Pong(n, now, Party(now), Party(now), now.Add(ms))
	}
	now = now.Add(time.Minute)
	x.Ping(now)
	if e := x.Estimate(now); e.Ready {
		t.Errorf("after a minute of sleep the old estimate still counts: %+v", e)
	}
	if d := x.Deadline().Sub(now); d != burstEvery {
		t.Errorf("after sleep the next question is due in %v, want %v", d, burstEvery)
	}
}

func TestAnswersThatCannotBeTrueAreDropped(t *testing.T) {
	var x Exchange
	x.Reset(1000)
	n, _ := x.Ping(1000)
	x.Pong(n+1, 1000, 0, 0, 2000) // not asked
	x.Pong(n, 999, 0, 0, 2000)    // another stamp than was sent
	if x.Estimate(2000).Samples != 0 {
		t.Errorf("an answer to nothing counts")
	}
	x.Pong(n, 1000, 500, 400, 2000) // replied before received
	x.Pong(n, 1000, 500, 500, 2000) // the same ping again
	if x.Estimate(2000).Samples != 0 {
		t.Errorf("an impossible answer counts")
	}
	n, _ = x.Ping(x.Deadline())
	sent := x.asked[n%out].sent
	x.Pong(n, sent, 500, 500, sent.Add(ms))
	x.Pong(n, sent, 500, 500, sent.Add(ms))
	if got := x.Estimate(sent.Add(ms)).Samples; got != 1 {
		t.Errorf("one answer that came twice counts %d times", got)
	}
}

// Firefox rounds its clock to a millisecond.
func TestCoarseClockNextToTheHostMeasuresNoNegativeTimes(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	coarse := func(l Local) Local { return l / Local(ms) * Local(ms) }
	var f Filter
	at := Local(time.Hour)
	for range 400 {
		at = at.Add(250*ms + time.Duration(r.IntN(int(ms))))
		kept := time.Duration(r.IntN(100_000))
		there, back := at.Add(50*time.Microsecond), at.Add(50*time.Microsecond+kept)
		home := back.Add(50 * time.Microsecond)
		f.Add(Sample{Sent: coarse(at), Received: Party(there.Add(trueOffset)), Replied: Party(back.Add(trueOffset)), Returned: coarse(home)})
		e := f.Estimate(home)
		if e.Delay < 0 || e.OneWayP95 < 0 || e.Uncertainty < 0 {
			t.Fatalf("after %d answers: %+v", e.Samples, e)
		}
	}
	// Rounding down makes every stamp half a millisecond early on average.
	if d := f.Estimate(at).Offset - trueOffset; d.Abs() > ms {
		t.Errorf("the estimate is off by %v", d)
	}
}

func FuzzFilterSurvivesAnyStamps(f *testing.F) {
	f.Add(int64(1), int64(2), int64(3), int64(4))
	f.Add(int64(math.MaxInt64), int64(math.MinInt64), int64(0), int64(-1))
	f.Fuzz(func(t *testing.T, a, b, c, d int64) {
		var fl Filter
		for i := range int64(20) {
			fl.Add(Sample{Sent: Local(a + i), Received: Party(b), Replied: Party(c), Returned: Local(d + i)})
		}
		if e := fl.Estimate(Local(d)); e.Uncertainty < 0 || e.Delay < 0 || e.Samples > 20 {
			t.Errorf("%+v", e)
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var f Filter
	now := Local(0)
	b.ReportAllocs()
	for b.Loop() {
		now = now.Add(250 * ms)
		d := time.Duration(r.IntN(int(20 * ms)))
		f.Add(Sample{Sent: now, Received: Party(now.Add(d)), Replied: Party(now.Add(d)), Returned: now.Add(2 * d)})
	}
}

// A page that is still loading answers late; what it will be like when somebody
// presses play is another matter.
func TestOneWayForgetsTheStartAndSeesTheLastSeconds(t *testing.T) {
	var f Filter
	at := Local(time.Hour)
	sample := func(late time.Duration) {
		s := Sample{Sent: at, Received: Party(at + Local(trueOffset+50*ms)), Replied: Party(at + Local(trueOffset+50*ms)), Returned: at.Add(100*ms + late)}
		f.Add(s)
	}
	for i := range 40 { // twenty a second, the first second held up until its end
		sample(max(0, time.Second-time.Duration(i)*50*ms))
		at = at.Add(50 * ms)
	}
	if got := f.Estimate(at).OneWayP95; got < 500*ms {
		t.Errorf("while it loads: got %v, want what it takes", got)
	}
	for range 24 {
		sample(0)
		at = at.Add(250 * ms)
	}
	if got := f.Estimate(at).OneWayP95; got != 50*ms {
		t.Errorf("six seconds later: got %v, want 50ms", got)
	}
	for range 2 {
		sample(200 * ms)
		at = at.Add(250 * ms)
	}
	if got := f.Estimate(at).OneWayP95; got != 250*ms {
		t.Errorf("two of 24 late by 200 ms: got %v, want 250ms", got)
	}
}
