package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/toile-party/toile/signaling"
)

// certificate puts one for name where the server keeps those it was issued,
// so that it need not ask anybody, and gives the roots that trust it.
func certificate(t *testing.T, name string) (dir string, roots *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{name}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour),
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	pem.Encode(&b, &pem.Block{Type: "EC PRIVATE KEY", Bytes: private})
	pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: cert})
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(cert)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(parsed)
	return dir, roots
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestDomainIsServedWithItsCertificateAndNoOther(t *testing.T) {
	t.Parallel()
	dir, roots := certificate(t, "toile.example")
	listen, plain := freePort(t), freePort(t)
	p := spawn(t, "-domain", "toile.example", "-certs", dir, "-listen", listen, "-http", plain)
	if p.url != "https://toile.example" {
		t.Errorf("it says that it is open at %s", p.url)
	}
	to := func(addr string) func(context.Context, string, string) (net.Conn, error) {
		return func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", addr)
		}
	}
	cfg := &tls.Config{RootCAs: roots}
	client := &http.Client{Transport: &http.Transport{DialContext: to(listen), TLSClientConfig: cfg.Clone(), ForceAttemptHTTP2: true}}
	res, err := client.Get("https://toile.example/healthz")
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if string(b) != "ok\n" || res.ProtoMajor != 2 {
		t.Errorf("%s: %q", res.Proto, b)
	}
	d := websocket.Dialer{Subprotocols: []string{signaling.Subprotocol}, NetDialContext: to(listen), TLSClientConfig: cfg.Clone()}
	c, _, err := d.Dial("wss://toile.example/ws", http.Header{"Origin": {"https://toile.example"}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, _, err := c.ReadMessage(); err != nil {
		t.Error(err)
	}
	if c, err := tls.Dial("tcp", listen, &tls.Config{ServerName: "evil.example", InsecureSkipVerify: true}); err == nil {
		c.Close()
		t.Error("another name was answered")
	}
	if c, err := tls.Dial("tcp", listen, &tls.Config{ServerName: "toile.example", RootCAs: roots, MaxVersion: tls.VersionTLS11}); err == nil {
		c.Close()
		t.Error("TLS 1.1 was answered")
	}
	bare := &http.Client{Transport: &http.Transport{DialContext: to(plain)}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for host, want := range map[string]string{"toile.example": "https://toile.example/x?y"} {
		res, err := bare.Get("http://" + host + "/x?y")
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if got := res.Header.Get("Location"); got != want {
			t.Errorf("%s is sent to %q (%s), want %q", host, got, res.Status, want)
		}
	}
	if exit, _ := p.terminate(); exit != 0 {
		t.Errorf("it ended with %d", exit)
	}
	if strings.Contains(p.said(), "127.0.0.1:") && strings.Contains(p.said(), "TLS handshake") {
		t.Errorf("the log names who failed:\n%s", p.said())
	}
}
