package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/toile-party/toile/peer/party"
)

// terminal tells a party line by line: what changed since the last view.
type terminal struct {
	out   io.Writer
	words *words
	link  string // what to send to friends, printed by a host once its room is open
	page  string // what goes before an invitation to make a link of it

	takeSeat func()

	mu       sync.Mutex // guards what follows: views and typed lines meet here
	last     party.View
	seq      uint32
	reaction uint32
	shared   bool
}

// seat makes the terminal take a seat as soon as there is a lobby.
func (t *terminal) seat(name string, hue uint16, do func(party.Event)) {
	var once sync.Once
	t.takeSeat = func() {
		once.Do(func() { do(party.TakeSeat{Name: name, Hue: hue}) })
	}
}

func (t *terminal) print(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintln(t.out, line)
}

// show prints what is new in v.
func (t *terminal) show(v party.View) {
	t.mu.Lock()
	defer t.mu.Unlock()
	was := t.last
	t.last = v
	w := t.words
	if v.Phase == party.Lobby && t.takeSeat != nil {
		t.takeSeat()
	}
	if v.Invitation != "" && t.page != "" {
		link := t.page + "#" + v.Invitation
		if t.shared && link != t.link {
			fmt.Fprintf(t.out, "%s\n  %s\n", w.newLink, link)
		}
		t.link = link
	}
	if v.Phase == party.Theatre && !v.Host {
		t.shared = true
	}
	if v.Host && v.Phase == party.Theatre && !t.shared {
		t.shared = true
		fmt.Fprintf(t.out, "%s\n  %s\n%s\n", w.share, t.link, w.hint)
	}
	if v.Phase != was.Phase || v.Code != was.Code {
		switch v.Phase {
		case party.Connecting:
			if v.Code == party.CodeHostAway {
				fmt.Fprintln(t.out, w.notYet)
			}
		case party.Broken:
			fmt.Fprintln(t.out, "! "+w.code(v.Code))
			if v.Code == party.CodeHostLost {
				fmt.Fprintln(t.out, w.comeBack)
			}
		case party.Knocking:
			fmt.Fprintln(t.out, w.knocked)
		case party.Theatre:
			if !v.Host {
				fmt.Fprintln(t.out, w.seated)
			}
		}
	}
	if v.Host && v.Phase == party.Theatre && was.Phase == party.Theatre && v.Server != was.Server {
		fmt.Fprintln(t.out, "! "+w.server(v.Server))
	}
	if v.Media.ID != was.Media.ID && v.Media.ID != 0 {
		fmt.Fprintln(t.out, w.showing(v.Media))
	}
	if v.Phase != party.Connecting && v.Phase != party.Ended {
		if r := roster(v); r != roster(was) {
			fmt.Fprintln(t.out, w.here+" "+r)
		}
		if f := w.film(v.Film); f != w.film(was.Film) || v.Phase != was.Phase && v.Phase == party.Theatre {
			fmt.Fprintln(t.out, f)
		}
	}
	t.news(was, v)
	for _, l := range v.Lines {
		if l.Pending || l.Seq <= t.seq {
			continue
		}
		t.seq = l.Seq
		if s := w.line(l.Line); s != "" {
			fmt.Fprintln(t.out, s)
		}
	}
}

func roster(v party.View) string {
	var names []string
	for _, p := range v.People {
		n := p.Name
		if p.ID == v.Me {
			n += "*"
		}
		names = append(names, n)
	}
	return strings.Join(names, ", ")
}

// moment reads 83, 1:23 or 1:02:03.
func moment(s string) (time.Duration, bool) {
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	var d float64
	for i, p := range parts {
		v, err := strconv.ParseFloat(strings.Replace(p, ",", ".", 1), 64)
		if err != nil || math.IsNaN(v) || v < 0 || v > 1e6 || i > 0 && v >= 60 {
			return 0, false
		}
		d = d*60 + v
	}
	return time.Duration(d * float64(time.Second)), true
}
