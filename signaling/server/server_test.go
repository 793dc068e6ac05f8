package server

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/pion/stun/v4"

	"github.com/toile-party/toile/signaling"
)

type house struct {
	t   *testing.T
	s   *Server
	url string
	log *bytes.Buffer
}

func open(t *testing.T, cfg Config) *house {
	h := &house{t: t, log: &bytes.Buffer{}}
	cfg.Log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.s = New(cfg)
	srv := httptest.NewServer(h.s)
	h.url = "ws" + strings.TrimPrefix(srv.URL, "http")
	t.Cleanup(func() {
		h.s.Shutdown(context.Background())
		srv.Close()
	})
	return h
}

func (h *house) dial() *signaling.Client {
	h.t.Helper()
	c, err := signaling.Dial(h.t.Context(), h.url)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { c.Close() })
	return c
}

// identity is the same host for the same number.
func identity(n byte) *signaling.Identity {
	return signaling.NewIdentity(func(b []byte) {
		for i := range b {
			b[i] = n
		}
	})
}

func roomOf(n byte) signaling.RoomID { return identity(n).Room() }

func (h *house) host(n byte) *signaling.Client {
	h.t.Helper()
	c := h.dial()
	if err := c.Claim(h.t.Context(), identity(n)); err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) guest(n byte) (*signaling.Client, signaling.PeerID) {
	h.t.Helper()
	c, peer := h.waiting(n)
	if keys, err := c.Host(h.t.Context()); err != nil || keys != identity(n).Public() {
		h.t.Fatalf("the host is %x, %v", keys, err)
	}
	return c, peer
}

// waiting is a guest who may have no host yet.
func (h *house) waiting(n byte) (*signaling.Client, signaling.PeerID) {
	h.t.Helper()
	c := h.dial()
	peer, err := c.Join(h.t.Context(), roomOf(n))
	if err != nil {
		h.t.Fatal(err)
	}
	return c, peer
}

func next(t *testing.T, c *signaling.Client) signaling.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	m, err := c.Next(ctx)
	if err != nil {
		t.Fatalf("waited for a message: %v", err)
	}
	return m
}

func ends(t *testing.T, c *signaling.Client, want error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for {
		if _, err := c.Next(ctx); err != nil {
			if !errors.Is(err, want) {
				t.Errorf("the connection ended with %v, want %v", err, want)
			}
			return
		}
	}
}

func TestHostAndGuestAreIntroduced(t *testing.T) {
	h := open(t, Config{})
	host := h.host(1)
	guest, peer := h.guest(1)
	guest.Relay(signaling.PeerID{0xee}, signaling.Sealed("offer")) // whom it claims to be does not count
	if got, ok := next(t, host).(signaling.Relay); !ok || got.Peer != peer || string(got.Data) != "offer" {
		t.Errorf("the host got %#v", got)
	}
	host.Relay(peer, signaling.Sealed("answer"))
	if got, ok := next(t, guest).(signaling.Relay); !ok || string(got.Data) != "answer" {
		t.Errorf("the guest got %#v", got)
	}
	guest.Close()
	if got, ok := next(t, host).(signaling.Gone); !ok || got.Peer != peer {
		t.Errorf("the host got %#v, want that the guest is gone", got)
	}
}

func TestGuestsCannotSpeakToOneAnother(t *testing.T) {
	h := open(t, Config{})
	host := h.host(1)
	a, _ := h.guest(1)
	_, b := h.guest(1)
	a.Relay(b, signaling.Sealed("psst"))
	if got, ok := next(t, host).(signaling.Relay); !ok || got.Peer == b {
		t.Errorf("the host got %#v, want it from the guest who sent it", got)
	}
}

