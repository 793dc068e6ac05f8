package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/signaling"
)

// start runs the command and returns the address that it prints.
func start(t *testing.T, args ...string) (addr string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan int, 1)
	var errs bytes.Buffer
	go func() {
		done <- run(ctx, args, w, &errs)
		w.Close()
	}()
	line := make([]byte, 200)
	n, _ := r.Read(line)
	_, addr, ok := strings.Cut(strings.TrimSpace(string(line[:n])), "Toile is open at ")
	if !ok {
		t.Fatalf("it printed %q and %s", line[:n], &errs)
	}
	ended := false
	stop = func() int {
		if ended {
			return 0
		}
		ended = true
		cancel()
		return <-done
	}
	t.Cleanup(func() { stop() })
	return addr, stop
}

func TestBinaryServesPageHealthAndRooms(t *testing.T) {
	film := filepath.Join(t.TempDir(), "film.mp4")
	os.WriteFile(film, []byte("film"), 0o644)
	addr, stop := start(t, "-listen", "127.0.0.1:0", "-stun", "127.0.0.1:0", "-sample", film, "-ice", "stun:other.example:3478")
	for path, want := range map[string]string{"/healthz": "ok", "/sample/big-buck-bunny.mp4": "film", "/config.json": "Big Buck Bunny"} {
		res, err := http.Get(addr + path)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != 200 || !strings.Contains(string(b), want) {
			t.Errorf("%s: %d %q, want %q", path, res.StatusCode, b, want)
		}
	}
	c, err := signaling.Dial(t.Context(), "ws"+strings.TrimPrefix(addr, "http")+"/ws")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	ice := c.ICE()
	if len(ice) != 2 || !strings.HasPrefix(ice[0], "stun:127.0.0.1:") || ice[1] != "stun:other.example:3478" {
		t.Errorf("peers are named %v", ice)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	if got := stop(); got != 0 {
		t.Errorf("it ended with %d", got)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, err := c.Next(ctx); err != signaling.ErrRestart {
		t.Errorf("its peers were told %v, want that it restarts", err)
	}
}

func TestWhatCannotBeHadIsSaidInWords(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	taken, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		args []string
		exit int
		want string
	}{
		{[]string{"-listen", busy.Addr().String(), "-stun", ""}, 1, "-listen :8081"},
		{[]string{"-listen", "127.0.0.1:0", "-stun", taken.LocalAddr().String()}, 1, "-stun ''"},
		{[]string{"-ice", "http://x"}, 1, "stun:stun.example:3478"},
		{[]string{"-log", "loud"}, 2, "debug, info, warn or error"},
		{[]string{"film.mp4"}, 2, "-sample"},
	} {
		var errs bytes.Buffer
		if got := run(t.Context(), c.args, io.Discard, &errs); got != c.exit || !strings.Contains(errs.String(), c.want) {
			t.Errorf("%v: exit %d, want %d; it says %q, want %q", c.args, got, c.exit, &errs, c.want)
		}
	}
}

func TestMissingSampleIsNoReasonNotToStart(t *testing.T) {
	addr, _ := start(t, "-listen", "127.0.0.1:0", "-stun", "", "-sample", "/nowhere/film.mp4")
	res, err := http.Get(addr + "/config.json")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, _ := io.ReadAll(res.Body); !strings.Contains(string(b), "null") {
		t.Errorf("the page is told %s", b)
	}
}
