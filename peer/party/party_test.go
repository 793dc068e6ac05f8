package party

import (
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

func wantLines(t *testing.T, n *node, want ...string) {
	t.Helper()
	if got := n.lines(); got != strings.Join(want, "\n") {
		t.Errorf("%s reads\n%s\nwant\n%s", n.name, got, strings.Join(want, "\n"))
	}
}

func TestPlayPauseSeekAndSpeedReachTheGuest(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(r.host, Play{})
	played := r.now
	r.run(time.Second)
	if h, g := r.host.view.Film, luc.view.Film; g.Rate != 1 || g.Position != h.Position || g.At != h.At {
		t.Errorf("after play the guest's film is %+v, the host's %+v", g, h)
	}
	if lead := r.host.view.Film.At.Sub(played); lead < 80*ms || lead > 400*ms {
		t.Errorf("the film starts %v after play was pressed, want 80 to 400 ms", lead)
	}
	r.do(r.host, SetRate{1.5})
	r.run(time.Second)
	if g := luc.view.Film; g.Rate != 1.5 || g.Speed != 1.5 {
		t.Errorf("after 1.5x the guest's film is %+v", g)
	}
	r.do(r.host, Pause{})
	r.run(100 * ms)
	stood := r.host.view.Film.Position
	if g := luc.view.Film; g.Rate != 0 || g.Position != stood {
		t.Errorf("after pause the guest's film is %+v, want it to stand at %v", g, stood)
	}
	r.do(r.host, Seek{time.Minute})
	r.run(100 * ms)
	if g := luc.view.Film; g.Rate != 0 || g.Position != time.Minute {
		t.Errorf("after a seek while paused the guest's film is %+v", g)
	}
	wantLines(t, luc, "Luc joined", "Ana played", "Ana rated 1.5", "Ana paused", "Ana sought 60")
}

func TestPlaySurvivesTheLossOfTwoCopies(t *testing.T) {
	r := newRig(t, "Luc")
	lost := 0
	r.lost = func(to string, m wire.Message) bool {
		if s, ok := m.(wire.State); ok && s.Timeline.Rate != 0 && lost < 2 {
			lost++
			return true
		}
		return false
	}
	r.do(r.host, Play{})
	pressed := r.now
	for r.guests[0].view.Film.Rate == 0 && r.now.Sub(pressed) < time.Second {
		r.run(ms)
	}
	if got, want := r.now.Sub(pressed), r.delay+40*ms; got > want+ms {
		t.Errorf("with two copies lost play took %v, want %v", got, want)
	}
}

func TestACommandIsRepeatedUntilAcknowledgedAndNoLonger(t *testing.T) {
	r := newRig(t, "Luc")
	r.run(5 * time.Second)
	r.log = nil
	r.do(r.host, Pause{}) // nothing to pause: nothing sent
	r.run(50 * ms)
	for _, l := range r.log {
		if strings.HasSuffix(l, "wire.State") {
			t.Errorf("a pause of a paused film was sent")
		}
	}
	r.log = nil
	r.do(r.host, Seek{time.Minute})
	r.run(200 * ms)
	n := 0
	for _, l := range r.log {
		if l == "Ana>Luc wire.State" {
			n++
		}
	}
	if n < 2 || n > 3 {
		t.Errorf("a command was sent %d times in 200 ms, want the copies of the first 40 ms that were under way when the Ack came", n)
	}
}

func TestLostStateIsHealedByABeacon(t *testing.T) {
	r := newRig(t, "Luc")
	r.lost = func(string, wire.Message) bool { return true }
	r.do(r.host, Seek{time.Minute})
	r.run(time.Second)
	r.lost = nil
	r.run(1100 * ms)
	if got := r.guests[0].view.Film.Position; got != time.Minute {
		t.Errorf("a second after the network came back the guest stands at %v, want 1m", got)
	}
}

func TestSeekWhilePlayingResumesWhenEverybodyStandsThere(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(r.host, Play{})
	r.run(time.Second)
	r.do(r.host, Seek{time.Minute})
	r.run(50 * ms)
	if f := r.host.view.Film; f.Rate != 0 || !f.Resuming {
		t.Fatalf("right after the seek the film is %+v, want it to wait for everybody", f)
	}
	stands := func() Observed {
		return Observed{playback.Observation{At: r.now, Position: time.Minute, Paused: true, Ready: 4, Buffered: 5 * time.Second}}
	}
	r.do(r.host, stands())
	r.run(50 * ms)
	if r.host.view.Film.Rate != 0 {
		t.Fatalf("the film went on before the guest stood at the new position")
	}
	r.do(luc, stands())
	r.run(50 * ms)
	if f := r.host.view.Film; f.Rate != 1 || f.Position != time.Minute {
		t.Errorf("with everybody there the film is %+v, want it to play from 1m", f)
	}
}

func TestSeekWhilePlayingDoesNotWaitForEver(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Play{})
	r.run(time.Second)
	r.do(r.host, Seek{time.Minute})
	r.run(1600 * ms)
	if f := r.host.view.Film; f.Rate != 1 {
		t.Errorf("1.6 s after the seek the film is %+v, want it to play without those who load", f)
	}
}

