package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

// TestMain lets the tests' own binary be the server: a process of its own with
// the real main, so that signals, exits and what the kernel does are tested.
func TestMain(m *testing.M) {
	if os.Getenv("TOILE_TEST_SERVER") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is a running server.
type process struct {
	t       *testing.T
	cmd     *exec.Cmd
	url     string // http://…
	metrics string
	ended   chan struct{}

	mu  sync.Mutex // guards log
	log strings.Builder
}

func spawn(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{t: t, ended: make(chan struct{})}
	p.cmd = exec.Command(os.Args[0], append([]string{"-listen", "127.0.0.1:0", "-stun", "", "-metrics", "127.0.0.1:0", "-log", "debug", "-trusted-proxy", "127.0.0.1"}, args...)...)
	p.cmd.Env = append(os.Environ(), "TOILE_TEST_SERVER=1")
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	found := make(chan string, 2)
	var readers sync.WaitGroup
	read := func(r io.Reader, before string) {
		for lines := bufio.NewScanner(r); lines.Scan(); {
			p.mu.Lock()
			fmt.Fprintln(&p.log, lines.Text())
			p.mu.Unlock()
			if _, at, ok := strings.Cut(lines.Text(), before); ok {
				found <- before + at
			}
		}
	}
	readers.Go(func() { read(out, "Toile is open at ") })
	readers.Go(func() { read(errs, "msg=metrics at=") })
	go func() {
		readers.Wait()
		p.cmd.Wait()
		close(p.ended)
	}()
	t.Cleanup(func() {
		p.cmd.Process.Kill()
		<-p.ended
	})
	for range 2 {
		select {
		case s := <-found:
			if at, ok := strings.CutPrefix(s, "Toile is open at "); ok {
				p.url = at
			} else {
				p.metrics = strings.TrimPrefix(s, "msg=metrics at=")
			}
		case <-p.ended:
			t.Fatalf("it ended at once:\n%s", p.said())
		case <-time.After(20 * time.Second):
			t.Fatalf("it did not start:\n%s", p.said())
		}
	}
	return p
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// terminate asks the process to end, and tells how it did and how long it took.
func (p *process) terminate() (exit int, took time.Duration) {
	p.t.Helper()
	begun := time.Now()
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		p.t.Fatalf("it does not end:\n%s", p.said())
	}
	return p.cmd.ProcessState.ExitCode(), time.Since(begun)
}

func (p *process) get(path string) (status int, body string) {
	p.t.Helper()
	url := p.url + path
	if path == "/metrics" {
		url = p.metrics
	}
	res, err := http.Get(url)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(b)
}

// metric is the value of one series now.
func (p *process) metric(series string) float64 {
	p.t.Helper()
	_, text := p.get("/metrics")
	for line := range strings.Lines(text) {
		if v, ok := strings.CutPrefix(line, series+" "); ok {
			f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
			if err != nil {
				p.t.Fatal(err)
			}
			return f
		}
	}
	p.t.Fatalf("there is no metric %s in\n%s", series, text)
	return 0
}

// becomes waits until a metric is at most most, and tells how long that took.
func (p *process) becomes(series string, most float64, within time.Duration) time.Duration {
	p.t.Helper()
	begun := time.Now()
	for p.metric(series) > most {
		if time.Since(begun) > within {
			p.t.Fatalf("after %v %s is %v, want %v", within, series, p.metric(series), most)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return time.Since(begun)
}

func (p *process) ws() string { return "ws" + strings.TrimPrefix(p.url, "http") + "/ws" }

// from is a socket of a stranger at an address, as a proxy on this machine
// would bring it. It has read the server's Hello.
func (p *process) from(addr string) (*websocket.Conn, error) {
	d := websocket.Dialer{Subprotocols: []string{signaling.Subprotocol}, HandshakeTimeout: 20 * time.Second}
	c, _, err := d.Dial(p.ws(), http.Header{"X-Forwarded-For": {addr}})
	if err != nil {
		return nil, err
	}
	p.t.Cleanup(func() { c.Close() })
	c.SetReadDeadline(time.Now().Add(30 * time.Second))
	_, _, err = c.ReadMessage()
	return c, err
}

// stranger is the nth of many addresses, for n below 65536.
func stranger(n int) string { return fmt.Sprintf("198.18.%d.%d", n>>8, n&255) }
