package main

import (
	_ "embed"
	"encoding/json"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/peer/impair"
)

// rival is Jellyfin SyncPlay's rule, written anew from its published constants
// (jellyfin-web core/timeSync/TimeSync.js, core/PlaybackCore.js and the
// server's PlayingGroupState.cs): the group plays at the server's time plus
// twice the longest ping, half a second at least, and a pause is stamped with
// the time at which it was asked for. Its messages travel by TCP there, so here
// a lost one comes late by a retransmission instead of not at all.
type rival struct {
	truth truth
	cond  impair.Condition

	mu       sync.Mutex // guards what follows
	rand     *rand.Rand
	sockets  map[*rivalSocket]bool
	at       float64 // ms of true time
	position float64 // s
	rate     float64
}

// retransmit is the least that TCP waits for an acknowledgement on Linux
// (TCP_RTO_MIN), beside the round trip.
const retransmit = 200 * time.Millisecond

const minLead = 500.0 // ms: DefaultPing of SyncPlay/Group.cs

//go:embed rival.html
var rivalPage []byte

func newRival(t truth, c impair.Condition, seed uint64) *rival {
	return &rival{truth: t, cond: c, rand: rand.New(rand.NewPCG(seed, 9)), sockets: map[*rivalSocket]bool{}}
}

func (r *rival) page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(rivalPage)
}

// late draws how long one message takes.
func (r *rival) late(p impair.Path) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := p.Delay + time.Duration((2*r.rand.Float64()-1)*float64(p.Jitter)) + time.Duration(r.rand.NormFloat64()*float64(p.Normal))
	if time.Since(r.truth.start)%(10*time.Second) < 10*time.Second/3 {
		d += time.Duration(r.rand.Float64() * float64(p.Bloat))
	}
	loss := p.Loss + p.BurstEvery*p.BurstFor/(1+p.BurstEvery*p.BurstFor)
	for back := retransmit; r.rand.Float64() < loss; back *= 2 {
		d += back + r.cond.Forth.Delay + r.cond.Back.Delay
	}
	return max(d, 0)
}

// rivalSocket is one client. Both ways keep their order, as TCP does.
type rivalSocket struct {
	conn *websocket.Conn
	mu   sync.Mutex // guards what follows
	free time.Time  // when the last message there arrives
	ping float64    // ms
}

func (r *rival) send(s *rivalSocket, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		return
	}
	late := r.late(r.cond.Forth)
	s.mu.Lock()
	at := time.Now().Add(late)
	if at.Before(s.free) {
		at = s.free.Add(time.Microsecond)
	}
	s.free = at
	s.mu.Unlock()
	time.AfterFunc(time.Until(at), func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.conn.WriteMessage(websocket.TextMessage, b)
	})
}

func (r *rival) socket(w http.ResponseWriter, q *http.Request) {
	c, err := upgrader.Upgrade(w, q, nil)
	if err != nil {
		return
	}
	defer c.Close()
	s := &rivalSocket{conn: c}
	r.mu.Lock()
	r.sockets[s] = true
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		delete(r.sockets, s)
		r.mu.Unlock()
	}()
	for {
		var m struct {
			N    int
			Sent float64
			Ping float64
		}
		if c.ReadJSON(&m) != nil {
			return
		}
		time.AfterFunc(r.late(r.cond.Back), func() {
			now := r.truth.now()
			s.mu.Lock()
			s.ping = m.Ping
			s.mu.Unlock()
			r.send(s, map[string]any{"do": "pong", "n": m.N, "sent": m.Sent, "received": now, "replied": now})
		})
	}
}

func (r *rival) now() float64 {
	if r.rate == 0 || r.truth.now() < r.at {
		return r.position
	}
	return r.position + (r.truth.now()-r.at)/1000*r.rate
}

func (r *rival) do(w http.ResponseWriter, q *http.Request) {
	now := r.truth.now()
	r.mu.Lock()
	m := map[string]any{"do": q.FormValue("what")}
	switch m["do"] {
	case "play":
		lead := minLead
		for s := range r.sockets {
			s.mu.Lock()
			lead = math.Max(lead, 2*s.ping)
			s.mu.Unlock()
		}
		r.at, r.rate = now+lead, 1
	case "pause":
		r.position, r.at, r.rate = r.now(), now, 0
	case "seek":
		to, _ := strconv.ParseFloat(q.FormValue("to"), 64)
		r.position, r.at, r.rate = to, now, 0
		m["do"] = "pause"
	}
	m["when"], m["position"] = r.at, r.position
	all := make([]*rivalSocket, 0, len(r.sockets))
	for s := range r.sockets {
		all = append(all, s)
	}
	r.mu.Unlock()
	for _, s := range all {
		r.send(s, m)
	}
	answer(w, map[string]any{"at": now})
}

func (r *rival) timeline(w http.ResponseWriter, _ *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	answer(w, map[string]any{"at": r.at, "position": r.position, "rate": r.rate, "people": len(r.sockets)})
}