func TestRoomsDoNotMix(t *testing.T) {
	h := open(t, Config{})
	one, two := h.host(1), h.host(2)
	_, peer := h.guest(1)
	two.Relay(peer, signaling.Sealed("to another room's guest"))
	g, _ := h.guest(2)
	g.Relay(signaling.PeerID{}, signaling.Sealed("mine"))
	if got, ok := next(t, two).(signaling.Relay); !ok || string(got.Data) != "mine" {
		t.Errorf("the second host got %#v", got)
	}
	_ = one
}

func TestGuestWaitsForTheHost(t *testing.T) {
	h := open(t, Config{})
	early, peer := h.waiting(1)
	host := h.host(1)
	if _, err := early.Host(t.Context()); err != nil {
		t.Fatalf("the host came and its guest was told %v", err)
	}
	early.Relay(signaling.PeerID{}, signaling.Sealed("at last"))
	if got, ok := next(t, host).(signaling.Relay); !ok || got.Peer != peer || string(got.Data) != "at last" {
		t.Errorf("the host got %#v", got)
	}
}

func TestGuestIsToldThatTheHostWentAndCameBack(t *testing.T) {
	h := open(t, Config{})
	host := h.host(1)
	guest, _ := h.guest(1)
	host.Close()
	if got, ok := next(t, guest).(signaling.Absent); !ok {
		t.Errorf("the guest got %#v", got)
	}
	h.host(1)
	if got, ok := next(t, guest).(signaling.Present); !ok || got.Keys != identity(1).Public() {
		t.Errorf("the guest got %#v", got)
	}
}

func TestNobodyIsLeftInMemoryWhenAllHaveGone(t *testing.T) {
	h := open(t, Config{})
	host := h.host(1)
	guest, _ := h.guest(1)
	lonely, _ := h.waiting(2)
	for _, c := range []*signaling.Client{host, guest, lonely} {
		c.Close()
	}
	h.s.Shutdown(t.Context())
	if n := len(h.s.rooms.rooms); n != 0 {
		t.Errorf("%d rooms are left", n)
	}
}

func TestNewerConnectionOfTheHostTakesOver(t *testing.T) {
	h := open(t, Config{})
	old := h.host(1)
	guest, _ := h.guest(1)
	newer := h.host(1)
	ends(t, old, signaling.ErrReplaced)
	if got, ok := next(t, guest).(signaling.Present); !ok {
		t.Errorf("the guest got %#v, want that there is another connection", got)
	}
	guest.Relay(signaling.PeerID{}, signaling.Sealed("hello"))
	if got, ok := next(t, newer).(signaling.Relay); !ok || string(got.Data) != "hello" {
		t.Errorf("the newer host got %#v", got)
	}
	old.Close()
	guest.Relay(signaling.PeerID{}, signaling.Sealed("still there?"))
	if got, ok := next(t, newer).(signaling.Relay); !ok || string(got.Data) != "still there?" {
		t.Errorf("when the older connection had ended the newer host got %#v", got)
	}
}

func TestClaimIsGoodForOneConnectionToOneServer(t *testing.T) {
	h := open(t, Config{})
	mine := h.host(1)
	for name, change := range map[string]func(*signaling.Claim, [32]byte){
		"of another connection": func(m *signaling.Claim, nonce [32]byte) {
			nonce[0] ^= 1
			*m = identity(1).Claim(signaling.Origin(h.url), nonce)
		},
		"for another server": func(m *signaling.Claim, nonce [32]byte) {
			*m = identity(1).Claim("evil.example", nonce)
		},
		"by another host":             func(m *signaling.Claim, _ [32]byte) { m.Keys.Ed = identity(2).Public().Ed },
		"with another key for guests": func(m *signaling.Claim, _ [32]byte) { m.Keys.X[5] ^= 1 },
		"without a signature":         func(m *signaling.Claim, _ [32]byte) { m.Signature = [64]byte{} },
	} {
		ws, _, err := h.rawDial(nil, signaling.Subprotocol)
		if err != nil {
			t.Fatal(err)
		}
		_, frame, err := ws.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		hello, _ := signaling.Parse(frame)
		nonce := hello.(signaling.Hello).Nonce
		m := identity(1).Claim(signaling.Origin(h.url), nonce)
		change(&m, nonce)
		ws.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, m))
		if got := closeCode(ws); got != int(signaling.CloseClaim) {
			t.Errorf("a claim %s: closed with %d", name, got)
		}
	}
	guest, _ := h.guest(1)
	guest.Relay(signaling.PeerID{}, signaling.Sealed("hello"))
	if got, ok := next(t, mine).(signaling.Relay); !ok || string(got.Data) != "hello" {
		t.Errorf("after the others' claims the host got %#v", got)
	}
}

