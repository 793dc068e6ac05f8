//go:build !js

package peer

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

// trial is a party at an evil server: a host, and a guest who should not get
// anywhere.
type trial struct {
	*evening
	evil *evilServer
	ana  *watcher
}

func newTrial(t *testing.T) *trial {
	e := newEvilServer(t)
	tr := &trial{evening: &evening{t: t, url: e.url}, evil: e}
	tr.ana = tr.evening.host(aFilm)
	return tr
}

func (tr *trial) meddle(f func(from *evilConn, data signaling.Sealed)) {
	tr.evil.mu.Lock()
	tr.evil.meddle = f
	tr.evil.mu.Unlock()
}

// impatient is a guest who waits half a second where others wait ten.
func impatient(cfg Config) *Session {
	s := NewGuest(cfg)
	s.timeouts = timeouts{connect: 2 * time.Second, answer: 500 * time.Millisecond, host: time.Second}
	return s
}

// refused runs a guest to its end, and checks that nobody came to the party
// and that the person was told one of codes.
func (tr *trial) refused(t *testing.T, inv signaling.Invitation, codes ...string) {
	t.Helper()
	w := tr.run("guest", impatient, Config{Invitation: inv})
	var end *EndError
	if err := w.end(); !errors.As(err, &end) || !slices.Contains(codes, end.Code) {
		t.Errorf("the guest's session ended with %v, want one of %q", err, codes)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.view.Phase == party.Lobby || w.view.Phase == party.Theatre {
		t.Error("the guest saw a party")
	}
	tr.ana.mu.Lock()
	defer tr.ana.mu.Unlock()
	if n := len(tr.ana.view.People); n != 1 {
		t.Errorf("the host sees %d people", n)
	}
}

// A trial fails for its meddling, and for nothing else.
func TestEvilServerThatDoesNothingEvilIsOfNoConcern(t *testing.T) {
	tr := newTrial(t)
	luc := tr.run("Luc", NewGuest, Config{Invitation: tr.ana.session.Invitation()})
	luc.phase(party.Lobby)
}

func TestFramesThatWereChangedOnTheWayOpenNothing(t *testing.T) {
	// The knock, the welcome, the offer, the answer, and the first candidate of
	// each side; each at its type, in its middle and at its end.
	for _, fromHost := range []bool{false, true} {
		for n := 1; n <= 2; n++ {
			for _, place := range []string{"first", "middle", "last"} {
				t.Run(frameName(fromHost, n)+"/"+place, func(t *testing.T) {
					t.Parallel()
					tr := newTrial(t)
					tr.meddle(func(from *evilConn, data signaling.Sealed) {
						if from.host == fromHost && from.count == n {
							data = bytes.Clone(data)
							data[map[string]int{"first": 0, "middle": len(data) / 2, "last": len(data) - 1}[place]] ^= 0x10
						}
						tr.evil.pass(from, data)
					})
					// What the host cannot read it does not answer: the guest then
					// waits in vain, which is all that it can know. A changed knock
					// looks like one with another secret, and the host's refusal of
					// it is not of the knock that the guest sent.
					tr.refused(t, tr.ana.session.Invitation(), "tampered", "host-lost", "connect-failed")
				})
			}
		}
	}
}

func frameName(fromHost bool, n int) string {
	names := map[bool][]string{false: {"knock", "offer"}, true: {"welcome", "answer"}}
	return names[fromHost][n-1]
}

func TestFramesThatAreDroppedRepeatedReflectedOrSwappedOpenNothing(t *testing.T) {
	for name, evil := range map[string]func(e *evilServer) func(*evilConn, signaling.Sealed){
		"drops the knock": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if from.host || from.count != 1 {
					e.pass(from, data)
				}
			}
		},
		"drops the welcome": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if !from.host || from.count != 1 {
					e.pass(from, data)
				}
			}
		},
		"drops the offer": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if from.host || from.count != 2 {
					e.pass(from, data)
				}
			}
		},
		"drops the answer": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if !from.host || from.count != 2 {
					e.pass(from, data)
				}
			}
		},
		"makes up an answer": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if from.host && from.count == 2 {
					data = bytes.Clone(data)
					rand.Read(data[1:])
				}
				e.pass(from, data)
			}
		},
		"reflects what guests send": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if !from.host {
					e.toGuest(from.peer, data)
				}
			}
		},
		"reflects the offer": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if !from.host && from.count == 2 {
					e.toGuest(from.peer, data)
				} else {
					e.pass(from, data)
				}
			}
		},
		"repeats the welcome": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				e.pass(from, data)
				if from.host && from.count == 1 {
					e.pass(from, data)
				}
			}
		},
		"repeats the offer, and keeps the answer": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				if from.host && from.count > 1 {
					return
				}
				e.pass(from, data)
				if !from.host && from.count == 2 {
					e.pass(from, data)
				}
			}
		},
		"swaps the host's frames": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			var kept signaling.Sealed
			return func(from *evilConn, data signaling.Sealed) {
				if from.host && from.count == 2 {
					kept = data
					return
				}
				e.pass(from, data)
				if from.host && from.count == 3 {
					e.pass(from, kept)
				}
			}
		},
		"swaps the guest's frames": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			var kept signaling.Sealed
			return func(from *evilConn, data signaling.Sealed) {
				if !from.host && from.count == 2 {
					kept = data
					return
				}
				e.pass(from, data)
				if !from.host && from.count == 3 {
					e.pass(from, kept)
				}
			}
		},
		"makes up a welcome": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				noise := make(signaling.Sealed, 1+32+36+16)
				rand.Read(noise)
				noise[0] = 2
				e.toGuest(from.peer, noise)
			}
		},
		"makes up a refusal": func(e *evilServer) func(*evilConn, signaling.Sealed) {
			return func(from *evilConn, data signaling.Sealed) {
				noise := make(signaling.Sealed, 1+32)
				rand.Read(noise)
				noise[0] = 4
				e.toGuest(from.peer, noise)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := newTrial(t)
			tr.meddle(evil(tr.evil))
			tr.refused(t, tr.ana.session.Invitation(), "tampered", "host-lost", "connect-failed")
		})
	}
}

