package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/toile-party/toile/signaling"
	"github.com/toile-party/toile/signaling/server"
)

const (
	defaultListen = ":8080"
	defaultSTUN   = ":3478"
)

// options is what the flags ask for.
type options struct {
	listen, http, stun, metrics, sample string
	level                               slog.Level
	drain                               time.Duration
	tls                                 certificates
	server                              server.Config

	ice, relays, origins, proxies, domains string // lists, as they were typed
	turnSecret                             string // the file
}

// errUsage: what was wrong has been printed, with all flags.
var errUsage = errors.New("usage")

// flags are all there are. What they set is in o.
func (o *options) flags(errs io.Writer) *flag.FlagSet {
	fs := flag.NewFlagSet("signaling", flag.ContinueOnError)
	fs.SetOutput(errs)
	fs.Usage = func() { printUsage(errs, fs) }
	fs.StringVar(&o.listen, "listen", defaultListen, "TCP `address` of the page and the WebSocket; :443 when there is TLS")
	fs.StringVar(&o.stun, "stun", defaultSTUN, "UDP `address` that answers STUN; empty: none")
	fs.StringVar(&o.metrics, "metrics", "", "TCP `address` of Prometheus metrics, like 127.0.0.1:9090; empty: none")
	fs.StringVar(&o.sample, "sample", "", "a `film` to offer on the page for trying it out")
	fs.DurationVar(&o.drain, "drain", 0, "how long to go on after SIGTERM while /readyz says no, for a load balancer to notice")
	fs.TextVar(&o.level, "log", slog.LevelInfo, "what to log: debug, info, warn or error")
	fs.StringVar(&o.ice, "ice", "", "more ICE servers to name to peers: stun: `URLs`, comma-separated")
	fs.StringVar(&o.relays, "turn", "", "relays (TURN) to name to peers: turn: and turns: `URLs`, comma-separated; with -turn-secret")
	fs.StringVar(&o.turnSecret, "turn-secret", "", "`file` with the secret that the relay makes its credentials with, coturn's static-auth-secret")
	fs.StringVar(&o.origins, "origin", "", "origins beside its own that pages may connect from: `URLs`, comma-separated; needed behind a proxy that changes the Host")
	fs.StringVar(&o.proxies, "trusted-proxy", "", "proxies whose X-Forwarded-For is believed: `CIDRs`, comma-separated, like 127.0.0.1/32,::1/128")
	fs.StringVar(&o.domains, "domain", "", "get TLS certificates for these `names` from Let's Encrypt, and serve HTTPS")
	fs.StringVar(&o.http, "http", ":80", "with -domain, TCP `address` where the authority asks back and browsers are sent on to HTTPS; empty: none")
	fs.StringVar(&o.tls.dir, "certs", "", "`folder` for those certificates (default $STATE_DIRECTORY, or toile in the user's cache)")
	fs.StringVar(&o.tls.cert, "tls-cert", "", "`file` with one's own certificate chain, PEM")
	fs.StringVar(&o.tls.key, "tls-key", "", "`file` with its key")
	l, usual := &o.server.Limits, server.DefaultLimits()
	for _, f := range []struct {
		value *int
		name  string
		n     int
		what  string
	}{
		{&l.Sockets, "sockets", usual.Sockets, "connections in all"},
		{&l.Rooms, "rooms", usual.Rooms, "rooms with somebody in them"},
		{&l.AddressSockets, "per-address", usual.AddressSockets, "connections at once from one IPv4 address or IPv6 /64"},
		{&l.AddressRate, "new-per-minute", usual.AddressRate, "new connections a minute from one of those"},
		{&l.RoomJoins, "joins-per-minute", usual.RoomJoins, "guests a minute who ask for one room"},
		{&l.RoomGuests, "waiting", usual.RoomGuests, "guests at once on their way into one room"},
	} {
		fs.IntVar(f.value, f.name, f.n, f.what)
	}
	return fs
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	fs := o.flags(errs)
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, errUsage
	}
	if fs.NArg() > 0 {
		fs.Usage()
		return o, errUsage
	}
	var bad error
	fs.VisitAll(func(f *flag.Flag) {
		if n, ok := f.Value.(flag.Getter).Get().(int); ok && n < 1 && bad == nil {
			bad = fmt.Errorf("-%s %d: at least 1", f.Name, n)
		}
	})
	if bad != nil {
		return o, bad
	}
	for _, part := range []struct {
		flag string
		read func(string) error
		list string
	}{
		{"-ice", func(s string) error { return addICE(&o.server, s) }, o.ice},
		{"-turn", func(s string) error { return addRelay(&o.server, s) }, o.relays},
		{"-origin", func(s string) error { return addOrigin(&o.server, s) }, o.origins},
		{"-trusted-proxy", func(s string) error { return addProxy(&o.server, s) }, o.proxies},
		{"-domain", func(s string) error { return o.tls.addDomain(s) }, o.domains},
	} {
		for _, s := range strings.FieldsFunc(part.list, func(r rune) bool { return r == ',' || r == ' ' }) {
			if err := part.read(s); err != nil {
				return o, fmt.Errorf("%s %w", part.flag, err)
			}
		}
	}
	if err := readSecret(&o.server.TURN, o.turnSecret); err != nil {
		return o, err
	}
	if o.tls.on() && o.listen == defaultListen {
		o.listen = ":443"
	}
	return o, o.tls.check()
}

