package impair

import (
	"math"
	"net"
	"testing"
	"time"
)

const ms = time.Millisecond

func TestModelsHaveTheMomentsTheyPromise(t *testing.T) {
	for _, c := range []struct {
		name           string
		path           Path
		loss, mean, sd float64 // ms
	}{
		{"perfect", Path{}, 0, 0, 0},
		{"a delay", Path{Delay: 50 * ms}, 0, 50, 0},
		{"uniform", Path{Delay: 50 * ms, Jitter: 10 * ms}, 0, 50, 5.77},
		{"normal", Path{Delay: 50 * ms, Normal: 10 * ms}, 0, 50, 10},
		{"loss", Path{Loss: 0.02}, 0.02, 0, 0},
		{"bursts", Path{BurstEvery: 0.01, BurstFor: 5}, 0.01 * 5 / (1 + 0.01*5), 0, 0},
	} {
		d := newDraw(c.path, 7)
		lost, n, sum, squares := 0, 0, 0.0, 0.0
		for i := range 20000 {
			since := time.Duration(i) * 200 * ms // far apart, so that order holds nobody up
			at, gone := d.next(since)
			if gone {
				lost++
				continue
			}
			n++
			x := float64(at-since) / 1e6
			sum, squares = sum+x, squares+x*x
		}
		mean := sum / float64(n)
		sd := math.Sqrt(max(0, squares/float64(n)-mean*mean))
		loss := float64(lost) / 20000
		if math.Abs(mean-c.mean) > 0.3 || math.Abs(sd-c.sd) > 0.3 || math.Abs(loss-c.loss) > 0.006 {
			t.Errorf("%s: mean %.2f ms, sd %.2f ms, loss %.4f; want %.2f, %.2f, %.4f", c.name, mean, sd, loss, c.mean, c.sd, c.loss)
		}
	}
}

func TestLossInBurstsComesInRuns(t *testing.T) {
	d := newDraw(Path{BurstEvery: 0.01, BurstFor: 5}, 1)
	runs, lost, in := 0, 0, false
	for i := range 50000 {
		_, gone := d.next(time.Duration(i) * ms)
		if gone {
			lost++
			if !in {
				runs++
			}
		}
		in = gone
	}
	if mean := float64(lost) / float64(runs); mean < 4 || mean > 6 {
		t.Errorf("bursts take %.1f packets on average, want 5", mean)
	}
}

func TestPacketsKeepTheirOrder(t *testing.T) {
	d := newDraw(Path{Delay: 50 * ms, Jitter: 40 * ms}, 3)
	last := time.Duration(0)
	for i := range 1000 {
		at, _ := d.next(time.Duration(i) * ms)
		if at < last {
			t.Fatalf("packet %d overtakes the one before", i)
		}
		last = at
	}
}

func TestOneSeedIsOneNetwork(t *testing.T) {
	a, b := newDraw(Path{Delay: ms, Normal: ms, Loss: 0.1}, 5), newDraw(Path{Delay: ms, Normal: ms, Loss: 0.1}, 5)
	for i := range 1000 {
		x, p := a.next(time.Duration(i) * ms)
		y, q := b.next(time.Duration(i) * ms)
		if x != y || p != q {
			t.Fatalf("packet %d: %v, %v and %v, %v", i, x, p, y, q)
		}
	}
}

// The clock can only make a packet later than it should be, never earlier.
func TestConnDelaysBothWaysAndClosesCleanly(t *testing.T) {
	f, b, err := Probe(Path{Delay: 30 * ms}, Path{Delay: 60 * ms}, 1, 20, ms)
	if err != nil {
		t.Fatal(err)
	}
	if f.Loss != 0 || b.Loss != 0 || f.P5 < 30*ms || b.P5 < 60*ms || f.P5 > b.P5 {
		t.Errorf("there %+v, back %+v; want nothing lost, and 30 and 60 ms at least", f, b)
	}
	raw, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := New(raw, Path{Delay: time.Hour}, Path{}, 1)
	c.WriteTo([]byte("never"), raw.LocalAddr())
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if _, _, err := c.ReadFrom(make([]byte, 1)); err == nil {
		t.Error("a closed connection was read from")
	}
}
