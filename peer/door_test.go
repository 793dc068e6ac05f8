//go:build !js

package peer

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

func entropy(b []byte) { rand.Read(b) }

// Whoever has the link can knock as often as it likes, with keys of its own
// each time. The host meets so many at once, and the others wait their turn.
func TestHostMeetsSoManyStrangersAtOnceAndNoMore(t *testing.T) {
	e := newEvilServer(t)
	ev := &evening{t: t, url: e.url}
	ana := ev.run("host", func(cfg Config) *Session {
		s := NewHost(cfg)
		s.timeouts.answer = 3 * time.Second // a busy machine answers the first ones late
		return s
	}, Config{Name: "Ana", Media: aFilm})
	ana.phase(party.Theatre)
	ana.until("the room is open", func(v party.View) bool { return v.Server == party.ServerConnected })
	answers := make(chan time.Time, 1000)
	e.mu.Lock()
	e.meddle = func(from *evilConn, data signaling.Sealed) { answers <- time.Now() }
	const strangers = maxNewcomers + maxQueued + 10
	for i := range strangers {
		k, err := signaling.NewKnock(ana.session.Invitation(), e.hosts[0].keys, entropy)
		if err != nil {
			t.Fatal(err)
		}
		e.toHost(signaling.PeerID{9, byte(i), byte(i >> 8)}, k.Frame())
	}
	sent := time.Now()
	e.mu.Unlock()
	var stamps []time.Time
	count := func(until time.Time) (n int) {
		for {
			select {
			case at := <-answers:
				stamps = append(stamps, at)
				n++
			case <-time.After(time.Until(until)):
				return n
			}
		}
	}
	// By when each was answered, and not by when this goroutine came to look.
	n := count(sent.Add(700 * time.Millisecond))
	atOnce := 0
	for _, at := range stamps {
		if at.Sub(stamps[0]) < 700*time.Millisecond {
			atOnce++
		}
	}
	if atOnce != maxNewcomers {
		t.Errorf("%d strangers were answered at once, want %d", atOnce, maxNewcomers)
	}
	// The first have said nothing for long: their places are free.
	for limit := time.Now().Add(patience); n < maxNewcomers+maxQueued && time.Now().Before(limit); {
		n += count(time.Now().Add(100 * time.Millisecond))
	}
	if n += count(time.Now().Add(1500 * time.Millisecond)); n != maxNewcomers+maxQueued {
		t.Errorf("%d of %d strangers were answered in all, want %d", n, strangers, maxNewcomers+maxQueued)
	}
	if got := ana.session.nextLink.Load(); got != 0 {
		t.Errorf("%d links were made for strangers who only knock", got)
	}
	// And the door is as open as before.
	e.mu.Lock()
	e.meddle = nil
	e.mu.Unlock()
	ev.guest("Luc", ana.session.Invitation())
}

// knocker is an evil server's way to send a host knocks, and to count what it
// answers.
type knocker struct {
	t       *testing.T
	evil    *evilServer
	ana     *watcher
	answers chan struct{}
}

func newKnocker(t *testing.T) *knocker {
	e := newEvilServer(t)
	k := &knocker{t: t, evil: e, answers: make(chan struct{}, 1000)}
	k.ana = (&evening{t: t, url: e.url}).host(aFilm)
	k.ana.until("the room is open", func(v party.View) bool { return v.Server == party.ServerConnected })
	e.mu.Lock()
	e.meddle = func(*evilConn, signaling.Sealed) { k.answers <- struct{}{} }
	e.mu.Unlock()
	return k
}

func (k *knocker) knock(as signaling.PeerID, inv signaling.Invitation) {
	k.t.Helper()
	k.evil.mu.Lock()
	defer k.evil.mu.Unlock()
	knock, err := signaling.NewKnock(inv, k.evil.hosts[0].keys, entropy)
	if err != nil {
		k.t.Fatal(err)
	}
	k.evil.toHost(as, knock.Frame())
}

