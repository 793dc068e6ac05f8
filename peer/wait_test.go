//go:build !js

package peer

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
	"github.com/toile-party/toile/signaling/server"
)

// aRoom is an invitation that was sent before its host came.
func aRoom() (*signaling.Identity, signaling.Invitation) {
	id := signaling.NewIdentity(entropy)
	inv := signaling.Invitation{Room: id.Room()}
	entropy(inv.Secret[:])
	return id, inv
}

func isHostAway(v party.View) bool { return v.Code == party.CodeHostAway }

// hostOf opens a room of which the link is already known.
func (e *evening) hostOf(id *signaling.Identity, inv signaling.Invitation) *watcher {
	w := e.run("host", NewHost, Config{Name: "Ana", Media: aFilm, Identity: id, Invitation: inv})
	w.phase(party.Theatre)
	return w
}

func TestGuestWaitsForItsHost(t *testing.T) {
	e := newEvening(t)
	id, inv := aRoom()
	luc := e.run("Luc", NewGuest, Config{Invitation: inv})
	if v := luc.until("the host is away", isHostAway); v.Phase != party.Connecting {
		t.Errorf("it waits in phase %s", v.Phase)
	}
	e.hostOf(id, inv)
	if v := luc.phase(party.Lobby); v.Code != "" {
		t.Errorf("in the lobby the code is %q", v.Code)
	}
}

func TestGuestWaitsThroughARestartOfTheServer(t *testing.T) {
	e := newEvening(t)
	id, inv := aRoom()
	luc := e.run("Luc", NewGuest, Config{Invitation: inv})
	luc.until("the host is away", isHostAway)
	address := e.http.Listener.Addr().String()
	e.stopServer()
	e.server = server.New(server.Config{})
	e.http = serveAt(t, address, e.server)
	e.hostOf(id, inv)
	luc.phase(party.Lobby)
}

func TestGuestWhoWaitsMayGiveUp(t *testing.T) {
	e := newEvening(t)
	_, inv := aRoom()
	luc := e.run("Luc", NewGuest, Config{Invitation: inv})
	luc.until("the host is away", isHostAway)
	luc.session.Do(party.Leave{})
	if err := luc.end(); err != nil {
		t.Errorf("the session ended with %v", err)
	}
}

// The server ends the wait (TRUST section 4 has ten minutes), and the guest is
// told that there is no party.
func TestGuestWhoWaitedInVainIsTold(t *testing.T) {
	up := websocket.Upgrader{Subprotocols: []string{signaling.Subprotocol}}
	enough := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		ws.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, signaling.Hello{}))
		ws.ReadMessage()
		ws.WriteMessage(websocket.BinaryMessage, signaling.Append(nil, signaling.Joined{}))
		<-enough
		ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(int(signaling.CloseRoomNotFound), ""))
		ws.ReadMessage()
	}))
	defer srv.Close()
	e := &evening{t: t, url: "ws" + strings.TrimPrefix(srv.URL, "http")}
	_, inv := aRoom()
	luc := e.run("Luc", NewGuest, Config{Invitation: inv})
	luc.until("the host is away", isHostAway)
	close(enough)
	var end *EndError
	if err := luc.end(); !errors.As(err, &end) || end.Code != "room-not-found" {
		t.Errorf("the session ended with %v", err)
	}
}

// A host that comes and goes before it answers is waited for again; one that
// does so for ever is no way to a party.
func TestHostThatOnlyComesAndGoesIsGivenUp(t *testing.T) {
	tr := newTrial(t)
	tr.meddle(func(from *evilConn, _ signaling.Sealed) {
		from.send(signaling.Absent{})
		from.send(signaling.Present{Keys: tr.evil.named()})
	})
	tr.refused(t, tr.ana.session.Invitation(), "host-lost")
	tr.evil.mu.Lock()
	defer tr.evil.mu.Unlock()
	if n := tr.evil.guests[0].count; n != maxMeetings {
		t.Errorf("it knocked %d times, want %d", n, maxMeetings)
	}
}

// Whoever comes late to the room of a host who left meanwhile waits as well,
// and keys that are not the room's end the wait.
func TestWaitEndsAtKeysOfAnother(t *testing.T) {
	e := newEvilServer(t)
	ev := &evening{t: t, url: e.url}
	_, inv := aRoom()
	evil := signaling.NewIdentity(entropy).Public()
	e.mu.Lock()
	e.keys = &evil
	e.mu.Unlock()
	var end *EndError
	if err := ev.run("Luc", NewGuest, Config{Invitation: inv}).end(); !errors.As(err, &end) || end.Code != "tampered" {
		t.Errorf("the session ended with %v", err)
	}
}

// serveAt is a server at an address that another had until now.
func serveAt(t *testing.T, address string, h *server.Server) *httptest.Server {
	t.Helper()
	srv := httptest.NewUnstartedServer(h)
	srv.Listener.Close()
	var lc net.ListenConfig
	for limit := time.Now().Add(patience); ; {
		l, err := lc.Listen(context.Background(), "tcp", address)
		if err == nil {
			srv.Listener = l
			srv.Start()
			return srv
		}
		if time.Now().After(limit) {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
