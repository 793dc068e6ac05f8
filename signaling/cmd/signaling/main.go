// Command signaling is Toile's server: the page, the introductions, and STUN,
// in one binary that stores nothing.
//
//	signaling [-listen :8080] [-stun :3478] [-ice URLs] [-log info] [-sample film.mp4]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/toile-party/toile/signaling/server"
	"github.com/toile-party/toile/web"
)

const defaultSTUN = ":3478"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole command. It returns the exit status: 1 when something the
// flags ask for cannot be had, 2 when they cannot be understood.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	fs := flag.NewFlagSet("signaling", flag.ContinueOnError)
	fs.SetOutput(errs)
	listen := fs.String("listen", ":8080", "TCP address of the page and the WebSocket")
	stunAddr := fs.String("stun", defaultSTUN, "UDP address that answers STUN; empty: none")
	ice := fs.String("ice", "", "more ICE servers to name to peers: stun: or turn: URLs, comma-separated")
	level := fs.String("log", "info", "what to log: debug, info, warn or error")
	sample := fs.String("sample", "", "a film to offer on the page for trying it out")
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	fail := func(format string, a ...any) int {
		fmt.Fprintf(errs, "signaling: "+format+"\n", a...)
		return 1
	}
	var min slog.Level
	if err := min.UnmarshalText([]byte(*level)); err != nil || fs.NArg() > 0 {
		fs.Usage()
		return 2
	}
	log := slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: min}))
	servers, err := iceURLs(*ice)
	if err != nil {
		return fail("-ice %v", err)
	}
	if *sample != "" {
		if st, err := os.Stat(*sample); err != nil || !st.Mode().IsRegular() {
			log.Warn("the sample film is not there; the page goes without", "file", *sample)
			*sample = ""
		}
	}
	tcp, err := net.Listen("tcp", *listen)
	if err != nil {
		return fail("%v. Is another server running? Choose another address: -listen :8081", err)
	}
	udp, err := listenSTUN(*stunAddr, log)
	if err != nil {
		tcp.Close()
		return fail("%v. Choose another address: -stun :3479, or none: -stun ''", err)
	}
	port := 0
	if udp != nil {
		port = udp.LocalAddr().(*net.UDPAddr).Port
		go server.ServeSTUN(udp) // until udp is closed below
	}
	rooms := server.New(server.Config{ICE: servers, STUNPort: port, Log: log})
	mux := http.NewServeMux()
	mux.Handle("GET /ws", rooms)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "ok\n") })
	mux.Handle("/", web.Handler(web.Config{Sample: *sample}))
	srv := &http.Server{
		Handler: mux, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 60 * time.Second,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(discardAddresses{log.Handler()}, slog.LevelDebug),
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(tcp) }()
	fmt.Fprintf(out, "Toile is open at %s\n", address(tcp.Addr()))
	select {
	case err := <-served:
		return fail("%v", err)
	case <-ctx.Done():
	}
	log.Info("shutting down")
	limit, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	rooms.Shutdown(limit)
	srv.Shutdown(limit)
	if udp != nil {
		udp.Close()
	}
	return 0
}

// listenSTUN opens the STUN port. That of the default is a wish: where it is
// taken any other does, since peers are told which.
func listenSTUN(addr string, log *slog.Logger) (net.PacketConn, error) {
	if addr == "" {
		return nil, nil
	}
	udp, err := net.ListenPacket("udp", addr)
	if err != nil && addr == defaultSTUN {
		log.Warn("the STUN port is taken; another is used", "port", defaultSTUN)
		return net.ListenPacket("udp", ":0")
	}
	return udp, err
}

// iceURLs reads the -ice flag.
func iceURLs(list string) ([]string, error) {
	var urls []string
	for _, u := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		scheme, rest, _ := strings.Cut(u, ":")
		switch scheme {
		case "stun", "stuns":
		default:
			return nil, fmt.Errorf("%q: only stun: and stuns: URLs so far, like stun:stun.example:3478", u)
		}
		if rest == "" {
			return nil, fmt.Errorf("%q has no host", u)
		}
		urls = append(urls, u)
	}
	return urls, nil
}

// address is where to open the page on this machine.
func address(a net.Addr) string {
	tcp := a.(*net.TCPAddr)
	host := "localhost"
	if !tcp.IP.IsUnspecified() {
		host = tcp.IP.String()
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(tcp.Port))
}

// discardAddresses keeps net/http's own messages out of the log: they name
// the addresses of people.
type discardAddresses struct{ slog.Handler }

func (discardAddresses) Enabled(context.Context, slog.Level) bool { return false }