func TestServerCannotSpliceTwoGuests(t *testing.T) {
	t.Parallel()
	tr := newTrial(t)
	// What the host says to the first guest goes to the second, and back.
	tr.meddle(func(from *evilConn, data signaling.Sealed) {
		if !from.host {
			tr.evil.toHost(from.peer, data)
		} else if len(tr.evil.guests) > 1 {
			other := tr.evil.guests[0].peer
			if other == from.peer {
				other = tr.evil.guests[1].peer
			}
			tr.evil.toGuest(other, data)
		}
	})
	ended := make(chan error, 2)
	for range 2 {
		w := tr.run("guest", impatient, Config{Invitation: tr.ana.session.Invitation()})
		go func() { ended <- w.end() }()
	}
	for range 2 {
		var end *EndError
		if err := <-ended; !errors.As(err, &end) || end.Code != "tampered" && end.Code != "host-lost" && end.Code != "connect-failed" {
			t.Errorf("a guest's session ended with %v", err)
		}
	}
	tr.ana.mu.Lock()
	defer tr.ana.mu.Unlock()
	if n := len(tr.ana.view.People); n != 1 {
		t.Errorf("the host sees %d people", n)
	}
}

func TestServerCannotInventAHost(t *testing.T) {
	t.Parallel()
	tr := newTrial(t)
	evil := signaling.NewIdentity(func(b []byte) { rand.Read(b) })
	keys := evil.Public()
	tr.evil.mu.Lock()
	tr.evil.keys = &keys
	tr.evil.mu.Unlock()
	tr.refused(t, tr.ana.session.Invitation(), "tampered")
}

// The server has the link, from a guest whom it paid, and so the secret and
// the host's public keys; only the host's private key it has not.
func TestServerWithTheLinkCannotBeTheHost(t *testing.T) {
	t.Parallel()
	for _, half := range []string{"own keys", "the host's Ed25519 key", "the host's X25519 key"} {
		tr := newTrial(t)
		inv := tr.ana.session.Invitation()
		evil := signaling.NewIdentity(func(b []byte) { rand.Read(b) })
		door := signaling.NewDoor(evil, inv.Secret, func(b []byte) { rand.Read(b) })
		keys, real := evil.Public(), tr.ana.session.cfg.Identity.Public()
		switch half {
		case "the host's Ed25519 key":
			keys.Ed = real.Ed
		case "the host's X25519 key":
			keys.X = real.X
		}
		tr.evil.mu.Lock()
		tr.evil.keys = &keys
		tr.evil.mu.Unlock()
		tr.refused(t, inv, "tampered")
		// With the keys that the guest wants to see, it cannot answer.
		tr.evil.mu.Lock()
		tr.evil.keys = nil
		tr.evil.meddle = func(from *evilConn, data signaling.Sealed) {
			if answer, _, _ := door.Answer(data); answer != nil && !from.host {
				tr.evil.toGuest(from.peer, answer)
			}
		}
		tr.evil.mu.Unlock()
		tr.refused(t, inv, "tampered")
	}
}

// A knock that was recorded is good for nothing: the host makes no connection
// for it, whoever it is said to be from.
func TestReplayedHandshakeMakesNoConnection(t *testing.T) {
	tr := newTrial(t)
	var recorded []signaling.Sealed
	tr.meddle(func(from *evilConn, data signaling.Sealed) {
		if !from.host {
			recorded = append(recorded, data)
		}
		tr.evil.pass(from, data)
	})
	luc := tr.run("Luc", NewGuest, Config{Invitation: tr.ana.session.Invitation()})
	luc.phase(party.Lobby)
	before := tr.ana.session.nextLink.Load()
	answers := make(chan signaling.Sealed, 100)
	tr.meddle(func(from *evilConn, data signaling.Sealed) {
		if from.host {
			answers <- data
		}
	})
	tr.evil.mu.Lock()
	for _, as := range []signaling.PeerID{{77}, {1}} {
		for _, data := range recorded {
			tr.evil.toHost(as, data)
		}
	}
	// Then a guest with a wrong secret, whose refusal shows that the host has
	// read all of the above.
	inv := tr.ana.session.Invitation()
	inv.Secret[0] ^= 1
	k, err := signaling.NewKnock(inv, tr.evil.hosts[0].keys, func(b []byte) { rand.Read(b) })
	if err != nil {
		t.Fatal(err)
	}
	tr.evil.toHost(signaling.PeerID{78}, k.Frame())
	tr.evil.mu.Unlock()
	select {
	case a := <-answers:
		if _, err := k.Enter(a); !errors.Is(err, signaling.ErrSecret) {
			t.Errorf("the host answered a replay: %x", a)
		}
	case <-time.After(patience):
		t.Fatal("the host does not answer")
	}
	if got := tr.ana.session.nextLink.Load(); got != before {
		t.Errorf("%d links were made for what was replayed", got-before)
	}
}
