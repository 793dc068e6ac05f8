// Command signaling is Toile's server: the page, the introductions, and STUN,
// in one binary that stores nothing. signaling -h tells its flags, and
// docs/operate.md how to run it for others.
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
	"runtime/debug"
	"strconv"
	"syscall"
	"time"

	"github.com/toile-party/toile/signaling/server"
)

// collectAt is how much garbage the heap may gain before it is tidied up, in
// percent of what lives; Go's own default is 100. Most of what lives is idle
// sockets, for hours: less room for garbage is a fifth of all memory, and costs
// little. GOGC in the environment has the last word.
const collectAt = 50

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole command. It returns the exit status: 1 when something the
// flags ask for cannot be had, 2 when they cannot be understood.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	fail := func(format string, a ...any) int {
		fmt.Fprintf(errs, "signaling: "+format+"\n", a...)
		return 1
	}
	o, err := parse(args, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		return 2
	case err != nil:
		fail("%v", err)
		return 2
	}
	log := slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: o.level}))
	if o.sample != "" {
		if st, err := os.Stat(o.sample); err != nil || !st.Mode().IsRegular() {
			log.Warn("the sample film is not there; the page goes without", "file", o.sample)
			o.sample = ""
		}
	}
	conf, challenge, err := o.tls.config()
	if err != nil {
		return fail("%v", err)
	}
	listeners, err := o.open(log)
	if err != nil {
		return fail("%v", err)
	}
	defer listeners.close()

	o.server.Log, o.server.Names = log, o.tls.domains
	if udp := listeners.stun; udp != nil {
		o.server.STUNPort = udp.LocalAddr().(*net.UDPAddr).Port
	}
	rooms := server.New(o.server)
	if listeners.stun != nil {
		go func() { // until it is closed
			if err := rooms.ServeSTUN(listeners.stun); !errors.Is(err, net.ErrClosed) {
				log.Error("STUN is answered no more; start the server again", "error", err)
			}
		}()
	}
	handler := site(rooms, o.sample)
	tcp, scheme := rooms.Listener(listeners.tcp), "http" // counted before TLS costs anything
	if conf != nil {
		scheme, handler = "https", strict(handler)
	}

	served := make(chan error, 3)
	var servers []*http.Server
	serve := func(l net.Listener, h http.Handler) {
		s := hurried(h, log)
		servers = append(servers, s)
		go func() {
			if conf != nil && l == tcp {
				s.TLSConfig = conf // net/http then speaks HTTP/2 where it is wanted
				served <- s.ServeTLS(l, "", "")
			} else {
				served <- s.Serve(l)
			}
		}()
	}
	serve(tcp, handler)
	if listeners.challenge != nil {
		serve(rooms.Listener(listeners.challenge), challenge)
	}
	if listeners.metrics != nil {
		serve(listeners.metrics, metricsOnly(rooms))
		log.Info("metrics", "at", "http://"+listeners.metrics.Addr().String()+"/metrics")
	}
	if len(o.tls.domains) > 0 {
		fmt.Fprintf(out, "Toile is open at https://%s\n", o.tls.domains[0])
	} else {
		fmt.Fprintf(out, "Toile is open at %s\n", address(scheme, listeners.tcp.Addr()))
	}
	select {
	case err := <-served:
		return fail("%v", err)
	case <-ctx.Done():
	}
	log.Info("shutting down")
	rooms.Drain()
	time.Sleep(o.drain)
	limit, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	rooms.Shutdown(limit)
	for _, s := range servers {
		if s.Shutdown(limit) != nil {
			s.Close()
		}
	}
	return 0
}

// listeners are the ports of one server; nil are those that it has not.
type listeners struct {
	tcp, challenge, metrics net.Listener
	stun                    net.PacketConn
}

// open opens every port that the flags ask for, or none.
func (o *options) open(log *slog.Logger) (l listeners, err error) {
	defer func() {
		if err != nil {
			l.close()
		}
	}()
	if l.tcp, err = net.Listen("tcp", o.listen); err != nil {
		return l, fmt.Errorf("%w. Is another server running? Choose another address: -listen :8081", err)
	}
	if len(o.tls.domains) > 0 && o.http != "" {
		if l.challenge, err = net.Listen("tcp", o.http); err != nil {
			return l, fmt.Errorf("%w. Port 80 is where the certificates' authority asks back, and people are sent on to HTTPS: "+
				"-http ADDRESS for one that the Internet reaches as port 80, -http '' for none", err)
		}
	}
	if o.metrics != "" {
		if l.metrics, err = net.Listen("tcp", o.metrics); err != nil {
			return l, fmt.Errorf("%w. Choose another address: -metrics 127.0.0.1:9091, or none: -metrics ''", err)
		}
		if !loopback(o.metrics) {
			log.Warn("metrics can be read by others than this machine", "address", o.metrics)
		}
	}
	if l.stun, err = listenSTUN(o.stun, log); err != nil {
		return l, fmt.Errorf("%w. Choose another address: -stun :3479, or none: -stun ''", err)
	}
	return l, nil
}

func (l listeners) close() {
	for _, t := range []net.Listener{l.tcp, l.challenge, l.metrics} {
		if t != nil {
			t.Close()
		}
	}
	if l.stun != nil {
		l.stun.Close()
	}
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

// address is where to open the page on this machine.
func address(scheme string, a net.Addr) string {
	tcp := a.(*net.TCPAddr)
	host := "localhost"
	if !tcp.IP.IsUnspecified() {
		host = tcp.IP.String()
	}
	return scheme + "://" + net.JoinHostPort(host, strconv.Itoa(tcp.Port))
}
