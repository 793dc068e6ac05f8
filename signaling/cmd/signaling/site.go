package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/toile-party/toile/signaling/server"
	"github.com/toile-party/toile/web"
)

// How long strangers may take. What becomes a WebSocket has its own limits.
const (
	headerWithin  = 5 * time.Second
	requestWithin = 10 * time.Second // header and body: nobody reads a body, and net/http waits for one
	answerWithin  = 2 * time.Minute  // the largest file of the page, on the slowest network
	sampleWithin  = time.Hour        // a browser takes a film as slowly as it is watched
	idleWithin    = 60 * time.Second
	maxHeader     = 16 << 10 // bytes
)

// site is all that everybody reaches.
func site(rooms *server.Server, sample string) http.Handler {
	page := web.Handler(web.Config{Sample: sample})
	mux := http.NewServeMux()
	mux.Handle("GET /ws", rooms)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if !rooms.Ready() {
			http.Error(w, "no: full, or about to stop", http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, "ok\n")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/sample/") {
			http.NewResponseController(w).SetWriteDeadline(time.Now().Add(sampleWithin))
		}
		page.ServeHTTP(w, r)
	})
	return mux
}

func metricsOnly(rooms *server.Server) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", rooms.Metrics())
	return mux
}

// hurried is an HTTP server for the open Internet: nobody takes its time.
func hurried(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h, MaxHeaderBytes: maxHeader,
		ReadHeaderTimeout: headerWithin, ReadTimeout: requestWithin, WriteTimeout: answerWithin, IdleTimeout: idleWithin,
		ErrorLog: slog.NewLogLogger(discardAddresses{log.Handler()}, slog.LevelDebug),
	}
}

// discardAddresses keeps net/http's own messages out of the log: they name
// the addresses of people.
type discardAddresses struct{ slog.Handler }

func (discardAddresses) Enabled(context.Context, slog.Level) bool { return false }
