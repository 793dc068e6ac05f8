package link

import (
	"errors"
	"testing"
	"time"
)

func TestBacklogLetsSlowPeersBeAndGivesUpOnDeafOnes(t *testing.T) {
	for _, c := range []struct {
		name  string
		takes func(second int) int // bytes that the peer takes in a second
		idle  bool                 // nothing is sent in the first minute
		want  time.Duration        // when it is given up; 0: never in two minutes
	}{
		{name: "who reads all", takes: func(int) int { return 1 << 20 }},
		{name: "who reads a little", takes: func(int) int { return 50 }},
		{name: "who pauses for nine seconds", takes: func(s int) int {
			if s%18 < 9 {
				return 0
			}
			return 4000
		}},
		{name: "who reads nothing", takes: func(int) int { return 0 }, want: 10 * time.Second},
		{name: "who stops reading after a quiet minute", idle: true, takes: func(s int) int { return 0 }, want: 70 * time.Second},
	} {
		var b backlog
		now, waiting, given := time.Unix(0, 0), 0, time.Duration(0)
		for s := range 120 {
			waiting -= min(waiting, c.takes(s))
			n := 100
			if c.idle && s < 60 {
				n = 0 // a state message: nothing for these channels
			}
			err := b.admit(uint64(waiting), n, now)
			if err != nil && !errors.Is(err, ErrBacklog) {
				t.Fatal(err)
			}
			if err != nil {
				given = time.Duration(s) * time.Second
				break
			}
			b.gave(n)
			waiting += n
			now = now.Add(time.Second)
		}
		if (given == 0) != (c.want == 0) || (given-c.want).Abs() > 2*time.Second {
			t.Errorf("%s: given up at %v, want %v", c.name, given, c.want)
		}
	}
}

func TestBacklogIsBoundedWhateverTheTime(t *testing.T) {
	var b backlog
	now := time.Unix(0, 0)
	waiting := 0
	for b.admit(uint64(waiting), 8<<10, now) == nil {
		b.gave(8 << 10)
		waiting += 8 << 10
	}
	if waiting > maxBacklog || waiting < maxBacklog/2 {
		t.Errorf("%d bytes wait for a peer that reads nothing, want up to %d", waiting, maxBacklog)
	}
}