func addICE(c *server.Config, u string) error {
	scheme, _, _ := strings.Cut(u, ":")
	if scheme != "stun" && scheme != "stuns" {
		return fmt.Errorf("%q is no stun: or stuns: URL, like stun:stun.example:3478; relays are named by -turn", u)
	}
	if len(u) > signaling.MaxICEURL {
		return fmt.Errorf("%.40q... is longer than the %d bytes that peers take", u, signaling.MaxICEURL)
	}
	if !signaling.IsICE(u) {
		return fmt.Errorf("%q has no host, or a port that is none, like stun:stun.example:3478", u)
	}
	if c.ICE = append(c.ICE, u); len(c.ICE) >= signaling.MaxICE {
		return fmt.Errorf("names more than the %d servers that peers are told of beside this one", signaling.MaxICE-1)
	}
	return nil
}

func addRelay(c *server.Config, s string) error {
	if scheme, _, _ := strings.Cut(s, ":"); scheme != "turn" && scheme != "turns" || !signaling.IsICE(s) {
		return fmt.Errorf("%q is no turn: or turns: URL, like turn:relay.example:3478 or turns:relay.example:443?transport=tcp", s)
	}
	if len(s) > signaling.MaxICEURL {
		return fmt.Errorf("%.40q... is longer than the %d bytes that peers take", s, signaling.MaxICEURL)
	}
	if len(c.TURN.URLs) == signaling.MaxICE {
		return fmt.Errorf("names more than the %d relays that peers are told of", signaling.MaxICE)
	}
	c.TURN.URLs = append(c.TURN.URLs, s)
	return nil
}

// readSecret takes the relay's secret from a file: what stands on a command
// line is read by everybody on the machine.
func readSecret(t *server.TURN, file string) error {
	switch {
	case file == "" && len(t.URLs) == 0:
		return nil
	case file == "":
		return errors.New("-turn needs -turn-secret, a file with the relay's static-auth-secret")
	case len(t.URLs) == 0:
		return errors.New("-turn-secret needs -turn, the address of the relay")
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("-turn-secret: %w", err)
	}
	if t.Secret = bytes.TrimSpace(b); len(t.Secret) == 0 {
		return fmt.Errorf("-turn-secret: %s is empty", file)
	}
	return nil
}

func addOrigin(c *server.Config, s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.Path != "" {
		return fmt.Errorf("%q is no origin: write it as the browser does, like https://party.example", s)
	}
	c.Origins = append(c.Origins, s)
	return nil
}

func addProxy(c *server.Config, s string) error {
	p, err := netip.ParsePrefix(s)
	if a, bad := netip.ParseAddr(s); bad == nil {
		p, err = a.Prefix(a.BitLen())
	}
	if err != nil {
		return fmt.Errorf("%q is neither an address nor a CIDR, like 10.0.0.0/8", s)
	}
	c.TrustedProxies = append(c.TrustedProxies, p.Masked())
	return nil
}

// loopback tells whether only this machine reaches an address to listen on.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// stateDir is where what must outlive a restart may lie: systemd says where.
func stateDir() (string, error) {
	if dir, _, _ := strings.Cut(os.Getenv("STATE_DIRECTORY"), ":"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder for certificates: %w. Name one: -certs FOLDER", err)
	}
	return filepath.Join(dir, "toile"), nil
}
