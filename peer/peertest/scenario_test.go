package peertest

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

var update = flag.Bool("update", false, "rewrite the transcripts")

// tape writes down what people see and do, by the tenth of a second.
type tape struct {
	bytes.Buffer
	*World
	began time.Duration
	last  map[*Node]string
}

func (t *tape) say(format string, args ...any) {
	fmt.Fprintf(t, "%5.1f  %s\n", (t.Now() - t.began).Seconds(), fmt.Sprintf(format, args...))
}

// watch lets d pass.
func (t *tape) watch(d time.Duration) {
	for range int(d / (100 * ms)) {
		t.Run(100 * ms)
		for _, n := range t.nodes {
			if s := n.sees(); s != t.last[n] {
				t.last[n] = s
				t.say("%-5s sees %s", n.name, s)
			}
		}
	}
}

func (t *tape) do(n *Node, ev party.Event) {
	t.say("%-5s %s", n.name, strings.TrimPrefix(fmt.Sprintf("%T%+v", ev, ev), "party."))
	n.Do(ev)
}

func (n *Node) sees() string {
	v := n.View
	s := "the film stand"
	switch {
	case v.Phase != party.Theatre:
		return string(v.Phase)
	case v.Film.Resuming:
		s = "it about to go on"
	case v.Film.Rate != 0:
		s = "it play"
	}
	if w := v.Waiting; w != nil {
		var names []string
		for _, id := range w.For {
			for _, p := range v.People {
				if p.ID == id {
					names = append(names, p.Name)
				}
			}
		}
		s += ", waiting for " + strings.Join(names, " and ")
	}
	if k := len(v.Lines); k > 0 && v.Lines[k-1].Kind == wire.LineWaited {
		s += fmt.Sprintf(" (went on without %s after %.0f s)", v.Lines[k-1].Name, v.Lines[k-1].Value)
	}
	return s
}

// apart tells how far the films of all but one are from one another.
func (t *tape) apart(but *Node) {
	worst := time.Duration(0)
	for _, n := range t.nodes {
		if n != but && n.View.Phase == party.Theatre {
			worst = max(worst, (n.Position() - t.nodes[0].Position()).Abs())
		}
	}
	word := "apart by more than 10 ms"
	if worst <= 10*ms {
		word = "together"
	}
	t.say("films are %s at %.0f s", word, math.Round(t.nodes[0].Position().Seconds()))
}

