package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
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
		{[]string{"-ice", "http://x"}, 2, "stun:stun.example:3478"},
		{[]string{"-ice", "stun:" + strings.Repeat("x", 252)}, 2, "256 bytes"},
		{[]string{"-ice", strings.Repeat("stun:a.example,", 8)}, 2, "7 servers"},
		{[]string{"-ice", "turn:relay.example"}, 2, "-turn"},
		{[]string{"-ice", "stun://stun.example"}, 2, "has no host"},
		{[]string{"-turn", "turn:[2001:db8::1]3478"}, 2, "turn:relay.example:3478"}, // which pion's parser never comes to an end with
		{[]string{"-turn", "turn:relay.example?transport=sctp"}, 2, "?transport=tcp"},
		{[]string{"-turn", "turn:me:secret@relay.example"}, 2, "turn:relay.example:3478"},
		{[]string{"-turn", "relay.example"}, 2, "turn:relay.example:3478"},
		{[]string{"-turn", "stun:relay.example", "-turn-secret", "x"}, 2, "no turn: or turns:"},
		{[]string{"-turn", "turn:relay.example"}, 2, "needs -turn-secret"},
		{[]string{"-turn-secret", "x"}, 2, "needs -turn,"},
		{[]string{"-turn", "turn:relay.example", "-turn-secret", "/nowhere"}, 2, "/nowhere"},
		{[]string{"-turn", "turn:relay.example", "-turn-secret", os.DevNull}, 2, "is empty"},
		{[]string{"-origin", "party.example"}, 2, "https://party.example"},
		{[]string{"-trusted-proxy", "nginx"}, 2, "10.0.0.0/8"},
		{[]string{"-domain", "https://party.example"}, 2, "without https://"},
		{[]string{"-tls-cert", "a.pem"}, 2, "go together"},
		{[]string{"-listen", "127.0.0.1:0", "-stun", "", "-tls-cert", "/nowhere.pem", "-tls-key", "/nowhere.pem"}, 1, "-tls-cert"},
		{[]string{"-listen", "127.0.0.1:0", "-stun", "", "-metrics", busy.Addr().String()}, 1, "-metrics 127.0.0.1:9091"},
		{[]string{"-rooms", "0"}, 2, "at least 1"},
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

func get(t *testing.T, c *http.Client, url string) (int, string) {
	t.Helper()
	res, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(b)
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestMetricsAreOnTheirOwnPortOnly(t *testing.T) {
	metrics := free(t)
	addr, _ := start(t, "-listen", "127.0.0.1:0", "-stun", "", "-metrics", metrics)
	if code, body := get(t, http.DefaultClient, "http://"+metrics+"/metrics"); code != 200 || !strings.Contains(body, "toile_rooms") {
		t.Errorf("the operator gets %d %q", code, body)
	}
	if code, body := get(t, http.DefaultClient, addr+"/metrics"); code != 404 || strings.Contains(body, "toile_rooms") {
		t.Errorf("everybody gets %d", code)
	}
}

func TestDrainSaysNoBeforeItStops(t *testing.T) {
	addr, stop := start(t, "-listen", "127.0.0.1:0", "-stun", "", "-drain", "2s")
	if code, _ := get(t, http.DefaultClient, addr+"/readyz"); code != 200 {
		t.Errorf("a new server: %d", code)
	}
	stopped := make(chan int, 1)
	go func() { stopped <- stop() }()
	for {
		code, _ := get(t, http.DefaultClient, addr+"/readyz")
		if code == http.StatusServiceUnavailable {
			break
		}
	}
	if code, _ := get(t, http.DefaultClient, addr+"/healthz"); code != 200 {
		t.Errorf("while it drains it is as alive as before: %d", code)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	if got := <-stopped; got != 0 {
		t.Errorf("it ended with %d", got)
	}
}

func TestOwnCertificateServesHTTPS(t *testing.T) {
	srv := httptest.NewTLSServer(nil) // for its certificate
	defer srv.Close()
	dir := t.TempDir()
	pair := srv.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, der []byte) string {
		file := filepath.Join(dir, name)
		os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
		return file
	}
	addr, _ := start(t, "-listen", "127.0.0.1:0", "-stun", "",
		"-tls-cert", write("cert.pem", "CERTIFICATE", pair.Certificate[0]), "-tls-key", write("key.pem", "PRIVATE KEY", key))
	if !strings.HasPrefix(addr, "https://") {
		t.Fatalf("it is open at %s", addr)
	}
	res, err := srv.Client().Get(addr + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if got := res.Header.Get("Strict-Transport-Security"); got != "max-age=63072000" {
		t.Errorf("browsers are told %q", got)
	}
	srv.Client().CloseIdleConnections()
}