func TestFilmStopsAtItsEndAndPlaysAgainFromItsBeginning(t *testing.T) {
	r := newRig(t)
	r.do(r.host, Seek{theFilm.Duration - time.Second})
	r.do(r.host, Play{})
	r.run(3 * time.Second)
	if f := r.host.view.Film; f.Rate != 0 || f.Position != theFilm.Duration {
		t.Errorf("past its end the film is %+v, want it to stand there", f)
	}
	r.do(r.host, Play{})
	r.run(500 * ms)
	if f := r.host.view.Film; f.Rate != 1 || f.Position != 0 {
		t.Errorf("played at its end the film is %+v, want it to begin again", f)
	}
}

func TestLateGuestLandsInTheFilmAndTheOthersSeeOneLine(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(r.host, Say{Text: "welcome"})
	r.do(r.host, Play{})
	r.run(20 * time.Second)
	before, steered := luc.view, len(luc.steered)
	zoe := r.join("Zoé")
	r.run(time.Second)
	if a, b := zoe.view.Film, luc.view.Film; a.Rate != 1 || a.Position+r.now.Sub(a.At) != b.Position+r.now.Sub(b.At) {
		t.Errorf("the late guest's film is %+v, the other's %+v", a, b)
	}
	if a, b := before.Film, luc.view.Film; a != b || len(luc.steered) != steered {
		t.Errorf("the newcomer changed the other's film from %+v to %+v", a, b)
	}
	wantLines(t, zoe, "Luc joined", "Ana: welcome", "Ana played", "Zoé joined")
	wantLines(t, luc, "Luc joined", "Ana: welcome", "Ana played", "Zoé joined")
	if got, want := luc.people(), "Ana, Luc, Zoé"; got != want {
		t.Errorf("the roster is %q, want %q", got, want)
	}
}

func TestVisitorInTheLobbySeesTheFilmAndIsNotSeen(t *testing.T) {
	r := newRig(t, "Luc")
	v := r.knock("Zoé", theSecret)
	r.run(time.Second)
	if v.view.Phase != Lobby || v.view.Media.Title != "A" || v.people() != "Ana, Luc" {
		t.Errorf("in the lobby: %v, %q, %q", v.view.Phase, v.view.Media.Title, v.people())
	}
	if len(v.steered) != 0 {
		t.Errorf("the film of somebody without a seat was steered: %+v", v.steered)
	}
	wantLines(t, r.guests[0], "Luc joined")
}

func TestChatHasOneOrderAndLosesNothing(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	for i := range 12 { // faster than the host takes them
		r.do(luc, Say{Text: "l" + string(rune('a'+i))})
	}
	if !strings.HasSuffix(luc.lines(), "(pending)") {
		t.Errorf("a line that is under way is not shown as pending:\n%s", luc.lines())
	}
	r.do(zoe, Say{Text: "from Zoé"})
	r.run(time.Minute)
	want := r.host.lines()
	for _, g := range r.guests {
		if got := g.lines(); got != want {
			t.Errorf("%s reads\n%s\nthe host\n%s", g.name, got, want)
		}
	}
	last := -1
	for i := range 12 {
		at := strings.Index(want, "Luc: l"+string(rune('a'+i)))
		if at <= last {
			t.Fatalf("Luc's lines are lost or out of order:\n%s", want)
		}
		last = at
	}
}

