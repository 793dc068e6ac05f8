package party

import (
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/wire"
)

// said is the number of the newest line with this text.
func (r *rig) said(text string) uint32 {
	r.t.Helper()
	for i := len(r.host.view.Lines) - 1; i >= 0; i-- {
		if l := r.host.view.Lines[i]; l.Text == text {
			return l.Seq
		}
	}
	r.t.Fatalf("nobody said %q:\n%s", text, r.host.lines())
	return 0
}

func TestRepliesPointToWhatTheyAnswer(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Say{Text: "who is that?"})
	r.run(100 * ms)
	q := r.said("who is that?")
	r.do(r.guests[0], Say{Text: "the butler", Reply: q})
	r.do(r.guests[0], Say{Text: "to nothing", Reply: 9999})
	r.run(time.Second)
	wantLines(t, r.host, "Luc joined", "Ana: who is that?", "Luc: the butler (to 2)", "Luc: to nothing")
	wantLines(t, r.guests[0], "Luc joined", "Ana: who is that?", "Luc: the butler (to 2)", "Luc: to nothing")
}

func TestLinesAreTakenBackByTheirAuthorAndTheHost(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	r.do(luc, Say{Text: "oops"})
	r.do(zoe, Say{Text: "mine"})
	r.do(r.host, Say{Text: "host's"})
	r.run(time.Second)
	r.do(zoe, Erase{r.said("oops")})
	r.do(zoe, Erase{r.said("host's")})
	r.do(zoe, Erase{1}) // a notice
	r.run(time.Second)
	if s := r.host.lines(); strings.Contains(s, "erased") {
		t.Fatalf("somebody erased what is not theirs:\n%s", s)
	}
	r.do(luc, Erase{r.said("oops")})
	r.do(r.host, Erase{r.said("mine")})
	r.run(time.Second)
	want := []string{"Luc joined", "Zoé joined", "Ana: host's", "Luc: (erased)", "Zoé: (erased)"}
	wantLines(t, luc, want...)
	wantLines(t, zoe, want...)
	if late := r.join("Eva"); !strings.HasPrefix(late.lines(), strings.Join(want, "\n")) {
		t.Errorf("who comes later reads\n%s", late.lines())
	}
}

func TestErasingAndClearingReachWhoWasAway(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(r.host, Say{Text: "one"})
	r.do(r.host, Say{Text: "two"})
	r.run(time.Second)
	luc.cut = true
	r.run(10 * time.Second)
	r.do(r.host, Erase{r.said("one")})
	luc.cut = false
	r.do(luc, Rejoin{})
	r.connect(luc)
	r.run(time.Second)
	wantLines(t, luc, "Luc joined", "Ana: (erased)", "Ana: two", "Luc lost", "Luc joined")
	luc.cut = true
	r.run(10 * time.Second)
	r.do(r.host, Clear{})
	r.do(r.host, Say{Text: "anew"})
	luc.cut = false
	r.do(luc, Rejoin{})
	r.connect(luc)
	r.run(time.Second)
	wantLines(t, luc, "Luc joined", "Luc lost", "Luc joined", "Luc lost", "Ana cleared", "Ana: anew", "Luc joined")
	wantLines(t, r.host, "Luc joined", "Luc lost", "Luc joined", "Luc lost", "Ana cleared", "Ana: anew", "Luc joined")
}

func TestLineThatWasClearedIsNotPendingForEver(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(luc, Say{Text: "lost in time"})
	r.run(10 * ms)
	luc.cut = true // it arrives; the answer does not
	r.run(10 * time.Second)
	r.do(r.host, Clear{})
	luc.cut = false
	r.do(luc, Rejoin{})
	r.connect(luc)
	r.run(5 * time.Second)
	if s := luc.lines(); strings.Contains(s, "pending") || strings.Contains(s, "lost in time") {
		t.Errorf("Luc reads\n%s", s)
	}
}

func TestMutedPeopleAreQuietAndKnowIt(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	r.do(r.host, Mute{ID: r.seatOf("Luc"), On: true})
	r.do(luc, Say{Text: "sent before I knew"})
	r.run(time.Second)
	if luc.view.MayChat || !zoe.view.MayChat || !zoe.person("Luc").Muted {
		t.Errorf("Luc may chat: %v, Zoé may: %v, Zoé sees it: %v", luc.view.MayChat, zoe.view.MayChat, zoe.person("Luc").Muted)
	}
	r.do(luc, Say{Text: "knowing"})
	r.do(luc, React{"😡"})
	r.run(10 * time.Second)
	wantLines(t, luc, "Luc joined", "Zoé joined", "Luc muted")
	if len(zoe.view.Reactions) != 0 {
		t.Errorf("a muted person's reaction is shown")
	}
	r.do(r.host, Mute{ID: r.seatOf("Luc"), On: false})
	r.run(time.Second)
	r.do(luc, Say{Text: "sorry"})
	r.do(r.host, Change{Muted: ptr(true)})
	r.run(time.Second)
	r.do(zoe, Say{Text: "too late"})
	r.do(r.host, Say{Text: "film time"})
	r.run(time.Second)
	if zoe.view.MayChat {
		t.Errorf("Zoé may write while the host wants it quiet")
	}
	wantLines(t, zoe, "Luc joined", "Zoé joined", "Luc muted", "Luc unmuted", "Ana: rule quiet-on", "Ana: film time")
}

