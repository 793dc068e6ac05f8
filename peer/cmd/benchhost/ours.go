package main

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/toile-party/toile/peer"
	"github.com/toile-party/toile/peer/party"
)

// ours is the party as it is.
type ours struct {
	truth   truth
	drift   float64
	session *peer.Session

	mu   sync.Mutex // guards view
	view party.View
}

func (o *ours) show(v party.View) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.view = v
}

// do drives, and tells when it did.
func (o *ours) do(w http.ResponseWriter, q *http.Request) {
	at := o.truth.now()
	switch what := q.FormValue("what"); what {
	case "play":
		o.session.Do(party.Play{})
	case "pause":
		o.session.Do(party.Pause{})
	case "seek":
		to, err := strconv.ParseFloat(q.FormValue("to"), 64)
		if err != nil {
			http.Error(w, "to=SECONDS is missing", http.StatusBadRequest)
			return
		}
		o.session.Do(party.Seek{Position: time.Duration(to * 1e9)})
	default:
		http.Error(w, "what=play, pause or seek", http.StatusBadRequest)
		return
	}
	answer(w, map[string]any{"at": at})
}

// timeline tells the party's film in true time: at `at` it is at `position`,
// and runs on by `rate`.
func (o *ours) timeline(w http.ResponseWriter, _ *http.Request) {
	o.mu.Lock()
	v := o.view
	o.mu.Unlock()
	// The session's clock is true time, scaled, and an hour ahead.
	at := (float64(v.Film.At) - float64(time.Hour)) / (1 + o.drift) / 1e6
	ready := 0
	for _, p := range v.People {
		if !p.Host && p.Measured {
			ready++
		}
	}
	answer(w, map[string]any{
		"at": at, "position": v.Film.Position.Seconds(), "rate": v.Film.Rate * (1 + o.drift),
		"resuming": v.Film.Resuming, "people": len(v.People), "measured": ready,
	})
}
