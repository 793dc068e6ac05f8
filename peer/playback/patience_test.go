package playback

import (
	"slices"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// room has a host, 1, and guests from 2 on; all have watched.
func room(people uint32) *Patience {
	p := &Patience{}
	for id := uint32(1); id <= people; id++ {
		p.See(0, Viewer{ID: id, Host: id == 1, Watching: true})
	}
	return p
}

func (p *Patience) stall(at time.Duration, ids ...uint32) {
	for _, id := range ids {
		p.See(clock.Local(at), Viewer{ID: id, Host: id == 1, Stalled: true})
	}
}

func TestWhomARoomStopsFor(t *testing.T) {
	for _, c := range []struct {
		name   string
		people uint32
		rule   WaitRule
		stall  []uint32
		after  time.Duration
		want   []uint32
	}{
		{"a short stall stops nobody", 3, WaitAuto, []uint32{2}, 900 * time.Millisecond, nil},
		{"a small room waits", 4, WaitAuto, []uint32{2}, time.Second, []uint32{2}},
		{"a large room lets one catch up", 5, WaitAuto, []uint32{2}, 9 * time.Second, nil},
		{"a large room waits for many", 5, WaitAuto, []uint32{2, 3}, time.Second, []uint32{2, 3}},
		{"always", 50, WaitAlways, []uint32{7}, time.Second, []uint32{7}},
		{"never", 2, WaitNever, []uint32{2}, 9 * time.Second, nil},
		{"the host is waited for at once", 50, WaitNever, []uint32{1}, 0, []uint32{1}},
	} {
		p := room(c.people)
		p.stall(0, c.stall...)
		if got := p.Hold(clock.Local(c.after), c.rule); !slices.Equal(got, c.want) {
			t.Errorf("%s: waits for %v, want %v", c.name, got, c.want)
		}
	}
}

func TestNewcomerStopsNobody(t *testing.T) {
	p := room(2)
	p.See(0, Viewer{ID: 3, Stalled: true})
	if got := p.Hold(clock.Local(5*time.Second), WaitAlways); got != nil {
		t.Errorf("the room waits for %v, who has not been watching", got)
	}
	if got := p.Worth([]uint32{3}, WaitAlways); got != nil {
		t.Errorf("the room stands on for %v, who has not been watching", got)
	}
}

func TestExcusedCountsAgainAfterTenGoodSeconds(t *testing.T) {
	at := func(s float64) clock.Local { return clock.Local(s * 1e9) }
	p := room(3)
	p.stall(0, 2)
	p.Excuse(at(10), 2)
	if got := p.Hold(at(12), WaitAuto); got != nil {
		t.Errorf("stopped again for %v, whom the room went on without", got)
	}
	p.See(at(13), Viewer{ID: 2})
	p.stall(20*time.Second, 2) // seven good seconds are not enough
	if got := p.Hold(at(25), WaitAuto); got != nil {
		t.Errorf("stopped for %v after seven good seconds", got)
	}
	p.See(at(30), Viewer{ID: 2})
	p.See(at(40), Viewer{ID: 2})
	p.stall(50*time.Second, 2)
	if got := p.Hold(at(51), WaitAuto); !slices.Equal(got, []uint32{2}) {
		t.Errorf("waits for %v, want for 2, who was well for twenty seconds", got)
	}
}

func TestPatienceDeadlineIsWhenItWouldStop(t *testing.T) {
	p := room(2)
	if _, ok := p.Deadline(); ok {
		t.Error("a deadline though nobody stalls")
	}
	p.stall(3*time.Second, 2)
	at, ok := p.Deadline()
	if !ok || p.Hold(at-1, WaitAuto) != nil || p.Hold(at, WaitAuto) == nil {
		t.Errorf("deadline %v, %v is not the moment at which the room stops", at, ok)
	}
}