func TestServerIsKnownByTheOriginsItWasToldOf(t *testing.T) {
	s := New(Config{Origins: []string{"https://Party.example", "http://party.example:8080"}})
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:9000/ws", nil)
	if got, want := fmt.Sprint(s.names(r)), "[127.0.0.1:9000 party.example party.example:8080]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A server that a host once dialed gets signatures for its own name, and may
// write that name into the Host when it comes here with them.
func TestNamedServerTakesNoClaimForTheNameOfAnother(t *testing.T) {
	h := open(t, Config{Names: []string{"Toile.example"}})
	claim := func(name string) int {
		t.Helper()
		ws, _, err := h.rawDial(http.Header{"Host": {name}}, signaling.Subprotocol)
		if err != nil {
			t.Fatal(err)
		}
		defer ws.Close()
		_, frame, err := ws.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		hello, _ := signaling.Parse(frame)
		ws.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, identity(1).Claim(signaling.Origin(name), hello.(signaling.Hello).Nonce)))
		if _, frame, err = ws.ReadMessage(); err == nil {
			return -int(frame[0])
		}
		var ce *websocket.CloseError
		errors.As(err, &ce)
		return ce.Code
	}
	claimed := -int(signaling.Append(nil, signaling.Claimed{})[0])
	for name, want := range map[string]int{
		"toile.example": claimed, "TOILE.example:8443": claimed,
		"evil.example": int(signaling.CloseClaim), "toile.example.evil": int(signaling.CloseClaim), "127.0.0.1": int(signaling.CloseClaim),
	} {
		if got := claim(name); got != want {
			t.Errorf("a claim for %s, by that name: %d, want %d", name, got, want)
		}
	}
}

func TestShutdownTellsEverybodyAndLeavesNothingRunning(t *testing.T) {
	before := runtime.NumGoroutine()
	h := &house{t: t, s: New(Config{})}
	srv := httptest.NewServer(h.s)
	h.url = "ws" + strings.TrimPrefix(srv.URL, "http")
	host := h.host(1)
	guest, _ := h.guest(1)
	if err := h.s.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	ends(t, host, signaling.ErrRestart)
	for _, c := range []*signaling.Client{host, guest} {
		c.Close()
	}
	srv.Close()
	for i := 0; runtime.NumGoroutine() > before; i++ {
		if i == 1000 {
			buf := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, buf[:runtime.Stack(buf, true)])
		}
		runtime.Gosched()
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		<-time.After(time.Millisecond)
	}
}

// rawDial is a peer that keeps to nothing.
func (h *house) rawDial(header http.Header, protocols ...string) (*websocket.Conn, *http.Response, error) {
	d := websocket.Dialer{Subprotocols: protocols}
	c, res, err := d.Dial(h.url, header)
	if err == nil {
		h.t.Cleanup(func() { c.Close() })
		c.SetReadDeadline(time.Now().Add(10 * time.Second))
	}
	return c, res, err
}

func closeCode(c *websocket.Conn) int {
	for {
		if _, _, err := c.ReadMessage(); err != nil {
			var ce *websocket.CloseError
			if errors.As(err, &ce) {
				return ce.Code
			}
			return -1
		}
	}
}

