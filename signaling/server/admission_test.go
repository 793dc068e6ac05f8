package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/signaling"
)

var start = time.Date(2026, 1, 1, 20, 0, 0, 0, time.UTC)

func TestBucketGivesItsBurstThenItsRate(t *testing.T) {
	b := full(2, 5, start)
	for at, want := range map[time.Duration]int{0: 5} {
		if got := drained(&b, start.Add(at)); got != want {
			t.Errorf("at %v: %d, want %d", at, got, want)
		}
	}
	for _, c := range []struct {
		at   time.Duration
		want int
	}{{400 * time.Millisecond, 0}, {500 * time.Millisecond, 1}, {2 * time.Second, 3}, {time.Second, 0}, {time.Hour, 5}} {
		if got := drained(&b, start.Add(c.at)); got != c.want {
			t.Errorf("at %v: %d, want %d", c.at, got, c.want)
		}
	}
	if got := b.wait(start.Add(time.Hour)); got != 500*time.Millisecond {
		t.Errorf("the next comes in %v, want 500ms", got)
	}
}

func drained(b *bucket, now time.Time) (n int) {
	for b.take(1, now) {
		n++
	}
	return n
}

func prefixes(list ...string) (ps []netip.Prefix) {
	for _, s := range list {
		ps = append(ps, netip.MustParsePrefix(s))
	}
	return ps
}