func TestNobodyReadsTheRoomFromItsLobby(t *testing.T) {
	r := newRig(t, "Luc")
	v := r.knock("Zoé", theSecret)
	r.run(time.Second)
	r.do(r.host, Say{Text: "unseen?"})
	r.do(r.guests[0], React{"😂"})
	r.run(time.Second)
	if v.lines() != "" || len(v.view.Reactions) != 0 {
		t.Errorf("who is not seen reads\n%s", v.lines())
	}
	r.do(v, TakeSeat{Name: "Zoé"})
	r.run(time.Second)
	wantLines(t, v, "Luc joined", "Ana: unseen?", "Zoé joined")
}

func TestTypingIsShownAndForgotten(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	r.log = nil
	for range 40 {
		r.do(luc, Typing{true})
		r.run(100 * ms)
	}
	n := 0
	for _, l := range r.log {
		if l == "Luc>Ana wire.Typing" {
			n++
		}
	}
	if n > 3 {
		t.Errorf("four seconds of typing were told %d times", n)
	}
	if got := zoe.view.Typing; len(got) != 1 || got[0] != luc.view.Me {
		t.Errorf("Zoé sees typing: %v", got)
	}
	r.do(luc, Say{Text: "done"})
	r.run(100 * ms)
	if got := zoe.view.Typing; len(got) != 0 {
		t.Errorf("after the line Zoé sees typing: %v", got)
	}
	r.do(luc, Typing{true})
	r.run(6 * time.Second)
	if got := zoe.view.Typing; len(got) != 0 {
		t.Errorf("six seconds after the last key Zoé sees typing: %v", got)
	}
	r.do(luc, Typing{true})
	r.run(100 * ms)
	luc.cut = true
	r.run(9 * time.Second)
	if got := r.host.view.Typing; len(got) != 0 {
		t.Errorf("somebody who is gone types: %v", got)
	}
}

func TestReactionsFloatAtOneInstantForEverybody(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	r.run(5 * time.Second)
	r.do(r.guests[0], React{"🔥"})
	r.run(200 * ms)
	all := []*node{r.host, r.guests[0], r.guests[1]}
	for _, n := range all {
		v := n.view.Reactions
		if len(v) != 1 || v[0].Emoji != "🔥" || v[0].Name != "Luc" {
			t.Fatalf("%s sees %+v", n.name, v)
		}
		if d := v[0].At.Sub(r.host.view.Reactions[0].At).Abs(); d > ms {
			t.Errorf("%s sees it %v away from the host", n.name, d)
		}
		if d := v[0].At.Sub(r.now); d < 0 || d > time.Second {
			t.Errorf("200 ms after the tap it floats in %v", d)
		}
	}
	r.run(10 * time.Second)
	for _, n := range all {
		if len(n.view.Reactions) != 0 {
			t.Errorf("%s still has %d reactions", n.name, len(n.view.Reactions))
		}
	}
}

func TestReactionsAreLimitedAndOnlyPictures(t *testing.T) {
	r := newRig(t, "Luc")
	for range 50 {
		r.do(r.guests[0], React{"🔥"})
		r.do(r.guests[0], React{"<script>"})
	}
	r.run(time.Second)
	if n := len(r.host.view.Reactions); n == 0 || n > 8 {
		t.Errorf("fifty taps in no time made %d reactions", n)
	}
	for _, v := range r.host.view.Reactions {
		if v.Emoji != "🔥" {
			t.Errorf("%q floats over the film", v.Emoji)
		}
	}
}

func TestChatIsOnePerSecondInTheLongRun(t *testing.T) {
	r := newRig(t, "Luc")
	for id, f := range r.host.links {
		for i := range 300 {
			m := wire.Post{ID: uint32(i + 1), Text: "spam"}
			r.do(r.host, Received{Link: id, Channel: m.Channel(), Data: wire.Append(nil, m), At: r.now})
			if i%10 == 0 {
				r.now = r.now.Add(time.Second / 3)
				r.do(r.host, nil)
			}
		}
		_ = f
	}
	if n := strings.Count(r.host.lines(), "spam"); n < 10 || n > 18 {
		t.Errorf("300 posts in 10 s became %d lines, want one a second and a burst", n)
	}
}
