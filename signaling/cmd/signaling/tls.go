package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"golang.org/x/crypto/acme/autocert"
)

// certificates is where TLS comes from: from nowhere, from files, or from an
// ACME authority (RFC 8555), which asks back on port 80 or 443.
type certificates struct {
	domains   []string
	dir       string
	cert, key string
}

func (c *certificates) on() bool { return len(c.domains) > 0 || c.cert != "" || c.key != "" }

func (c *certificates) addDomain(name string) error {
	if !strings.Contains(name, ".") || strings.ContainsAny(name, ":/*") || net.ParseIP(name) != nil {
		return fmt.Errorf("%q is no name that certificates are given for; it takes one like party.example, without https://", name)
	}
	c.domains = append(c.domains, name)
	return nil
}

func (c *certificates) check() error {
	switch {
	case len(c.domains) > 0 && c.cert+c.key != "":
		return errors.New("-domain gets certificates, -tls-cert brings one: choose")
	case (c.cert == "") != (c.key == ""):
		return errors.New("-tls-cert and -tls-key go together")
	}
	return nil
}

// config is nil where there is no TLS. challenge serves what an authority asks
// for on port 80, and sends people on to HTTPS.
func (c *certificates) config() (conf *tls.Config, challenge http.Handler, err error) {
	switch {
	case len(c.domains) > 0:
		if c.dir == "" {
			if c.dir, err = stateDir(); err != nil {
				return nil, nil, err
			}
		}
		if err := os.MkdirAll(c.dir, 0o700); err != nil {
			return nil, nil, fmt.Errorf("%w. Name another folder: -certs FOLDER", err)
		}
		m := &autocert.Manager{Prompt: autocert.AcceptTOS, HostPolicy: autocert.HostWhitelist(c.domains...), Cache: autocert.DirCache(c.dir)}
		conf = m.TLSConfig()
		challenge = m.HTTPHandler(nil)
	case c.cert != "":
		pair, err := tls.LoadX509KeyPair(c.cert, c.key)
		if err != nil {
			return nil, nil, fmt.Errorf("-tls-cert: %w", err)
		}
		conf = &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2", "http/1.1"}}
	default:
		return nil, nil, nil
	}
	conf.MinVersion = tls.VersionTLS12
	return conf, challenge, nil
}

// strict tells browsers to come by HTTPS alone from now on (RFC 6797).
func strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Strict-Transport-Security", fmt.Sprintf("max-age=%d", int(2*365*24*time.Hour/time.Second)))
		next.ServeHTTP(w, r)
	})
}
