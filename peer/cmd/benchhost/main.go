// Command benchhost is the host of the sync bench: the native peer behind a
// network that is impaired on purpose, with the clock that everybody's film is
// measured by, and the rule of another product over the same network. It is
// started by web/e2e/bench and is of no use to anybody else.
//
//	POST /do?what=play|pause|seek&to=SECONDS    drives our party
//	GET  /timeline                              what our party's film does, in true time
//	WS   /truth                                 the true time, not impaired
//	GET  /rival, WS /rival/net                  the other rule's page, and its impaired network
//	POST /rival/do?what=...                     drives the other rule's party
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/peer"
	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/wire"
)

func main() {
	log.SetFlags(0)
	listen := flag.String("listen", "127.0.0.1:0", "address of the bench's own server")
	signal := flag.String("signaling", "ws://127.0.0.1:8080/ws", "WebSocket address of the signaling server")
	film := flag.String("film", "", "address of the film")
	file := flag.String("file", "", "the same film as a file, for the other rule's page")
	length := flag.Duration("length", 0, "length of the film")
	name := flag.String("condition", "clean", "network: "+strings.Join(names(), ", "))
	seed := flag.Uint64("seed", 1, "of the network")
	probe := flag.Bool("probe", false, "only measure the network, and print what it does as JSON")
	flag.Parse()
	i := slices.IndexFunc(impair.Conditions(), func(c impair.Condition) bool { return c.Name == *name })
	if i < 0 {
		log.Fatalf("benchhost: no condition %q; there are %s", *name, strings.Join(names(), ", "))
	}
	c := impair.Conditions()[i]
	var err error
	if *probe {
		err = printProbe(c, *seed)
	} else {
		err = host(c, *seed, *listen, *signal, *film, *file, *length)
	}
	if err != nil {
		log.Fatal("benchhost: ", err)
	}
}

func names() (all []string) {
	for _, c := range impair.Conditions() {
		all = append(all, c.Name)
	}
	return all
}

func printProbe(c impair.Condition, seed uint64) error {
	forth, back, err := impair.Probe(c.Forth, c.Back, seed, 1000, 10*time.Millisecond)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"title": c.Title, "forth": told(forth), "back": told(back)})
}

// told is a probe's result in milliseconds.
func told(p impair.Probed) map[string]any {
	ms := func(d time.Duration) float64 { return float64(d) / 1e6 }
	return map[string]any{"sent": p.Sent, "loss": p.Loss, "mean": ms(p.Mean), "sd": ms(p.SD), "p5": ms(p.P5), "p95": ms(p.P95)}
}

// truth is the one clock that everything is measured by: milliseconds since
// this program started.
type truth struct{ start time.Time }

func (t truth) now() float64 { return float64(time.Since(t.start)) / 1e6 }

func host(c impair.Condition, seed uint64, listen, signaling, film, file string, length time.Duration) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	udp, err := net.ListenPacket("udp4", "0.0.0.0:0")
	if err != nil {
		return err
	}
	mux := link.NewMux(impair.New(udp, c.Forth, c.Back, seed))
	defer mux.Close()
	true_ := truth{time.Now()}
	o := &ours{truth: true_, drift: c.Drift}
	player := peer.NewVirtual()
	o.session = peer.NewHost(peer.Config{
		Signaling: signaling, Name: "Bench", Player: player, Show: o.show,
		Clock: func() clock.Local {
			return clock.Local(float64(time.Since(true_.start))*(1+c.Drift)) + clock.Local(time.Hour)
		},
		Media: wire.Media{URL: film, Title: "Frames", Duration: length},
		Link:  link.Config{LAN: true, Loopback: true, Mux: mux},
	})
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	r := newRival(true_, c, seed)
	mx := http.NewServeMux()
	mx.HandleFunc("POST /do", o.do)
	mx.HandleFunc("GET /timeline", o.timeline)
	mx.HandleFunc("/truth", true_.serve)
	mx.HandleFunc("GET /rival", r.page)
	mx.HandleFunc("/rival/net", r.socket)
	mx.HandleFunc("POST /rival/do", r.do)
	mx.HandleFunc("GET /rival/timeline", r.timeline)
	mx.HandleFunc("GET /film.mp4", func(w http.ResponseWriter, q *http.Request) { http.ServeFile(w, q, file) })
	srv := &http.Server{Handler: mx, ReadHeaderTimeout: 5 * time.Second}
	go srv.Serve(l)
	defer srv.Close()
	fmt.Printf("bench %s invitation %s\n", l.Addr(), o.session.Invitation().Fragment())
	go player.Run(ctx, o.session)
	if err := o.session.Run(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

var upgrader = websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }} // it listens on loopback only

// serve answers each message with the true time at which it came.
func (t truth) serve(w http.ResponseWriter, q *http.Request) {
	c, err := upgrader.Upgrade(w, q, nil)
	if err != nil {
		return
	}
	defer c.Close()
	for {
		if _, _, err := c.ReadMessage(); err != nil {
			return
		}
		if c.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, "%.4f", t.now())) != nil {
			return
		}
	}
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Access-Control-Allow-Origin", "*")
	json.NewEncoder(w).Encode(v)
}