func (k *knocker) gone(peer signaling.PeerID) {
	k.evil.mu.Lock()
	defer k.evil.mu.Unlock()
	k.evil.hosts[0].send(signaling.Gone{Peer: peer})
}

// answered counts answers until there are none for a while.
func (k *knocker) answered() (n int) {
	for {
		select {
		case <-k.answers:
			n++
		case <-time.After(500 * time.Millisecond):
			return n
		}
	}
}

// Whoever was in the room once knows its number, and may knock with any secret.
func TestHostHearsAStrangerAFewTimesAndNoMore(t *testing.T) {
	t.Parallel()
	k := newKnocker(t)
	wrong := k.ana.session.Invitation()
	wrong.Secret[0] ^= 1
	for range 5 * maxKnocks {
		k.knock(signaling.PeerID{9}, wrong)
	}
	if n := k.answered(); n != maxKnocks {
		t.Errorf("%d of %d knocks were answered, want %d", n, 5*maxKnocks, maxKnocks)
	}
	k.knock(signaling.PeerID{8}, wrong)
	k.gone(signaling.PeerID{9})
	k.knock(signaling.PeerID{9}, wrong)
	if n := k.answered(); n != 2 {
		t.Errorf("of another, and of one who left, %d knocks were answered, want 2", n)
	}
	r := &reception{met: map[signaling.PeerID]*newcomer{}, heard: map[signaling.PeerID]int{}}
	for i := range 3 * maxHeard { // of a server that tells of nobody who left
		r.take(signaling.Relay{Peer: signaling.PeerID{7, byte(i), byte(i >> 8)}, Data: signaling.Sealed{1}})
	}
	if len(r.heard) > maxHeard || len(r.queue) != maxQueued {
		t.Errorf("%d strangers are remembered, and %d wait", len(r.heard), len(r.queue))
	}
}

// Somebody who was removed still has a link that the host understands, for
// those who were away meanwhile. It must not keep others from the door.
func TestReplacedInvitationTakesNobodysPlaceBeforeTheDoor(t *testing.T) {
	t.Parallel()
	k := newKnocker(t)
	old := k.ana.session.Invitation()
	k.ana.session.rotate()
	for i := range 2 * maxNewcomers {
		k.knock(signaling.PeerID{9, byte(i)}, old)
	}
	if n := k.answered(); n != maxReturning {
		t.Errorf("with the old invitation %d came to the door, want %d", n, maxReturning)
	}
	k.evil.mu.Lock()
	k.evil.meddle = nil
	k.evil.mu.Unlock()
	luc := (&evening{t: t, url: k.evil.url}).run("Luc", impatient, Config{Invitation: k.ana.session.Invitation()})
	luc.phase(party.Lobby)
}

func TestServerThatDoesNotAnswerAClaimIsNone(t *testing.T) {
	t.Parallel()
	e := newEvilServer(t)
	e.mu.Lock()
	e.deaf = true
	e.mu.Unlock()
	w := (&evening{t: t, url: e.url}).run("host", func(cfg Config) *Session {
		s := NewHost(cfg)
		s.timeouts.answer = 300 * time.Millisecond
		return s
	}, Config{Name: "Ana", Media: aFilm})
	var end *EndError
	if err := w.end(); !errors.As(err, &end) || end.Code != "server-away" {
		t.Errorf("the host's session ended with %v", err)
	}
}