func TestLineSaidOverABreakArrivesOnce(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(luc, Say{Text: "before"})
	r.run(10 * ms)
	luc.cut = true // it arrives; the answer does not
	r.run(7 * time.Second)
	r.do(luc, Say{Text: "while away"})
	luc.cut = false
	r.do(luc, Rejoin{})
	r.connect(luc)
	r.run(5 * time.Second)
	got := r.host.lines()
	if strings.Count(got, "Luc: before") != 1 || strings.Count(got, "Luc: while away") != 1 {
		t.Errorf("the host reads\n%s\nwant each of Luc's lines once", got)
	}
	if luc.lines() != got {
		t.Errorf("Luc reads\n%s\nthe host\n%s", luc.lines(), got)
	}
}

func TestGuestIsToldWithinSixSecondsAndComesBackToItsSeat(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc := r.guests[0]
	r.do(r.host, Play{})
	r.run(5 * time.Second)
	id, film := luc.view.Me, luc.view.Film
	luc.cut = true
	r.run(6 * time.Second)
	if luc.view.Phase != Broken || luc.view.Code != CodeHostLost {
		t.Fatalf("six seconds into the silence the guest is %v %q", luc.view.Phase, luc.view.Code)
	}
	if luc.view.Film != film {
		t.Errorf("the film of a guest who is cut off changed from %+v to %+v", film, luc.view.Film)
	}
	r.run(5 * time.Second)
	if got := r.host.people(); got != "Ana, Zoé" {
		t.Errorf("the host sees %q, want Luc gone", got)
	}
	luc.cut = false
	if luc.redial != 1 {
		t.Errorf("it looked for the host %d times by itself, want once", luc.redial)
	}
	r.do(luc, Rejoin{})
	if luc.redial != 2 || luc.view.Code != CodeRejoining {
		t.Fatalf("one tap made %d redials, the view says %q", luc.redial, luc.view.Code)
	}
	r.connect(luc)
	r.run(time.Second)
	if luc.view.Phase != Theatre || luc.view.Me != id || luc.view.Code != "" {
		t.Errorf("back: %v, seat %d (was %d), code %q", luc.view.Phase, luc.view.Me, id, luc.view.Code)
	}
	if got := r.host.people(); got != "Ana, Zoé, Luc" {
		t.Errorf("the host sees %q", got)
	}
}

func TestGuestLooksForItsHostEverMoreSeldom(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	for id := range luc.links {
		delete(luc.links, id)
		r.do(luc, Closed{id})
	}
	for i, want := range []time.Duration{0, 3, 6, 12, 24, 30, 30} {
		want *= time.Second
		if want > 0 {
			r.run(want - 100*ms)
			if luc.redial != i {
				t.Fatalf("try %d came before %v", i+1, want)
			}
			r.run(200 * ms)
		}
		if luc.redial != i+1 {
			t.Fatalf("%v after try %d there were %d", want, i, luc.redial)
		}
		r.do(luc, Failed{"connect-failed"})
	}
	r.run(time.Minute)
	r.do(luc, Failed{CodeLinkWrong})
	before := luc.redial
	r.run(5 * time.Minute)
	if luc.redial != before {
		t.Error("it goes on knocking with a link that is void")
	}
}

func TestHostThatIsReplacedClosesNoParty(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(r.host, Failed{CodeReplaced})
	if r.host.view.Phase != Ended {
		t.Errorf("the host is %v", r.host.view.Phase)
	}
	r.run(6 * time.Second)
	if luc.view.Phase != Broken {
		t.Errorf("its guest is %v %q", luc.view.Phase, luc.view.Code)
	}
}

func TestRejoinReplacesAGhostThatTheHostStillHolds(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	for id := range luc.links { // its own side broke; the host has not noticed
		delete(luc.links, id)
		r.do(luc, Closed{id})
	}
	r.do(luc, Rejoin{})
	r.connect(luc)
	r.run(time.Second)
	if got := r.host.people(); got != "Ana, Luc" {
		t.Errorf("the host sees %q, want one Luc", got)
	}
	wantLines(t, r.host, "Luc joined")
}

func TestHostClosingTellsTheGuests(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Leave{})
	r.run(time.Second)
	luc := r.guests[0]
	if luc.end == nil || *luc.end != CodePartyOver || luc.view.Phase != Ended {
		t.Errorf("the guest ended with %v, phase %v", luc.end, luc.view.Phase)
	}
}

