package impair

import (
	"encoding/binary"
	"math"
	"net"
	"slices"
	"time"
)

// Probed is what one direction was seen to do.
type Probed struct {
	Sent int
	Loss float64 // share
	Mean time.Duration
	SD   time.Duration
	P5   time.Duration
	P95  time.Duration
}

// Probe sends n packets each way over loopback and this pair of paths, every
// gap, and measures each one's way alone: one process, so one clock at both
// ends. It shares nothing with the model but the Conn that it measures.
func Probe(forth, back Path, seed uint64, n int, gap time.Duration) (f, b Probed, err error) {
	plain, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		return f, b, err
	}
	defer plain.Close()
	raw, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		return f, b, err
	}
	bad := New(raw, forth, back, seed)
	defer bad.Close()
	start := time.Now()
	collect := func(c net.PacketConn, got chan<- time.Duration) {
		buf := make([]byte, 64)
		for {
			k, _, err := c.ReadFrom(buf)
			if err != nil {
				close(got)
				return
			}
			if k == 8 {
				got <- time.Since(start) - time.Duration(binary.BigEndian.Uint64(buf))
			}
		}
	}
	there, here := make(chan time.Duration, n), make(chan time.Duration, n)
	go collect(plain, there)
	go collect(bad, here)
	stamp := func() []byte { return binary.BigEndian.AppendUint64(nil, uint64(time.Since(start))) }
	for range n {
		bad.WriteTo(stamp(), plain.LocalAddr())
		plain.WriteTo(stamp(), raw.LocalAddr())
		time.Sleep(gap)
	}
	time.Sleep(forth.Delay + back.Delay + time.Second)
	bad.Close()
	plain.Close()
	return summary(there, n), summary(here, n), nil
}

func summary(got <-chan time.Duration, n int) Probed {
	var all []time.Duration
	sum, squares := 0.0, 0.0
	for d := range got {
		all = append(all, d)
		sum += d.Seconds()
		squares += d.Seconds() * d.Seconds()
	}
	p := Probed{Sent: n, Loss: 1}
	if len(all) == 0 {
		return p
	}
	slices.Sort(all)
	k := float64(len(all))
	mean := sum / k
	p.Loss = 1 - k/float64(n)
	p.Mean = time.Duration(mean * 1e9)
	p.SD = time.Duration(math.Sqrt(max(0, squares/k-mean*mean)) * 1e9)
	p.P5, p.P95 = all[len(all)*5/100], all[len(all)*95/100]
	return p
}