func TestEvenings(t *testing.T) {
	net := Network{Delay: uniform(40*ms, 5*ms)}
	for name, play := range map[string]func(*tape){
		"a guest stalls and is waited for": func(t *tape) {
			luc := t.nodes[1]
			t.watch(5 * time.Second)
			t.say("Luc's film has no data for 4 s")
			luc.Stall(4 * time.Second)
			t.watch(10 * time.Second)
			t.apart(nil)
		},
		"a short stall stops nobody": func(t *tape) {
			t.watch(5 * time.Second)
			t.say("Luc's film has no data for 0.8 s")
			t.nodes[1].Stall(800 * ms)
			t.watch(6 * time.Second)
			t.apart(nil)
		},
		"the limit of patience": func(t *tape) {
			luc := t.nodes[1]
			t.watch(5 * time.Second)
			t.say("Luc's film has no data for 20 s")
			luc.Stall(20 * time.Second)
			t.watch(18 * time.Second)
			t.apart(luc)
			t.watch(10 * time.Second)
			t.apart(nil)
		},
		"going on without": func(t *tape) {
			luc := t.nodes[1]
			t.watch(5 * time.Second)
			t.say("Luc's film has no data for 9 s")
			luc.Stall(9 * time.Second)
			t.watch(3 * time.Second)
			t.do(t.nodes[0], party.GoOn{})
			t.watch(3 * time.Second)
			t.apart(luc)
			t.watch(8 * time.Second)
			t.apart(nil)
		},
		"the host stalls": func(t *tape) {
			t.watch(5 * time.Second)
			t.say("Ana's film has no data for 3 s")
			t.nodes[0].Stall(3 * time.Second)
			t.watch(8 * time.Second)
			t.apart(nil)
		},
		"a pause while the room waits": func(t *tape) {
			t.watch(5 * time.Second)
			t.nodes[1].Stall(4 * time.Second)
			t.watch(2 * time.Second)
			t.do(t.nodes[0], party.Pause{})
			t.watch(6 * time.Second)
			t.do(t.nodes[0], party.Play{})
			t.watch(3 * time.Second)
			t.apart(nil)
		},
		"a seek to where one has nothing yet": func(t *tape) {
			t.watch(5 * time.Second)
			t.nodes[1].Stall(5 * time.Second)
			t.do(t.nodes[0], party.Seek{Position: time.Hour})
			t.watch(10 * time.Second)
			t.apart(nil)
		},
		"a newcomer who still loads": func(t *tape) {
			t.watch(5 * time.Second)
			zoe := t.Join("Zoé", 0)
			zoe.Stall(6 * time.Second)
			t.watch(6 * time.Second)
			t.apart(zoe)
			t.watch(6 * time.Second)
			t.apart(nil)
		},
		"the one who is waited for leaves": func(t *tape) {
			t.watch(5 * time.Second)
			t.nodes[1].Stall(9 * time.Second)
			t.watch(3 * time.Second)
			t.do(t.nodes[1], party.Leave{})
			t.watch(2 * time.Second)
			t.apart(t.nodes[1])
		},
		"a seek near the end, and the end": func(t *tape) {
			t.watch(2 * time.Second)
			t.do(t.nodes[0], party.Seek{Position: film.Duration - 3*time.Second})
			t.watch(6 * time.Second)
			t.apart(nil)
			t.do(t.nodes[0], party.Play{})
			t.watch(3 * time.Second)
			t.apart(nil)
		},
		"a laptop sleeps and wakes": func(t *tape) {
			luc := t.nodes[1]
			t.watch(10 * time.Second)
			t.say("Luc's laptop sleeps for 60 s")
			luc.Sleep(60 * time.Second)
			t.watch(60 * time.Second)
			t.say("Luc's laptop wakes")
			t.watch(time.Second)
			luc.Do(party.Rejoin{})
			t.Connect(luc)
			t.watch(5 * time.Second)
			t.apart(nil)
		},
		"a hidden tab hears on, and comes back": func(t *tape) {
			luc := t.nodes[1]
			t.watch(5 * time.Second)
			t.say("Luc looks at another tab")
			luc.Player.Hidden = true
			t.watch(20 * time.Second)
			t.apart(nil)
			t.do(t.nodes[0], party.Pause{})
			t.watch(2 * time.Second)
			t.do(t.nodes[0], party.Play{})
			t.watch(5 * time.Second)
			t.apart(nil)
			t.say("Luc looks at the film again")
			luc.Player.Hidden = false
			t.watch(3 * time.Second)
			t.apart(nil)
		},
		"another path": func(t *tape) {
			luc := t.nodes[1]
			t.watch(5 * time.Second)
			t.say("Luc's phone leaves the house")
			for id := range luc.links {
				luc.Do(party.Moved{Link: id})
			}
			t.watch(3 * time.Second)
			t.apart(nil)
		},
		"two who want the opposite at once": func(t *tape) {
			t.watch(2 * time.Second)
			everyone := wire.DriveEveryone
			t.say("Ana lets everyone drive")
			t.nodes[0].Do(party.Change{Drive: &everyone})
			t.watch(2 * time.Second)
			t.do(t.nodes[1], party.Pause{})
			t.Run(50 * ms)
			t.do(t.nodes[2], party.Pause{})
			t.watch(time.Second)
			t.do(t.nodes[1], party.Play{})
			t.Run(50 * ms)
			t.do(t.nodes[2], party.Pause{})
			t.watch(2 * time.Second)
			t.apart(nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := full(5, net, 0)
			w.Join("Luc", 10e-6)
			w.Join("Mia", -10e-6)
			e := &tape{World: w, began: w.Now(), last: map[*Node]string{}}
			e.watch(100 * ms)
			e.do(w.nodes[0], party.Play{})
			play(e)
			file := filepath.Join("testdata", strings.ReplaceAll(name, " ", "-")+".txt")
			if *update {
				if err := os.WriteFile(file, e.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := e.String(); got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