func TestReplacedInvitationOpensNothingAndTheNewOneDoes(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	old := ana.session.Invitation()
	luc, eve := e.guest("Luc", old), e.guest("Eve", old)
	id := func(name string) (id wire.PersonID) {
		ana.until(name+" is there", func(v party.View) bool {
			for _, p := range v.People {
				if p.Name == name {
					id = p.ID
				}
			}
			return id != 0
		})
		return id
	}
	id("Luc")
	ana.session.Do(party.Kick{ID: id("Eve")})
	var end *EndError
	if err := eve.end(); !errors.As(err, &end) || end.Code != party.CodeKicked {
		t.Errorf("who was removed is told %v", err)
	}
	v := luc.until("the invitation is replaced", func(v party.View) bool { return v.Invitation != old.Fragment() })
	now := ana.session.Invitation()
	if v.Invitation != now.Fragment() || now.Room != old.Room || luc.session.Invitation() != now {
		t.Errorf("who stays is told %s, the host's is %s", v.Invitation, now.Fragment())
	}
	if err := e.run("Eve", NewGuest, Config{Invitation: old}).end(); !errors.As(err, &end) || end.Code != party.CodeLinkWrong {
		t.Errorf("with the old link: %v", err)
	}
	e.guest("Zoé", now)
}

// Another version of the server, of the link or of the peer is told apart and
// refused; nothing else is tried.
func TestServerOfAnotherVersionIsTold(t *testing.T) {
	up := websocket.Upgrader{Subprotocols: []string{"toile.v2"}}
	asked := make(chan string, 10)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Header.Get("Sec-WebSocket-Protocol")
		if ws, err := up.Upgrade(w, r, nil); err == nil {
			ws.ReadMessage()
			ws.Close()
		}
	}))
	defer srv.Close()
	e := &evening{t: t, url: "ws" + strings.TrimPrefix(srv.URL, "http")}
	for name, open := range map[string]func(Config) *Session{"host": NewHost, "guest": NewGuest} {
		var end *EndError
		if err := e.run(name, open, Config{}).end(); !errors.As(err, &end) || end.Code != "version" {
			t.Errorf("the %s's session ended with %v", name, err)
		}
		if got := <-asked; got != signaling.Subprotocol {
			t.Errorf("the %s asked for %q", name, got)
		}
	}
	if len(asked) != 0 {
		t.Errorf("something else was tried: %q", <-asked)
	}
}

// A join is within 0.3 s on a quiet machine; this only catches a handshake that
// waits for a timer.
func TestJoinOnLoopbackIsShort(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	best := time.Hour
	for range 5 {
		began := time.Now()
		e.run("guest", NewGuest, Config{Invitation: ana.session.Invitation()}).phase(party.Lobby)
		best = min(best, time.Since(began))
	}
	t.Logf("the shortest of 5 joins took %v", best)
	if best > time.Second {
		t.Errorf("the shortest of 5 joins took %v", best)
	}
}

// A browser may find its first candidate before its offer is on its way, and
// the other side takes nothing before the offer.
func TestDescriptionGoesBeforeItsCandidates(t *testing.T) {
	e := newEvilServer(t)
	id := signaling.NewIdentity(entropy)
	inv := signaling.Invitation{Room: id.Room()}
	k, err := signaling.NewKnock(inv, id.Public(), entropy)
	if err != nil {
		t.Fatal(err)
	}
	welcome, host, err := signaling.NewDoor(id, inv.Secret, entropy).Answer(k.Frame())
	if err != nil {
		t.Fatal(err)
	}
	guest, err := k.Enter(welcome)
	if err != nil {
		t.Fatal(err)
	}
	c, err := signaling.Dial(t.Context(), e.url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	got := make(chan signaling.Sealed, 8)
	e.mu.Lock()
	e.meddle = func(_ *evilConn, data signaling.Sealed) { got <- data }
	e.mu.Unlock()
	p := &pipe{client: c, tunnel: guest}
	p.candidate(signaling.Candidate{JSON: "early"})
	if err := p.describe(signaling.Offer{SDP: "v=0"}); err != nil {
		t.Fatal(err)
	}
	p.candidate(signaling.Candidate{JSON: "late"})
	for _, want := range []signaling.Signal{signaling.Offer{SDP: "v=0"}, signaling.Candidate{JSON: "early"}, signaling.Candidate{JSON: "late"}} {
		if s, err := host.Open(<-got); err != nil || s != want {
			t.Errorf("got %v, %v, want %v", s, err, want)
		}
	}
}
