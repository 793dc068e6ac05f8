package peer

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
)

// script is a machine that wants to be called every second and writes down
// what it is called with.
type script struct {
	s     *Session
	next  clock.Local
	times []time.Duration
	seen  []party.Event
	start time.Time
	out   []party.Effect
}

func (m *script) Handle(now clock.Local, ev party.Event) []party.Effect {
	if ev == nil {
		m.times = append(m.times, time.Since(m.start))
		m.next = now.Add(time.Second)
		return nil
	}
	m.seen = append(m.seen, ev)
	switch ev.(type) {
	case party.Leave:
		return []party.Effect{party.Finish{}}
	case party.Play:
		return []party.Effect{party.Steer{Command: playback.Command{Do: playback.Hold}}, party.Show{}, party.Send{To: 99}, party.Drop{Link: 99}}
	}
	return m.out
}

func (m *script) Deadline() (clock.Local, bool) { return m.next, true }

func scripted(cfg Config) (*Session, *script) {
	s := newSession(cfg)
	m := &script{s: s, start: time.Now()}
	s.machine, s.meet = m, func(context.Context) {}
	return s, m
}

func TestLoopCallsTheMachineAtItsDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, m := scripted(Config{})
		go func() {
			time.Sleep(3500 * time.Millisecond)
			s.Do(party.Leave{})
		}()
		if err := s.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := []time.Duration{0, time.Second, 2 * time.Second, 3 * time.Second}
		if len(m.times) != len(want) {
			t.Fatalf("it was called at %v, want %v", m.times, want)
		}
		for i := range want {
			if m.times[i] != want[i] {
				t.Errorf("call %d came at %v, want %v", i, m.times[i], want[i])
			}
		}
	})
}

func TestEventsComeInOrderAndNoneAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, m := scripted(Config{})
		for range 3 {
			s.Do(party.Pause{})
			s.Do(party.Say{Text: "x"})
		}
		s.Do(party.Leave{})
		s.Do(party.Play{})
		s.Run(t.Context())
		s.Do(party.Play{}) // late callbacks are no trouble
		if n := len(m.seen); n != 7 {
			t.Fatalf("the machine saw %d events, want 7: %v", n, m.seen)
		}
		for i, ev := range m.seen[:6] {
			if _, isPause := ev.(party.Pause); isPause != (i%2 == 0) {
				t.Errorf("event %d is %T", i, ev)
			}
		}
	})
}

type applied struct{ commands []playback.Command }

func (a *applied) Apply(c playback.Command) { a.commands = append(a.commands, c) }

func TestEffectsArePerformedAndThoseForLinksThatAreGoneDoNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, shown := &applied{}, 0
		s, _ := scripted(Config{Player: a, Show: func(party.View) { shown++ }})
		s.Do(party.Play{})
		s.Do(party.Leave{})
		s.Run(t.Context())
		if len(a.commands) != 1 || a.commands[0].Do != playback.Hold || shown != 1 {
			t.Errorf("commands %v, %d views", a.commands, shown)
		}
	})
}

func TestCancelledSessionSaysGoodbye(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, m := scripted(Config{})
		why := errors.New("enough")
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() { time.Sleep(time.Second / 2); cancel(why) }()
		if err := s.Run(ctx); !errors.Is(err, why) {
			t.Errorf("it ended with %v", err)
		}
		if len(m.seen) != 1 {
			t.Fatalf("the machine saw %v, want one Leave", m.seen)
		}
		if _, ok := m.seen[0].(party.Leave); !ok {
			t.Errorf("the machine saw %T", m.seen[0])
		}
	})
}

func TestHostsDoNotComeBackInStep(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 100 {
		d := jitter(10 * time.Second)
		if d < 5*time.Second || d > 15*time.Second {
			t.Fatalf("a wait of ten seconds became %v", d)
		}
		seen[d] = true
	}
	if len(seen) < 20 {
		t.Errorf("a hundred hosts come back at %d different times", len(seen))
	}
}