func TestFramesThatBreakTheRulesCloseTheirSenderAlone(t *testing.T) {
	h := open(t, Config{})
	host := h.host(1)
	join := signaling.Append(nil, signaling.Join{Room: roomOf(1)})
	for name, c := range map[string]struct {
		frames [][]byte
		want   signaling.CloseCode
	}{
		"garbage":               {[][]byte{{0xff, 1, 2, 3}}, signaling.CloseProtocol},
		"an empty frame":        {[][]byte{{}}, signaling.CloseProtocol},
		"a relay before a join": {[][]byte{signaling.Append(nil, signaling.Relay{Data: signaling.Sealed("x")})}, signaling.CloseProtocol},
		"a second join":         {[][]byte{join, join}, signaling.CloseProtocol},
		"the server's words":    {[][]byte{signaling.Append(nil, signaling.Claimed{})}, signaling.CloseProtocol},
		"too much at first":     {[][]byte{make([]byte, signaling.MaxFirstFrame+1)}, signaling.CloseTooBig},
		"too much later":        {[][]byte{join, make([]byte, signaling.MaxFrame+1)}, signaling.CloseTooBig},
	} {
		ws, _, err := h.rawDial(nil, signaling.Subprotocol)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.frames {
			ws.WriteMessage(websocket.BinaryMessage, f)
		}
		if got := closeCode(ws); got != int(c.want) {
			t.Errorf("%s: closed with %d, want %d", name, got, c.want)
		}
	}
	guest, _ := h.guest(1)
	guest.Relay(signaling.PeerID{}, signaling.Sealed("still here"))
	for {
		if m, ok := next(t, host).(signaling.Relay); ok {
			if string(m.Data) != "still here" {
				t.Errorf("the host got %q", m.Data)
			}
			break
		}
	}
}

func TestFloodIsClosedByRate(t *testing.T) {
	h := open(t, Config{})
	h.host(1)
	ws, _, err := h.rawDial(nil, signaling.Subprotocol)
	if err != nil {
		t.Fatal(err)
	}
	ws.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, signaling.Join{Room: roomOf(1)}))
	for range 10 * guestBurst {
		ws.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, signaling.Relay{}))
	}
	if got := closeCode(ws); got != int(signaling.CloseRate) {
		t.Errorf("closed with %d, want %d", got, signaling.CloseRate)
	}
}

func TestOtherVersionsAndOriginsAreRefused(t *testing.T) {
	h := open(t, Config{Origins: []string{"https://friend.example"}})
	ws, _, err := h.rawDial(nil, "toile.v0")
	if err != nil {
		t.Fatal(err)
	}
	if got := closeCode(ws); got != int(signaling.CloseVersion) {
		t.Errorf("another version: closed with %d", got)
	}
	own := "http" + strings.TrimPrefix(h.url, "ws")
	for origin, want := range map[string]bool{own: true, "https://friend.example": true, "https://evil.example": false, "null": false} {
		_, res, err := h.rawDial(http.Header{"Origin": {origin}}, signaling.Subprotocol)
		if (err == nil) != want {
			t.Errorf("from %s: %v (%v), want %v", origin, err, res.Status, want)
		}
	}
}

func TestPlainRequestIsToldWhatTheAddressIsFor(t *testing.T) {
	w := httptest.NewRecorder()
	New(Config{}).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/ws", nil))
	if w.Code != http.StatusUpgradeRequired || !strings.Contains(w.Body.String(), "page") {
		t.Errorf("got %d %q", w.Code, w.Body.String())
	}
}

func TestPeersAreNamedTheServersOwnSTUN(t *testing.T) {
	h := open(t, Config{STUNPort: 3478, ICE: []string{"stun:other.example:3478"}})
	want := fmt.Sprint([]string{"stun:127.0.0.1:3478", "stun:other.example:3478"})
	if got := fmt.Sprint(h.dial().ICE()); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	for host, want := range map[string]string{"toile.example": "stun:toile.example:3478", "[::1]:8080": "stun:[::1]:3478", "a b": "", "": ""} {
		if got := stunURL(host, 3478); got != want {
			t.Errorf("reached as %q: %q, want %q", host, got, want)
		}
	}
}

