//go:build !js

package link

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pion/transport/v5/vnet"

	"github.com/toile-party/toile/peer/clock"
)

// end is one end of a link and what it was told.
type end struct {
	l          *Link
	candidates chan string
	paths      chan bool
	open       chan struct{}
	messages   chan message
	closed     chan error
}

type message struct {
	ch   Channel
	data []byte
}

func newEnd(t *testing.T, cfg Config) *end {
	t.Helper()
	e := &end{candidates: make(chan string, 64), paths: make(chan bool, 16), open: make(chan struct{}), messages: make(chan message, 4096), closed: make(chan error, 1)}
	l, err := New(cfg, Events{
		Candidate: func(c string) { e.candidates <- c },
		Open:      func() { close(e.open) },
		Message:   func(ch Channel, data []byte, _ clock.Local) { e.messages <- message{ch, data} },
		Path:      func(relayed bool) { e.paths <- relayed },
		Closed:    func(err error) { e.closed <- err },
	})
	if err != nil {
		t.Fatal(err)
	}
	e.l = l
	return e
}

// join connects two ends as the rendezvous does, candidates ahead of the
// descriptions that they belong to.
func join(t *testing.T, guest, host *end) {
	t.Helper()
	ctx := context.Background()
	trickle := func(from, to *end) {
		for c := range from.candidates {
			to.l.AddCandidate(ctx, c)
			if c == "" {
				return
			}
		}
	}
	offer, err := guest.l.Offer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	trickle(guest, host)
	answer, err := host.l.Answer(ctx, offer)
	if err != nil {
		t.Fatal(err)
	}
	trickle(host, guest)
	if err := guest.l.Accept(ctx, answer); err != nil {
		t.Fatal(err)
	}
	for _, e := range []*end{guest, host} {
		select {
		case <-e.open:
		case err := <-e.closed:
			t.Fatalf("closed before it was open: %v", err)
		}
	}
}

func loopback(t *testing.T) (guest, host *end) {
	cfg := Config{LoopbackOnly: true}
	guest, host = newEnd(t, cfg), newEnd(t, cfg)
	t.Cleanup(func() { guest.l.Close(); host.l.Close() })
	join(t, guest, host)
	return guest, host
}

func TestReliableChannelsKeepOrder(t *testing.T) {
	guest, host := loopback(t)
	const n = 500
	for i := range uint32(n) {
		for _, ch := range []Channel{Control, Chat} {
			if err := guest.l.Send(ch, binary.BigEndian.AppendUint32(nil, i)); err != nil {
				t.Fatal(err)
			}
		}
	}
	next := map[Channel]uint32{}
	for range 2 * n {
		m := <-host.messages
		if got := binary.BigEndian.Uint32(m.data); got != next[m.ch] {
			t.Fatalf("channel %d: message %d came when %d was due", m.ch, got, next[m.ch])
		}
		next[m.ch]++
	}
}

func TestAStraightWayIsToldAsOne(t *testing.T) {
	guest, host := loopback(t)
	for what, e := range map[string]*end{"guest": guest, "host": host} {
		if <-e.paths {
			t.Errorf("the %s's link is said to go by a relay", what)
		}
	}
}

func TestOtherSideSeesAClose(t *testing.T) {
	guest, host := loopback(t)
	guest.l.Close()
	if err := <-guest.closed; err != nil {
		t.Errorf("who closed is told %v", err)
	}
	if err := <-host.closed; !errors.Is(err, ErrRemoteClosed) {
		t.Errorf("the other side is told %v", err)
	}
	if err := host.l.Send(Chat, []byte("x")); !errors.Is(err, ErrClosed) {
		t.Errorf("sending afterwards: %v", err)
	}
}

