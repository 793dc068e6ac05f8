//go:build !js

package peer

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/transport/v5"

	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
	"github.com/toile-party/toile/signaling/server"
)

// patience bounds what a test waits for; nothing here takes a tenth of it on a
// quiet machine.
const patience = 30 * time.Second

// watcher keeps a session's newest view and waits for one.
type watcher struct {
	t       *testing.T
	name    string
	session *Session
	player  *Virtual
	cancel  context.CancelFunc
	ended   chan error

	mu   sync.Mutex
	view party.View
	more chan struct{}
}

func (w *watcher) show(v party.View) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.view = v
	close(w.more)
	w.more = make(chan struct{})
}

func (w *watcher) until(what string, ok func(party.View) bool) party.View {
	w.t.Helper()
	limit := time.After(patience)
	for {
		w.mu.Lock()
		v, more := w.view, w.more
		w.mu.Unlock()
		if ok(v) {
			return v
		}
		select {
		case <-more:
		case <-limit:
			w.t.Fatalf("%s waited in vain until %s; the last view is %+v", w.name, what, v)
		}
	}
}

func (w *watcher) phase(p party.Phase) party.View {
	w.t.Helper()
	return w.until(string(p), func(v party.View) bool { return v.Phase == p })
}

// evening is a signaling server and the people who use it.
type evening struct {
	t      *testing.T
	server *server.Server
	http   *httptest.Server
	url    string
}

func newEvening(t *testing.T) *evening { return newEveningOf(t, server.Config{}) }

func newEveningOf(t *testing.T, cfg server.Config) *evening {
	e := &evening{t: t, server: server.New(cfg)}
	e.http = httptest.NewServer(e.server)
	e.url = "ws" + strings.TrimPrefix(e.http.URL, "http")
	t.Cleanup(e.stopServer)
	return e
}

func (e *evening) stopServer() {
	e.http.Listener.Close()
	e.server.Shutdown(context.Background())
}

func (e *evening) run(name string, open func(Config) *Session, cfg Config) *watcher {
	cfg.Link = link.Config{LoopbackOnly: true}
	return e.start(name, open, cfg)
}

// runAt is run for somebody in a simulated network, who meets the server by the
// real one.
func (e *evening) runAt(at transport.Net, name string, open func(Config) *Session, cfg Config) *watcher {
	cfg.Link = link.Config{Net: at}
	return e.start(name, open, cfg)
}

func (e *evening) start(name string, open func(Config) *Session, cfg Config) *watcher {
	w := &watcher{t: e.t, name: name, player: NewVirtual(), ended: make(chan error, 1), more: make(chan struct{})}
	cfg.Signaling, cfg.Player, cfg.Show = e.url, w.player, w.show
	w.session = open(cfg)
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	go w.player.Run(ctx, w.session)
	go func() { w.ended <- w.session.Run(ctx) }()
	e.t.Cleanup(func() {
		cancel()
		if w.ended != nil {
			<-w.ended
		}
	})
	return w
}

func isSynced(v party.View) bool { return v.Sync.State == party.Synced }

func (w *watcher) end() error {
	w.t.Helper()
	select {
	case err := <-w.ended:
		w.ended = nil
		return err
	case <-time.After(patience):
		w.t.Fatalf("%s's session did not end", w.name)
		return nil
	}
}

func (e *evening) host(media wire.Media) *watcher {
	w := e.run("host", NewHost, Config{Name: "Ana", Media: media})
	w.phase(party.Theatre)
	return w
}

func (e *evening) guest(name string, inv signaling.Invitation) *watcher {
	w := e.run(name, NewGuest, Config{Invitation: inv})
	w.phase(party.Lobby)
	w.session.Do(party.TakeSeat{Name: name})
	w.phase(party.Theatre)
	return w
}

var aFilm = wire.Media{URL: "https://films.example/a.mp4", Title: "A", Duration: time.Hour}

func TestTwoNativePeersWatchTogether(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	luc := e.guest("Luc", ana.session.Invitation())
	ana.session.Do(party.Play{})
	luc.until("the film plays", func(v party.View) bool { return v.Film.Rate == 1 })
	ana.until("in sync", isSynced)
	luc.until("in sync", isSynced)
	luc.session.Do(party.Say{Text: "hello"})
	ana.until("the line is here", func(v party.View) bool {
		return len(v.Lines) > 0 && v.Lines[len(v.Lines)-1].Text == "hello"
	})
	luc.until("the line is no longer pending", func(v party.View) bool {
		return len(v.Lines) > 0 && !v.Lines[len(v.Lines)-1].Pending
	})
	ana.session.Do(party.Leave{})
	if err := ana.end(); err != nil {
		t.Errorf("the host's session ended with %v", err)
	}
	var end *EndError
	if err := luc.end(); !errors.As(err, &end) || end.Code != party.CodePartyOver {
		t.Errorf("the guest's session ended with %v, want %q", err, party.CodePartyOver)
	}
}

func TestPartyOutlivesItsServer(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	luc := e.guest("Luc", ana.session.Invitation())
	luc.until("it left the server", func(v party.View) bool { return v.Server == party.ServerLeft })
	e.stopServer()
	ana.until("the server is away", func(v party.View) bool { return v.Server == party.ServerAway })
	ana.session.Do(party.Play{})
	luc.until("the film plays", func(v party.View) bool { return v.Film.Rate == 1 })
	luc.session.Do(party.Say{Text: "still here"})
	ana.until("the line is here", func(v party.View) bool { return v.Lines[len(v.Lines)-1].Text == "still here" })
}

func TestGuestWithAnotherSecretIsTold(t *testing.T) {
	e := newEvening(t)
	ana := e.host(aFilm)
	inv := ana.session.Invitation()
	inv.Secret[3] ^= 1
	g := e.run("guest", NewGuest, Config{Invitation: inv})
	var end *EndError
	if err := g.end(); !errors.As(err, &end) || end.Code != party.CodeLinkWrong {
		t.Errorf("with another secret the session ended with %v", err)
	}
}

func TestServerAwayIsTold(t *testing.T) {
	e := newEvening(t)
	e.stopServer()
	for name, open := range map[string]func(Config) *Session{"host": NewHost, "guest": NewGuest} {
		var end *EndError
		if err := e.run(name, open, Config{}).end(); !errors.As(err, &end) || end.Code != "server-away" {
			t.Errorf("without a server the %s's session ended with %v", name, err)
		}
	}
}