func TestSTUNTellsWhereTheQuestionCameFrom(t *testing.T) {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { New(Config{}).ServeSTUN(conn); close(done) }()
	t.Cleanup(func() { conn.Close(); <-done })
	c, err := net.Dial("udp", conn.LocalAddr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	indication := stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodBinding, stun.ClassIndication))
	req := stun.MustBuild(stun.TransactionID, stun.BindingRequest)
	for _, b := range [][]byte{[]byte("not STUN at all, but long enough"), indication.Raw, req.Raw[:10], req.Raw} {
		c.Write(b)
	}
	buf := make([]byte, 1500)
	n, err := c.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	res := &stun.Message{Raw: buf[:n]}
	var at stun.XORMappedAddress
	if res.Decode() != nil || at.GetFrom(res) != nil || res.TransactionID != req.TransactionID {
		t.Fatalf("the first answer is not to the request: %x", buf[:n])
	}
	if got, want := fmt.Sprintf("%v:%d", at.IP, at.Port), c.LocalAddr().String(); got != want {
		t.Errorf("told %s, want %s", got, want)
	}
}

func FuzzSTUN(f *testing.F) {
	f.Add(stun.MustBuild(stun.TransactionID, stun.BindingRequest).Raw, true)
	f.Add(stun.MustBuild(stun.TransactionID, stun.BindingRequest, stun.NewUsername("a"), stun.Fingerprint).Raw, false)
	f.Fuzz(func(t *testing.T, b []byte, six bool) {
		from, most := &net.UDPAddr{IP: net.IPv4(203, 0, 113, 7), Port: 4000}, 20+12+8
		if six {
			from, most = &net.UDPAddr{IP: net.ParseIP("2001:db8::7"), Port: 4000}, 20+24+8
		}
		if res := answerSTUN(b, from); len(res) > most || res != nil && len(b) < 20 {
			t.Errorf("%d bytes are answered with %d", len(b), len(res))
		}
	})
}

func TestLogHoldsNoRoomAndNoAddress(t *testing.T) {
	h := open(t, Config{TURN: TURN{URLs: []string{"turn:relay.example"}, Secret: []byte(relaySecret)}})
	host := h.host(0xab)
	guest, _ := h.guest(0xab)
	guest.Relay(signaling.PeerID{}, signaling.Sealed("secret words"))
	next(t, host)
	h.rawDial(http.Header{"Origin": {"https://evil.example"}}, signaling.Subprotocol)
	h.s.Shutdown(t.Context())
	number := roomOf(0xab)
	for _, bad := range []string{"127.0.0.1", hex.EncodeToString(number[:4]), "secret words", relaySecret, host.TURN().Username, guest.TURN().Credential} {
		if strings.Contains(h.log.String(), bad) {
			t.Errorf("the log holds %q:\n%s", bad, h.log)
		}
	}
}

func FuzzServerSurvivesFrames(f *testing.F) {
	f.Add([]byte{1}, []byte{2, 3})
	f.Add(signaling.Append(nil, signaling.Join{}), signaling.Append(nil, signaling.Relay{}))
	s := New(Config{})
	srv := httptest.NewServer(s)
	f.Cleanup(func() { s.Shutdown(context.Background()); srv.Close() })
	url := "ws" + strings.TrimPrefix(srv.URL, "http")
	f.Fuzz(func(t *testing.T, a, b []byte) {
		d := websocket.Dialer{Subprotocols: []string{signaling.Subprotocol}}
		c, _, err := d.Dial(url, nil)
		if err != nil {
			t.Fatalf("after other peers' frames the server takes nobody: %v", err)
		}
		defer c.Close()
		c.WriteMessage(websocket.BinaryMessage, a)
		c.WriteMessage(websocket.BinaryMessage, b)
		c.SetReadDeadline(time.Now().Add(5 * time.Second))
		c.ReadMessage()
	})
}