func TestOversizeMessageEndsTheLink(t *testing.T) {
	guest, host := loopback(t)
	// A peer that ignores what was agreed, so past Send and its limits.
	if _, err := guest.l.raw[Chat].WriteDataChannel(make([]byte, maxReceived), false); err != nil {
		t.Fatal(err)
	}
	if m := <-host.messages; len(m.data) != maxReceived {
		t.Errorf("the longest message came with %d bytes", len(m.data))
	}
	big := make([]byte, maxReceived+1)
	if _, err := guest.l.raw[Chat].WriteDataChannel(big, false); err != nil {
		t.Skipf("this side already refuses to send it: %v", err)
	}
	if err := <-host.closed; !errors.Is(err, ErrOversize) {
		t.Errorf("an oversize message ended the link with %v", err)
	}
}

func TestDescriptionsThatNoPeerWritesAreRefused(t *testing.T) {
	e := newEnd(t, Config{LoopbackOnly: true})
	defer e.l.Close()
	good, err := e.l.Offer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := checkSDP(good); err != nil {
		t.Fatalf("our own offer is refused: %v\n%s", err, good)
	}
	for name, sdp := range map[string]string{
		"nothing":            "",
		"a microphone too":   good + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
		"two identities":     good + "a=fingerprint:sha-256 AA:BB\r\n",
		"a weak identity":    strings.Replace(good, "sha-256", "sha-1", 1),
		"no identity":        strings.Replace(good, "a=fingerprint", "a=x", 1),
		"a hidden identity":  strings.Replace(good, "a=fingerprint", "a=x\ra=fingerprint:sha-256 AA:BB\r\na=fingerprint", 1),
		"hidden places":      good + strings.Repeat("a=x\ra=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n", maxCandidates+1),
		"hundreds of places": good + strings.Repeat("a=candidate:1 1 udp 1 10.0.0.1 9 typ host\r\n", maxCandidates+1),
		"a book":             good + strings.Repeat("a=x\r\n", maxSDP),
	} {
		if err := checkSDP(sdp); !errors.Is(err, ErrSDP) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := e.l.Answer(t.Context(), sdp); !errors.Is(err, ErrSDP) {
			t.Errorf("%s: a link took it: %v", name, err)
		}
	}
}

