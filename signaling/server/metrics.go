package server

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/toile-party/toile/signaling"
)

// refusal is why a connection was not let in.
type refusal int

const (
	admitted refusal = iota
	refusedConns
	refusedAddressConns
	refusedSockets
	refusedOpen
	refusedRate
	refusedDraining
	refusedOrigin
	refusedUpgrade
	refusals
)

var refusalNames = [refusals]string{
	refusedConns: "connections", refusedAddressConns: "address_connections", refusedSockets: "sockets", refusedOpen: "address_sockets",
	refusedRate: "address_rate", refusedDraining: "draining", refusedOrigin: "origin", refusedUpgrade: "handshake",
}

// outcome is how a claim or a join went.
type outcome int

const (
	claimOpened outcome = iota
	claimReplaced
	claimRefused
	claimBusy
	joinIntroduced
	joinWaiting
	joinFull
	joinRate
	joinBusy
	outcomes
)

var outcomeNames = [outcomes]struct{ what, result string }{
	{"claims", "opened"}, {"claims", "replaced"}, {"claims", "refused"}, {"claims", "busy"},
	{"joins", "introduced"}, {"joins", "waiting"}, {"joins", "full"}, {"joins", "rate"}, {"joins", "busy"},
}

// closeNames are the ends that the server decides on; all other ends are the
// peer's, "gone".
var closeNames = []struct {
	code signaling.CloseCode
	name string
}{
	{0, "gone"}, {signaling.CloseProtocol, "protocol"}, {signaling.CloseTooBig, "too_big"}, {signaling.CloseRestart, "restart"},
	{signaling.CloseFull, "try_later"}, {signaling.CloseVersion, "version"}, {signaling.CloseClaim, "claim"}, {signaling.CloseRoomFull, "room_full"},
	{signaling.CloseRoomNotFound, "room_not_found"}, {signaling.CloseRate, "rate"}, {signaling.CloseReplaced, "replaced"},
}

// stays are the upper bounds, in seconds, of the histogram of introductions.
var stays = [...]float64{0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}

// metrics is what a server counts. No label holds a room or an address: there
// are a few dozen series, whatever happens.
type metrics struct {
	accepted      atomic.Int64
	refused       [refusals]atomic.Int64
	outcomes      [outcomes]atomic.Int64
	closed        [16]atomic.Int64 // as closeNames
	relayedFrames atomic.Int64
	relayedBytes  atomic.Int64
	stay          [len(stays) + 1]atomic.Int64
	staySum       atomic.Int64 // µs
	stun          atomic.Int64
}

func (m *metrics) count(o outcome) { m.outcomes[o].Add(1) }

func (m *metrics) ended(code signaling.CloseCode) {
	for i, c := range closeNames {
		if c.code == code {
			m.closed[i].Add(1)
		}
	}
}

// stayed counts how long a guest was here with its host here too: the time of
// one introduction, since guests leave when they have arrived.
func (m *metrics) stayed(d time.Duration) {
	i := 0
	for i < len(stays) && d.Seconds() > stays[i] {
		i++
	}
	m.stay[i].Add(1)
	m.staySum.Add(d.Microseconds())
}

// Metrics serves what the server counts in Prometheus' text format. It is for
// those who run the server, so not for the address that everybody reaches.
func (s *Server) Metrics() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		b := bufio.NewWriter(w)
		s.writeMetrics(b)
		b.Flush()
	})
}

func (s *Server) writeMetrics(w io.Writer) {
	head := func(name, kind, help string) { fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind) }
	one := func(name, kind, help string, v int64) {
		head(name, kind, help)
		fmt.Fprintf(w, "%s %d\n", name, v)
	}
	m := &s.metrics
	sockets, draining := s.state()
	conns := s.gate.open()
	rooms, hosts, guests := s.rooms.count()
	one("toile_ready", "gauge", "1 while new peers are let in, as /readyz tells.", int64(b2i(!draining && sockets < s.limits.Sockets)))
	one("toile_connections", "gauge", "TCP connections open, those of the page included.", int64(conns))
	one("toile_sockets", "gauge", "Peers connected.", int64(sockets))
	one("toile_sockets_limit", "gauge", "Peers that may be connected at once.", int64(s.limits.Sockets))
	one("toile_rooms", "gauge", "Rooms.", int64(rooms))
	one("toile_rooms_limit", "gauge", "Rooms that there may be at once.", int64(s.limits.Rooms))
	one("toile_hosts", "gauge", "Rooms with their host there.", int64(hosts))
	one("toile_guests", "gauge", "Guests on their way into a room, or waiting for its host.", int64(guests))
	one("toile_sockets_accepted_total", "counter", "Peers let in.", m.accepted.Load())
	head("toile_refused_total", "counter", "Connections not let in, by reason.")
	for r := admitted + 1; r < refusals; r++ {
		fmt.Fprintf(w, "toile_refused_total{reason=%q} %d\n", refusalNames[r], m.refused[r].Load())
	}
	for o := range outcomes {
		name := "toile_" + outcomeNames[o].what + "_total"
		if o == 0 || outcomeNames[o].what != outcomeNames[o-1].what {
			head(name, "counter", strings.ToUpper(outcomeNames[o].what[:1])+outcomeNames[o].what[1:]+" of rooms, by result.")
		}
		fmt.Fprintf(w, "%s{result=%q} %d\n", name, outcomeNames[o].result, m.outcomes[o].Load())
	}
	head("toile_closed_total", "counter", "Peers' connections ended, by reason.")
	for i, c := range closeNames {
		fmt.Fprintf(w, "toile_closed_total{reason=%q} %d\n", c.name, m.closed[i].Load())
	}
	one("toile_relayed_frames_total", "counter", "Sealed signals passed on.", m.relayedFrames.Load())
	one("toile_relayed_bytes_total", "counter", "Bytes of sealed signals passed on.", m.relayedBytes.Load())
	head("toile_introduction_seconds", "histogram", "How long guests stayed with their host there: the time of an introduction.")
	var n int64
	for i, bound := range stays {
		n += m.stay[i].Load()
		fmt.Fprintf(w, "toile_introduction_seconds_bucket{le=\"%g\"} %d\n", bound, n)
	}
	n += m.stay[len(stays)].Load()
	fmt.Fprintf(w, "toile_introduction_seconds_bucket{le=\"+Inf\"} %d\n", n)
	fmt.Fprintf(w, "toile_introduction_seconds_sum %g\ntoile_introduction_seconds_count %d\n", float64(m.staySum.Load())/1e6, n)
	one("toile_stun_answers_total", "counter", "STUN questions answered.", m.stun.Load())
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	one("go_goroutines", "gauge", "Goroutines.", int64(runtime.NumGoroutine()))
	one("go_memstats_heap_inuse_bytes", "gauge", "Bytes of the heap in use.", int64(mem.HeapInuse))
	one("go_memstats_sys_bytes", "gauge", "Bytes obtained from the system.", int64(mem.Sys))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
