package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/toile-party/toile/peer"
	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

// evening is what there was to learn.
type evening struct {
	canaries []canary
	known    []canary // to the server
}

// chance is a word that nobody ever wrote.
func chance() string { return rand.Text()[:12] }

// ear collects what two peers tell each other in order to connect.
type ear struct {
	mu   sync.Mutex // guards list
	list []canary
	seen map[string]bool
}

func (e *ear) add(what, text string) {
	if text = strings.TrimSpace(text); text != "" && !e.seen[what+text] {
		e.seen[what+text] = true
		e.list = append(e.list, canary{what, []byte(text)})
	}
}

func (e *ear) overhear(s signaling.Signal) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch s := s.(type) {
	case signaling.Offer:
		e.description(s.SDP)
	case signaling.Answer:
		e.description(s.SDP)
	case signaling.Candidate:
		_, rest, ok := strings.Cut(s.JSON, "candidate:")
		// foundation, component, transport, priority, address, port (RFC 8839
		// section 5.1)
		if f := strings.Fields(rest); ok && len(f) > 5 {
			e.add("candidate", f[4]+" "+f[5])
			e.add("candidate", f[4]+":"+f[5])
			e.add("priority", f[3]+" "+f[4])
		}
	}
}

func (e *ear) description(sdp string) {
	for line := range strings.Lines(sdp) {
		for prefix, what := range map[string]string{"a=ice-ufrag:": "ICE name", "a=ice-pwd:": "ICE password", "a=fingerprint:sha-256 ": "certificate", "o=": "SDP origin"} {
			if text, ok := strings.CutPrefix(line, prefix); ok {
				e.add(what, text)
			}
		}
	}
}

// seat is one person at the party.
type seat struct {
	*peer.Session
	ended chan error

	mu   sync.Mutex // guards what follows
	view party.View
	more chan struct{}
}

func take(ctx context.Context, open func(peer.Config) *peer.Session, cfg peer.Config) *seat {
	s := &seat{ended: make(chan error, 1), more: make(chan struct{})}
	player := peer.NewVirtual()
	cfg.Player, cfg.Link = player, link.Config{LoopbackOnly: true}
	cfg.Show = func(v party.View) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.view = v
		close(s.more)
		s.more = make(chan struct{})
	}
	s.Session = open(cfg)
	go player.Run(ctx, s.Session)
	go func() { s.ended <- s.Run(ctx) }()
	return s
}

func (s *seat) until(ctx context.Context, what string, ok func(party.View) bool) error {
	limit := time.After(30 * time.Second)
	for {
		s.mu.Lock()
		v, more := s.view, s.more
		s.mu.Unlock()
		if ok(v) {
			return nil
		}
		select {
		case <-more:
		case <-limit:
			return fmt.Errorf("waited in vain until %s", what)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

func hasLine(text string) func(party.View) bool {
	return func(v party.View) bool {
		for _, l := range v.Lines {
			if l.Text == text && !l.Pending {
				return true
			}
		}
		return false
	}
}

// giveParty holds a party of two through the server and reads its memory when
// the host is alone, when the guest is there, and after they talked.
func giveParty(ctx context.Context, p *process) (*evening, error) {
	ctx, cancel := context.WithCancel(ctx)
	host, guest := "Ana-"+chance(), "Luc-"+chance()
	said, answered := "hello "+chance(), "good evening "+chance()
	site, file, title := strings.ToLower(chance())+".example", chance()+".mp4", "Film "+chance()
	e := &ear{seen: map[string]bool{}}
	address := "ws://" + p.tap.tcp.Addr().String() + "/ws"
	id := signaling.NewIdentity(func(b []byte) { rand.Read(b) })
	ana := take(ctx, peer.NewHost, peer.Config{
		Signaling: address, Name: host, Overhear: e.overhear, Identity: id,
		Media: wire.Media{URL: "https://" + site + "/" + file, Title: title, Duration: time.Hour},
	})
	seats := []*seat{ana}
	defer func() {
		cancel()
		for _, s := range seats {
			<-s.ended
		}
	}()
	inv := ana.Invitation()
	var luc *seat
	for _, step := range []func() error{
		func() error {
			return ana.until(ctx, "the room is open", func(v party.View) bool { return v.Server == party.ServerConnected })
		},
		p.readMemory,
		func() error {
			luc = take(ctx, peer.NewGuest, peer.Config{Signaling: address, Invitation: inv, Overhear: e.overhear})
			seats = append(seats, luc)
			return luc.until(ctx, "the guest is in the lobby", func(v party.View) bool { return v.Phase == party.Lobby })
		},
		p.readMemory,
		func() error {
			luc.Do(party.TakeSeat{Name: guest})
			return luc.until(ctx, "the guest has a seat", func(v party.View) bool { return v.Phase == party.Theatre })
		},
		func() error {
			ana.Do(party.Play{})
			ana.Do(party.Say{Text: said})
			return luc.until(ctx, "the line is there", hasLine(said))
		},
		func() error {
			luc.Do(party.Say{Text: answered})
			return ana.until(ctx, "the answer is there", hasLine(answered))
		},
		p.readMemory,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.list) < 8 {
		return nil, errors.New("nothing was overheard of the introduction")
	}
	private := id.Bytes() // a version, then the seed and the scalar
	return &evening{
		canaries: append([]canary{
			{"host's Ed25519 key", private[1:33]}, {"host's X25519 key", private[33:]},
			{"host's name", []byte(host)}, {"guest's name", []byte(guest)},
			{"chat", []byte(said)}, {"chat", []byte(answered)},
			{"film's site", []byte(site)}, {"film's file", []byte(file)}, {"film's title", []byte(title)},
			{"secret", inv.Secret[:]}, {"invitation", []byte(inv.Fragment())}, {"invitation's end", []byte(inv.Fragment()[23:])},
		}, e.list...),
		known: []canary{{"room's number", inv.Room[:]}},
	}, nil
}

// plantLeak is a peer that tells the server what it should not know, and a log
// line that does.
func plantLeak(ctx context.Context, p *process) (canary, error) {
	leak := canary{"planted", []byte("leak " + chance())}
	address := "ws://" + p.tap.tcp.Addr().String() + "/ws"
	id := signaling.NewIdentity(func(b []byte) { rand.Read(b) })
	host, err := signaling.Dial(ctx, address)
	if err != nil {
		return leak, err
	}
	defer host.Close()
	if err := host.Claim(ctx, id); err != nil {
		return leak, err
	}
	guest, err := signaling.Dial(ctx, address)
	if err != nil {
		return leak, err
	}
	defer guest.Close()
	if _, err := guest.Join(ctx, id.Room()); err != nil {
		return leak, err
	}
	if _, err := guest.Host(ctx); err != nil {
		return leak, err
	}
	if err := guest.Relay(signaling.PeerID{}, signaling.Sealed(leak.text)); err != nil {
		return leak, err
	}
	if _, err := host.Next(ctx); err != nil {
		return leak, err
	}
	p.mu.Lock()
	fmt.Fprintf(&p.log, "level=DEBUG msg=planted text=%q\n", leak.text)
	p.mu.Unlock()
	return leak, p.readMemory()
}