func TestFingerprintIsTheLineAndNotTextThatLooksLikeIt(t *testing.T) {
	e := newEnd(t, Config{LoopbackOnly: true})
	defer e.l.Close()
	good, err := e.l.Offer(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want, err := fingerprint(good)
	if err != nil {
		t.Fatal(err)
	}
	fake := "s=a=fingerprint:sha-256 " + strings.TrimSuffix(strings.Repeat("AA:", 32), ":") + "\r\n"
	got, err := fingerprint(strings.Replace(good, "s=-\r\n", fake, 1))
	if err != nil || got != want || !strings.Contains(good, "s=-\r\n") {
		t.Errorf("got %x, %v; want %x", got, err, want)
	}
}

// A trap on this machine's loopback hears nothing from a link that is told to
// look for its peer there.
func TestCandidateOnTheLoopbackIsNotKnockedAt(t *testing.T) {
	knocks := func(cfg Config) bool {
		// One of its own each time: in the last one's queue lie packets that were sent before.
		trap, err := net.ListenPacket("udp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer trap.Close()
		_, port, _ := net.SplitHostPort(trap.LocalAddr().String())
		guest, host := newEnd(t, cfg), newEnd(t, cfg)
		defer guest.l.Close()
		defer host.l.Close()
		offer, err := guest.l.Offer(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := host.l.Answer(t.Context(), offer); err != nil {
			t.Fatal(err)
		}
		host.l.AddCandidate(t.Context(), `{"candidate":"candidate:1 1 udp 2130706431 127.0.0.1 `+port+` typ host","sdpMid":"0","sdpMLineIndex":0}`)
		trap.SetReadDeadline(time.Now().Add(700 * time.Millisecond))
		_, _, err = trap.ReadFrom(make([]byte, 1500))
		return err == nil
	}
	if !knocks(Config{LoopbackOnly: true}) {
		t.Error("the trap hears nothing even where it should")
	}
	if knocks(Config{}) {
		t.Error("a packet was sent to this machine's loopback")
	}
}

func FuzzCheckSDP(f *testing.F) {
	f.Add("v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=fingerprint:sha-256 AA\r\n")
	f.Fuzz(func(t *testing.T, sdp string) {
		if checkSDP(sdp) == nil && (strings.Count(sdp, "m=application") == 0 || len(sdp) > maxSDP) {
			t.Errorf("%q was let through", sdp)
		}
	})
}

// What strangers write comes before pion's own parsers: description, answer and
// candidates, which may come in any order.
func FuzzRemoteDescription(f *testing.F) {
	l, err := New(Config{LoopbackOnly: true}, Events{Candidate: func(string) {}, Closed: func(error) {}})
	if err != nil {
		f.Fatal(err)
	}
	offer, err := l.Offer(f.Context())
	l.Close()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(offer, `{"candidate":"candidate:1 1 udp 2130706431 203.0.113.7 9 typ host","sdpMid":"0","sdpMLineIndex":0}`)
	f.Add(strings.Replace(offer, "a=mid:0", "a=mid:1", 1), `{"candidate":"candidate:1 1 tcp 1 ::1 0 typ host tcptype passive"}`)
	f.Add("v=0", `[]`)
	f.Fuzz(func(t *testing.T, sdp, candidate string) {
		l, err := New(Config{LoopbackOnly: true}, Events{Candidate: func(string) {}, Closed: func(error) {}})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		l.AddCandidate(t.Context(), candidate)
		l.Answer(t.Context(), sdp)
		l.AddCandidate(t.Context(), candidate)
	})
}

// network is a simulated one between two addresses, in simulated time.
type network struct {
	router *vnet.Router
	nets   [2]*vnet.Net
	cut    atomic.Bool
	drop   atomic.Int64 // one packet in so many; 0: none
	count  atomic.Int64
}

func newNetwork(t *testing.T, delay time.Duration) *network {
	t.Helper()
	n := &network{}
	r, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "10.0.0.0/24", MinDelay: delay, QueueSize: 10000, LoggerFactory: silent()})
	if err != nil {
		t.Fatal(err)
	}
	n.router = r
	r.AddChunkFilter(func(vnet.Chunk) bool {
		if n.cut.Load() {
			return false
		}
		every := n.drop.Load()
		// Knuth's multiplicative hash: scattered, and the same in every run.
		return every == 0 || uint32(n.count.Add(1))*2654435761>>16%uint32(every) != 0
	})
	for i, ip := range []string{"10.0.0.1", "10.0.0.2"} {
		if n.nets[i], err = vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{ip}}); err != nil {
			t.Fatal(err)
		}
		if err := r.AddNet(n.nets[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	return n
}

// simulate runs f with a link over a simulated network. synctest itself fails
// when a goroutine is left over at the end.
func simulate(t *testing.T, f func(n *network, guest, host *end)) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(t, 20*time.Millisecond)
		guest, host := newEnd(t, Config{LAN: true, Net: n.nets[0]}), newEnd(t, Config{LAN: true, Net: n.nets[1]})
		join(t, guest, host)
		f(n, guest, host)
		guest.l.Close()
		host.l.Close()
		n.router.Stop()
		time.Sleep(time.Minute) // simulated: what pion still has running ends by itself
	})
}