func TestGuestLeavingIsToldToTheOthers(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	r.do(r.guests[0], Leave{})
	r.run(time.Second)
	wantLines(t, r.guests[1], "Luc joined", "Zoé joined", "Luc left")
	if got := r.guests[1].people(); got != "Ana, Zoé" {
		t.Errorf("the roster is %q", got)
	}
}

func TestStrangersAreRefusedInWords(t *testing.T) {
	r := newRig(t)
	g := r.knock("Eve", wire.Secret{1, 2, 3, 5})
	r.run(time.Second)
	if g.end == nil || *g.end != CodeLinkWrong {
		t.Errorf("somebody with another secret ended with %v, want %q", g.end, CodeLinkWrong)
	}
	if len(r.host.links) != 0 {
		t.Errorf("the host keeps a stranger's link")
	}
}

func TestFullPartyTakesNobodyNewAndThoseWhoComeBack(t *testing.T) {
	r := newRigOf(t, 2, "Luc", "Zoé")
	late := r.knock("Eva", theSecret)
	r.run(time.Second)
	if late.end == nil || *late.end != CodeRoomFull {
		t.Errorf("one too many ended with %v, want %q", late.end, CodeRoomFull)
	}
	luc := r.guests[0]
	me := luc.view.Me
	for id := range luc.links { // its side of the link is gone, and the host does not know yet
		r.do(luc, Closed{Link: id})
	}
	r.connect(luc)
	r.run(time.Second)
	if luc.view.Phase != Theatre || luc.view.Me != me {
		t.Errorf("who comes back is %v in seat %d (%v), was in %d", luc.view.Phase, luc.view.Me, luc.end, me)
	}
	r.do(r.guests[1], Leave{})
	r.run(time.Second)
	if mia := r.join("Mia"); mia.view.Phase != Theatre {
		t.Errorf("when somebody has left, the next is %v", mia.view.Phase)
	}
}

func TestNothingIsTakenBeforeHello(t *testing.T) {
	r := newRig(t)
	r.do(r.host, Opened{Link: 99, Token: wire.Token{1}})
	r.host.links[99] = far{&node{name: "Eve", links: map[LinkID]far{}, handle: func(clock.Local, Event) []Effect { return nil }}, 1}
	r.log = nil
	for _, m := range []wire.Message{wire.Ping{N: 1}, wire.Join{Name: "Eve"}, wire.Post{ID: 1, Text: "x"}, wire.Request{Kind: wire.RequestPlay}} {
		r.do(r.host, Received{Link: 99, Channel: m.Channel(), Data: wire.Append(nil, m), At: r.now})
	}
	if len(r.log) != 0 || r.host.people() != "Ana" || r.host.lines() != "" {
		t.Errorf("before Hello the host answered %v; people %q; lines %q", r.log, r.host.people(), r.host.lines())
	}
}

func TestNamesAreUnique(t *testing.T) {
	r := newRig(t, "ana", "Ana", "")
	if got, want := r.host.people(), "Ana, ana 2, Ana 3, ?"; got != want {
		t.Errorf("the roster is %q, want %q", got, want)
	}
}

func TestMalformedFramesCostTheirSenderAlone(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	var id LinkID
	for l, f := range r.host.links {
		if f.node.name == "Luc" {
			id = l
		}
	}
	for range maxFaults {
		r.do(r.host, Received{Link: id, Channel: wire.ChannelControl, Data: []byte{0x12, 0xff}, At: r.now})
	}
	r.run(time.Second)
	if luc := r.guests[0]; luc.end == nil || *luc.end != CodeProtocol {
		t.Errorf("the sender ended with %v", luc.end)
	}
	if zoe := r.guests[1]; zoe.view.Phase != Theatre {
		t.Errorf("the other guest is %v", zoe.view.Phase)
	}
}

func TestMessageOnTheWrongChannelIsAFault(t *testing.T) {
	r := newRig(t, "Luc")
	for l := range r.host.links {
		r.do(r.host, Received{Link: l, Channel: wire.ChannelState, Data: wire.Append(nil, wire.Post{ID: 1, Text: "x"}), At: r.now})
	}
	wantLines(t, r.host, "Luc joined")
}