func TestAddressIsBelievedOfTrustedProxiesOnly(t *testing.T) {
	trusted := prefixes("127.0.0.0/8", "10.0.0.0/8", "2001:db8:aa::/48")
	for _, c := range []struct {
		remote, host string
		forwarded    []string
		want         string
		own          bool
	}{
		{"203.0.113.7:4000", "toile.example", nil, "203.0.113.7", false},
		{"203.0.113.7:4000", "toile.example", []string{"8.8.8.8"}, "203.0.113.7", false},
		{"[2001:db8::7]:4000", "toile.example", []string{"8.8.8.8"}, "2001:db8::7", false},
		{"127.0.0.1:4000", "toile.example", []string{"203.0.113.7"}, "203.0.113.7", false},
		{"[::ffff:127.0.0.1]:4000", "toile.example", []string{"203.0.113.7"}, "203.0.113.7", false},
		// What a stranger wrote before the proxy appended is not believed.
		{"127.0.0.1:4000", "toile.example", []string{"1.2.3.4, 203.0.113.7"}, "203.0.113.7", false},
		{"127.0.0.1:4000", "toile.example", []string{"1.2.3.4", "203.0.113.7"}, "203.0.113.7", false},
		{"127.0.0.1:4000", "toile.example", []string{"127.0.0.1, 203.0.113.7"}, "203.0.113.7", false},
		{"127.0.0.1:4000", "toile.example", []string{"1.2.3.4, 203.0.113.7, 10.1.2.3"}, "203.0.113.7", false},
		{"[2001:db8:aa::1]:4000", "toile.example", []string{"[2001:db8:bb::1]:555"}, "2001:db8:bb::1", false},
		{"127.0.0.1:4000", "toile.example", []string{"203.0.113.7:60000"}, "203.0.113.7", false},
		{"127.0.0.1:4000", "toile.example", []string{"unknown"}, "127.0.0.1", false},
		{"127.0.0.1:4000", "toile.example", []string{"203.0.113.7, garbage, 10.1.2.3"}, "10.1.2.3", false},
		{"127.0.0.1:4000", "localhost:8080", []string{""}, "127.0.0.1", false},
		{"127.0.0.1:4000", "localhost:8080", nil, "127.0.0.1", true},
		{"[::1]:4000", "[::1]:8080", nil, "::1", true},
		{"127.0.0.1:4000", "toile.example", nil, "127.0.0.1", false}, // a proxy that says nothing
		{"203.0.113.7:4000", "localhost", nil, "203.0.113.7", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/ws", nil)
		r.RemoteAddr, r.Host = c.remote, c.host
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got, own := address(r, trusted); got.String() != c.want || own != c.own {
			t.Errorf("%s as %s, forwarded %q: %v, own %v; want %v, %v", c.remote, c.host, c.forwarded, got, own, c.want, c.own)
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("127.0.0.1:4000", "localhost:80", "1.2.3.4, [2001:db8::1]:5, fe80::1%eth0")
	f.Add("", "[", ",,")
	trusted := prefixes("127.0.0.0/8", "::1/128", "10.0.0.0/8")
	f.Fuzz(func(t *testing.T, remote, host, forwarded string) {
		r := &http.Request{RemoteAddr: remote, Host: host, Header: http.Header{"X-Forwarded-For": {forwarded}}}
		addr, own := address(r, trusted)
		if own {
			t.Errorf("%q through a proxy is this machine itself", forwarded)
		}
		if direct := parseHop(remote); addr != direct && !isIn(trusted, direct) {
			t.Errorf("%s is believed to speak for %q", remote, forwarded)
		}
		home(addr)
		if u := stunURL(host, 3478); u != "" && strings.ContainsAny(u, " \r\n,;\"") {
			t.Errorf("%q is named to peers", u)
		}
	})
}

func TestHomeIsOneAddressOrOneNetworkOfIPv6(t *testing.T) {
	for a, want := range map[string]string{
		"203.0.113.7": "203.0.113.7/32", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::1": "2001:db8:1:2::/64",
	} {
		if got := home(netip.MustParseAddr(a)).String(); got != want {
			t.Errorf("%s: %s, want %s", a, got, want)
		}
	}
}

func TestOneAddressCannotTakeTheServer(t *testing.T) {
	v := newVisitors(Limits{AddressSockets: 3, AddressRate: 6}.orDefault())
	a, b := home(netip.MustParseAddr("203.0.113.7")), home(netip.MustParseAddr("203.0.113.8"))
	enter := func(at time.Duration, from netip.Prefix, want refusal, wantWait time.Duration) {
		t.Helper()
		if got, wait := v.enter(from, start.Add(at)); got != want || wait.Round(time.Millisecond) != wantWait {
			t.Errorf("at %v: %q, in %v; want %q, in %v", at, refusalNames[got], wait, refusalNames[want], wantWait)
		}
	}
	for range 3 {
		enter(0, a, admitted, 0)
	}
	enter(0, a, refusedOpen, retryAfter)
	enter(0, b, admitted, 0)
	for range 3 {
		v.leave(a)
		enter(0, a, admitted, 0)
	}
	v.leave(a)
	enter(0, a, refusedRate, 10*time.Second)
	enter(9*time.Second, a, refusedRate, time.Second)
	enter(10*time.Second, a, admitted, 0)
}

func TestAddressesAreForgottenWhenTheyDoNotMatterAnyMore(t *testing.T) {
	v := newVisitors(DefaultLimits())
	nth := func(n int) netip.Prefix {
		return home(netip.AddrFrom16([16]byte{0x20, 1, 2: byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}))
	}
	for n := range 3 * maxVisitors {
		v.enter(nth(n), start)
		if n > 0 { // the first one stays
			v.leave(nth(n))
		}
		if len(v.of) > maxVisitors {
			t.Fatalf("%d addresses are remembered", len(v.of))
		}
	}
	if v.of[nth(0)] == nil {
		t.Error("an address with a socket open is forgotten")
	}
	v.sweep(start.Add(time.Hour))
	if len(v.of) != 1 {
		t.Errorf("an hour later %d addresses are remembered, want 1", len(v.of))
	}
}

// nginx passes 127.0.0.1 on as the Host, and nobody's address, unless it is told
// otherwise; with -origin such a server works. Its strangers are no guests of
// this machine.
func TestProxyThatSaysNothingIsOneAddressWhenItChangesTheHost(t *testing.T) {
	for _, c := range []struct {
		origins []string
		want    int
	}{{nil, 0}, {[]string{"https://toile.example"}, http.StatusTooManyRequests}} {
		h := open(t, Config{Origins: c.origins, Limits: Limits{AddressSockets: 2}})
		got := 0
		for range 3 {
			ws, res, err := h.rawDial(nil, signaling.Subprotocol)
			if err == nil {
				defer ws.Close()
			} else {
				got = res.StatusCode
			}
		}
		if got != c.want {
			t.Errorf("with the origins %q the third socket by way of this machine was answered %d, want %d", c.origins, got, c.want)
		}
	}
}

func TestRefusalsSayWhenToComeBack(t *testing.T) {
	ask := func(s *Server, remote string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "http://toile.example/ws", nil)
		r.Header.Set("Connection", "upgrade")
		r.Header.Set("Upgrade", "websocket")
		r.RemoteAddr = remote
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	busy := New(Config{Limits: Limits{AddressSockets: 1}})
	busy.visitors.enter(home(netip.MustParseAddr("203.0.113.7")), busy.now())
	packed := New(Config{Limits: Limits{Sockets: 1}})
	packed.enter()
	draining := New(Config{})
	draining.Drain()
	for name, c := range map[string]struct {
		server *Server
		want   int
		why    refusal
		ready  bool
	}{
		"many of one address": {busy, http.StatusTooManyRequests, refusedOpen, true},
		"full":                {packed, http.StatusServiceUnavailable, refusedSockets, false},
		"draining":            {draining, http.StatusServiceUnavailable, refusedDraining, false},
	} {
		w := ask(c.server, "203.0.113.7:4000")
		if got := fmt.Sprint(w.Code, w.Header()["Retry-After"]); got != fmt.Sprint(c.want, []string{"10"}) {
			t.Errorf("%s: %s", name, got)
		}
		if n := c.server.metrics.refused[c.why].Load(); n != 1 {
			t.Errorf("%s: counted %d times as %q", name, n, refusalNames[c.why])
		}
		if c.server.Ready() != c.ready {
			t.Errorf("%s: ready is %v", name, !c.ready)
		}
	}
}
