// Command bench-server measures what the signaling server costs beside the
// least that a WebSocket server can do: gorilla's echo, with the buffers that
// it has when nobody thinks of them. Both run on this machine, one after the
// other, under the same load; what is worth keeping is the ratio.
//
//	bench-server -server bin/signaling [-sockets 5000] [-joins 4000] [-settle 6s]
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

func main() {
	binary := flag.String("server", "bin/signaling", "the server to measure")
	sockets := flag.Int("sockets", 5000, "idle sockets")
	joins := flag.Int("joins", 4000, "joins, and echoes")
	settle := flag.Duration("settle", 6*time.Second, "how long idle sockets are idle before memory is read; the Go runtime tidies up on its own every 2 minutes")
	echo := flag.Bool("echo", false, "be the echo server")
	flag.Parse()
	var err error
	if *echo {
		err = serveEcho()
	} else {
		err = compare(os.Stdout, *binary, *sockets, *joins, *settle)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench-server:", err)
		os.Exit(1)
	}
}

// serveEcho is gorilla's example, on a port that it prints.
func serveEcho() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("Toile is open at http://%s\n", l.Addr())
	up := websocket.Upgrader{}
	return http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer c.Close()
		for {
			kind, b, err := c.ReadMessage()
			if err != nil || c.WriteMessage(kind, b) != nil {
				return
			}
		}
	}))
}

// figures are what one server did.
type figures struct {
	perSecond   float64 // joins, or echoes: a connection, a message, its answer, a goodbye
	perSocket   float64 // bytes of resident memory that an idle socket adds
	all, before float64 // MiB of resident memory, with the idle sockets and without
}

func compare(out io.Writer, binary string, sockets, joins int, settle time.Duration) error {
	// Limits are there against one address that does what this bench does.
	many := "1000000"
	args := []string{"-listen", "127.0.0.1:0", "-stun", "", "-joins-per-minute", many, "-sockets", many, "-rooms", many, "-waiting", many}
	ours, err := measure(sockets, joins, settle, true, binary, args...)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench-server-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cert, key, err := certificate(dir)
	if err != nil {
		return err
	}
	sealed, err := measure(sockets, joins, settle, true, binary, append(args, "-tls-cert", cert, "-tls-key", key)...)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	plain, err := measure(sockets, joins, settle, false, self, "-echo")
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s, %s/%s, %d CPUs, %d sockets, %d joins\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), sockets, joins)
	fmt.Fprintf(out, "| | signaling | plain echo | ratio | signaling with TLS of its own |\n|---|---|---|---|---|\n")
	row := func(what, unit string, a, b, c float64) {
		fmt.Fprintf(out, "| %s | %.1f%s | %.1f%s | %.2f | %.1f%s |\n", what, a, unit, b, unit, a/b, c, unit)
	}
	row("joins (echoes) per second", "", ours.perSecond, plain.perSecond, sealed.perSecond)
	row("memory of an idle host (socket)", " KiB", ours.perSocket/1024, plain.perSocket/1024, sealed.perSocket/1024)
	row("memory of the process with them", " MiB", ours.all, plain.all, sealed.all)
	row("memory of the process before", " MiB", ours.before, plain.before, sealed.before)
	ten := func(f figures) float64 { return f.before + f.perSocket*10000/(1<<20) }
	fmt.Fprintf(out, "\n10000 idle rooms: %.0f MiB, with TLS of its own %.0f MiB\n", ten(ours), ten(sealed))
	if most := max(ten(ours), ten(sealed)); most > 250 {
		return fmt.Errorf("10000 idle rooms would take %.0f MiB; the budget is 250", most)
	}
	return nil
}

func measure(sockets, joins int, settle time.Duration, ours bool, name string, args ...string) (f figures, err error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return f, err
	}
	if err := cmd.Start(); err != nil {
		return f, err
	}
	defer cmd.Wait()
	defer cmd.Process.Signal(syscall.SIGTERM)
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return f, err
	}
	_, at, ok := strings.Cut(strings.TrimSpace(line), "Toile is open at http")
	if !ok {
		return f, fmt.Errorf("%s says %q", name, line)
	}
	at = "ws" + at + "/ws"
	before, err := resident(cmd.Process.Pid)
	if err != nil {
		return f, err
	}
	open := make([]io.Closer, sockets)
	err = atOnce(sockets, func(i int) (err error) {
		open[i], err = idle(at, i, ours)
		return err
	})
	if err != nil {
		return f, fmt.Errorf("%s: %w", name, err)
	}
	after := before // the least of some moments: what a burst left behind goes
	for range int(settle / time.Second) {
		time.Sleep(time.Second)
		now, err := resident(cmd.Process.Pid)
		if err != nil {
			return f, err
		}
		if after == before || now < after {
			after = now
		}
	}
	f.before, f.all = before/(1<<20), after/(1<<20)
	f.perSocket = (after - before) / float64(sockets)
	begun := time.Now()
	err = atOnce(joins, func(i int) error { return once(at, i%min(sockets, 100), ours) })
	f.perSecond = float64(joins) / time.Since(begun).Seconds()
	for _, c := range open {
		c.Close()
	}
	return f, err
}

// identity is the nth host.
func identity(n int) *signaling.Identity {
	var i byte
	return signaling.NewIdentity(func(b []byte) {
		for j := range b {
			b[j] = 0
		}
		i++
		b[0], b[1], b[2] = byte(n), byte(n>>8), i
	})
}

// idle is a host of its own room, or a socket that has echoed once.
func idle(at string, n int, ours bool) (io.Closer, error) {
	if !ours {
		c, _, err := websocket.DefaultDialer.Dial(at, nil)
		if err != nil {
			return nil, err
		}
		return c, turn(c)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c, err := signaling.Dial(ctx, at)
	if err != nil {
		return nil, err
	}
	return c, c.Claim(ctx, identity(n))
}

// once is a guest who comes, meets its host and goes; or one echo.
func once(at string, n int, ours bool) error {
	if !ours {
		c, _, err := websocket.DefaultDialer.Dial(at, nil)
		if err != nil {
			return err
		}
		defer c.Close()
		return turn(c)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c, err := signaling.Dial(ctx, at)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.Join(ctx, rooms(n)); err != nil {
		return err
	}
	_, err = c.Host(ctx)
	return err
}

var known sync.Map // rooms by number: to make an identity is the client's work, and is not measured

func rooms(n int) signaling.RoomID {
	if r, ok := known.Load(n); ok {
		return r.(signaling.RoomID)
	}
	r := identity(n).Room()
	known.Store(n, r)
	return r
}

func turn(c *websocket.Conn) error {
	if err := c.WriteMessage(websocket.BinaryMessage, make([]byte, 17)); err != nil {
		return err
	}
	_, _, err := c.ReadMessage()
	return err
}

// atOnce runs f for 0 to n-1, 16 at a time, until one fails.
func atOnce(n int, f func(int) error) error {
	var next atomic.Int64
	errs := make([]error, 16)
	var wg sync.WaitGroup
	for w := range errs {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && errs[w] == nil; i = int(next.Add(1)) - 1 {
				errs[w] = f(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// resident is what a process has in memory, in bytes (proc(5): VmRSS, in KiB).
func resident(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	var kib float64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		return 0, fmt.Errorf("VmRSS: %w", err)
	}
	return kib * 1024, nil
}