func TestStateIsNotHeldUpByALossAndControlIsNotLost(t *testing.T) {
	simulate(t, func(n *network, guest, host *end) {
		n.drop.Store(4)
		const sent = 100
		for i := range sent {
			guest.l.Send(State, []byte{byte(i)})
			guest.l.Send(Control, []byte{byte(i)})
			time.Sleep(50 * time.Millisecond)
		}
		time.Sleep(20 * time.Second)
		got := map[Channel]int{}
		for len(host.messages) > 0 {
			got[(<-host.messages).ch]++
		}
		if got[Control] != sent {
			t.Errorf("%d of %d control messages came", got[Control], sent)
		}
		if got[State] < sent/2 || got[State] >= sent {
			t.Errorf("%d of %d state messages came through a loss of a quarter, want most and not all", got[State], sent)
		}
	})
}

func TestBlackoutOfTenSecondsIsOverSoonAfterIt(t *testing.T) {
	simulate(t, func(n *network, guest, host *end) {
		n.cut.Store(true)
		guest.l.Send(Control, []byte("during"))
		time.Sleep(10 * time.Second)
		n.cut.Store(false)
		back := time.Now()
		<-host.messages
		if d := time.Since(back); d > 1200*time.Millisecond {
			t.Errorf("the first message came %v after the network did, want 1.2 s at most", d)
		}
	})
}

func TestDeadNetworkEndsTheLinkByItself(t *testing.T) {
	simulate(t, func(n *network, guest, host *end) {
		n.cut.Store(true)
		cut := time.Now()
		if err := <-guest.closed; !errors.Is(err, ErrLost) {
			t.Errorf("the link ended with %v", err)
		}
		if d := time.Since(cut); d > 30*time.Second {
			t.Errorf("it took %v to notice", d)
		}
	})
}

func TestUnreachablePeerIsToldWithinTwentySeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(t, 20*time.Millisecond)
		n.cut.Store(true)
		guest, host := newEnd(t, Config{LAN: true, Net: n.nets[0]}), newEnd(t, Config{LAN: true, Net: n.nets[1]})
		began := time.Now()
		offer, _ := guest.l.Offer(t.Context())
		answer, err := host.l.Answer(t.Context(), offer)
		if err != nil {
			t.Fatal(err)
		}
		guest.l.Accept(t.Context(), answer)
		if err := <-guest.closed; !errors.Is(err, ErrUnreachable) {
			t.Errorf("the link ended with %v", err)
		}
		if d := time.Since(began); d > openWithin+time.Second {
			t.Errorf("it took %v", d)
		}
		host.l.Close()
		n.router.Stop()
		time.Sleep(time.Minute)
	})
}

func TestPeerThatDoesNotReadIsABacklogNotMemory(t *testing.T) {
	simulate(t, func(n *network, guest, host *end) {
		n.cut.Store(true)
		var err error
		total := 0
		for err == nil && total < 8<<20 {
			err = guest.l.Send(Control, make([]byte, 8<<10))
			total += 8 << 10
		}
		if !errors.Is(err, ErrBacklog) {
			t.Errorf("after %d bytes that nobody reads: %v", total, err)
		}
	})
}

// A peer that is connected and takes nothing: its window fills, then our queue.
func TestConnectedPeerThatTakesNothingIsGivenUpAfterTenSeconds(t *testing.T) {
	simulate(t, func(n *network, guest, host *end) {
		for range cap(host.messages) + 1 { // from here on its reader stands still
			if err := guest.l.Send(Control, []byte{1}); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(5 * time.Second)
		for range 100 { // 0.8 MiB: more than a window, less than a window and a queue
			if err := guest.l.Send(Chat, make([]byte, 8<<10)); err != nil {
				t.Fatalf("before its time: %v", err)
			}
			time.Sleep(10 * time.Millisecond)
		}
		deaf := time.Now()
		for guest.l.Send(State, []byte{2}) == nil && time.Since(deaf) < time.Minute {
			time.Sleep(100 * time.Millisecond)
		}
		if d := time.Since(deaf); d < 8*time.Second || d > 11*time.Second {
			t.Errorf("given up after %v, want ten seconds", d)
		}
		go func() {
			for {
				select {
				case <-host.messages:
				case <-host.closed:
					return
				}
			}
		}()
	})
}