func TestGuestDrivesOnlyWhenAllowed(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(luc, Play{})
	r.run(200 * ms)
	if r.host.view.Film.Rate != 0 || luc.view.MayDrive {
		t.Fatalf("a guest who may not drive did")
	}
	r.do(r.host, Change{Drive: everyone})
	r.run(100 * ms)
	if !luc.view.MayDrive {
		t.Fatalf("the guest was not told that everybody may drive")
	}
	r.do(luc, Play{})
	r.run(200 * ms)
	if r.host.view.Film.Rate != 1 {
		t.Errorf("a guest who may drive could not")
	}
	wantLines(t, r.host, "Luc joined", "Ana: rule everyone", "Luc played")
}

func TestAnotherFilmBeginsPausedForEverybody(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Play{})
	r.run(time.Second)
	r.do(r.host, Choose{wire.Media{URL: "https://films.example/b.mp4", Title: "B"}})
	r.run(time.Second)
	if v := r.guests[0].view; v.Media.Title != "B" || v.Film.Rate != 0 || v.Film.Position != 0 {
		t.Errorf("the guest sees %q, %+v", v.Media.Title, v.Film)
	}
}

func TestSleepOfTheHostDoesNotLoseItsGuests(t *testing.T) {
	r := newRig(t, "Luc")
	r.now = r.now.Add(4 * time.Second) // the guest's frames wait in the host's socket
	r.queue = nil
	r.do(r.host, nil)
	r.run(2 * time.Second)
	if got := r.host.people(); got != "Ana, Luc" {
		t.Errorf("after a nap of the host it sees %q", got)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	r := newRig(t)
	for range maxHistory + 50 {
		r.do(r.host, Say{Text: "x"})
	}
	if got := len(r.host.view.Lines); got != maxHistory {
		t.Errorf("the history holds %d lines, want %d", got, maxHistory)
	}
}

func FuzzHostSurvivesFrames(f *testing.F) {
	f.Add(uint8(1), wire.Append(nil, wire.Hello{Version: wire.Version, Secret: theSecret}))
	f.Add(uint8(1), wire.Append(nil, wire.Status{Epoch: 1}))
	f.Add(uint8(2), wire.Append(nil, wire.Post{ID: 1, Text: "x"}))
	for _, m := range []wire.Message{
		wire.Card{Name: "Zoé", Hue: 1, Device: wire.DevicePhone}, wire.Ready{On: true}, wire.Ask{On: true}, wire.React{Emoji: "🔥"},
		wire.Erase{Seq: 1}, wire.Typing{On: true}, wire.Request{Kind: wire.RequestCountdown, Position: 1}, wire.Join{Name: "x"},
	} {
		f.Add(uint8(m.Channel()), wire.Append(nil, m))
	}
	f.Fuzz(func(t *testing.T, ch uint8, frame []byte) {
		r := newRig(t, "Luc", "Zoé")
		for id, far := range r.host.links {
			if far.node.name == "Luc" {
				for range 4 {
					r.do(r.host, Received{Link: id, Channel: wire.Channel(ch), Data: frame, At: r.now})
				}
			}
		}
		r.run(time.Second)
		if got := r.guests[1].view.Phase; got != Theatre {
			t.Errorf("frame %x from one guest left the other %v", frame, got)
		}
	})
}

func FuzzGuestSurvivesFrames(f *testing.F) {
	f.Add(uint8(0), wire.Append(nil, wire.State{Speed: 1, Timeline: playback.Timeline{Epoch: 9, Rate: 1}}))
	f.Add(uint8(2), wire.Append(nil, wire.Line{Seq: 9, Text: "x"}))
	for _, m := range []wire.Message{
		wire.Rules{Drive: wire.DriveEveryone, Muted: true}, wire.Cue{Countdown: true, Undo: true, CheckBy: 3}, wire.Invite{Fragment: "x"}, wire.Knocking{},
		wire.Erased{Seq: 1}, wire.Cleared{Upto: 9}, wire.Typists{Who: []wire.PersonID{1}}, wire.Reaction{ID: 1, Emoji: "🔥"}, wire.Waiting{For: []wire.PersonID{2}}, wire.Hidden{Who: []wire.PersonID{2}}, wire.Relayed{Who: []wire.PersonID{2}},
	} {
		f.Add(uint8(m.Channel()), wire.Append(nil, m))
	}
	f.Fuzz(func(t *testing.T, ch uint8, frame []byte) {
		r := newRig(t, "Luc")
		luc := r.guests[0]
		for id := range luc.links {
			r.do(luc, Received{Link: id, Channel: wire.Channel(ch), Data: frame, At: r.now})
		}
		r.run(time.Second)
	})
}
