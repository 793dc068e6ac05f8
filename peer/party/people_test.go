package party

import (
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/wire"
)

func TestKickSticks(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	r.do(r.host, Kick{ID: r.seatOf("Luc")})
	r.run(time.Second)
	if luc.end == nil || *luc.end != CodeKicked {
		t.Fatalf("Luc's evening ended with %v, want %q", luc.end, CodeKicked)
	}
	wantLines(t, zoe, "Luc joined", "Zoé joined", "Luc kicked")
	if got := zoe.people(); got != "Ana, Zoé" {
		t.Errorf("Zoé sees %q", got)
	}
	if zoe.view.Invitation != "invitation-1" || r.host.view.Invitation != "invitation-1" {
		t.Errorf("the invitation is %q for Zoé and %q for the host, want the new one", zoe.view.Invitation, r.host.view.Invitation)
	}
	old := r.knock("Luc again", theSecret)
	r.run(time.Second)
	if old.end == nil || *old.end != CodeLinkWrong {
		t.Errorf("the old link ended with %v, want %q", old.end, CodeLinkWrong)
	}
	secret := theSecret
	secret[15] = 1
	r.knock("Eva", secret)
	r.run(time.Second)
	if got := r.guests[3].view.Phase; got != Lobby {
		t.Errorf("the new link leads to %v", got)
	}
}

func TestReplacedLinkKeepsWhoIsInsideAndNobodyElse(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	waiting := r.knock("Eva", theSecret)
	r.run(time.Second)
	if waiting.view.Phase != Lobby {
		t.Fatalf("Eva is %v", waiting.view.Phase)
	}
	r.do(r.guests[0], Relink{}) // is the host's to do
	r.do(r.host, Relink{})
	r.run(time.Second)
	for _, n := range append(r.guests[:2:2], r.host) {
		if n.view.Phase != Theatre || n.view.Invitation != "invitation-1" {
			t.Errorf("%v with %q, want inside with the one new invitation", n.view.Phase, n.view.Invitation)
		}
	}
	wantLines(t, r.guests[1], "Luc joined", "Zoé joined", "Ana: rule new-link")
	late := r.knock("Mia", theSecret)
	r.run(time.Second)
	for _, n := range []*node{waiting, late} {
		if n.end == nil || *n.end != CodeLinkWrong {
			t.Errorf("the old link ended with %v, want %q", n.end, CodeLinkWrong)
		}
	}
}

func TestDeviceToldOnTheThresholdLeavesTheColour(t *testing.T) {
	r := newRig(t)
	luc := r.knock("Luc", theSecret)
	r.run(200 * ms)
	luc.sees = func(v View) {
		if v.Phase == Theatre { // not yet in the roster
			luc.sees = nil
			r.do(luc, Device{wire.DevicePhone})
		}
	}
	r.do(luc, TakeSeat{Name: "Luc", Hue: 205})
	r.run(200 * ms)
	if p := r.host.person("Luc"); p.Hue != 205 || p.Device != wire.DevicePhone {
		t.Errorf("the host sees %+v, want a phone and the hue 205", p)
	}
}

func TestKickedSeatIsNotTakenBackEvenWithTheNewLink(t *testing.T) {
	r := newRig(t, "Luc")
	var token wire.Token
	for id := range r.host.links {
		token = wire.Token{byte(id), 7} // as the rig gave it
	}
	r.do(r.host, Kick{ID: r.seatOf("Luc")})
	r.run(time.Second)
	secret := theSecret
	secret[15] = 1
	r.host.links[99] = far{&node{name: "Luc", links: map[LinkID]far{}}, 1}
	r.do(r.host, Opened{Link: 99, Token: wire.Token{1}})
	r.queue = nil
	hello := wire.Append(nil, wire.Hello{Version: wire.Version, Secret: secret, Resume: token})
	r.do(r.host, Received{Link: 99, Channel: wire.ChannelControl, Data: hello, At: r.now})
	if len(r.queue) == 0 {
		t.Fatal("no answer to somebody who was kicked")
	}
	m, err := wire.Parse(r.queue[0].ev.(Received).Data)
	if bye, ok := m.(wire.Bye); err != nil || !ok || bye.Code != CodeKicked {
		t.Errorf("the answer to a kicked seat's token is %#v, want a Bye", m)
	}
}

func TestGuestWhoWasAwayWhenTheLinkChangedComesBackToItsSeat(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	zoe := r.guests[1]
	zoe.cut = true
	r.run(7 * time.Second)
	r.do(r.host, Kick{ID: r.seatOf("Luc")})
	r.run(3 * time.Second)
	zoe.cut = false
	r.do(zoe, Rejoin{})
	r.connect(zoe)
	r.run(time.Second)
	if zoe.view.Phase != Theatre || zoe.person("Zoé").ID != zoe.view.Me {
		t.Fatalf("Zoé is %v %q", zoe.view.Phase, zoe.view.Code)
	}
	if zoe.view.Invitation != "invitation-1" {
		t.Errorf("back, Zoé would give others %q", zoe.view.Invitation)
	}
}

func TestKickLetsNobodyStayWhoWaitsWithTheOldLink(t *testing.T) {
	r := newRig(t, "Luc")
	window := r.knock("Luc's other window", theSecret)
	r.run(time.Second)
	r.do(r.host, Kick{ID: r.seatOf("Luc")})
	r.run(time.Second)
	if window.end == nil || *window.end != CodeLinkWrong {
		t.Errorf("a window in the lobby ended with %v", window.end)
	}
}

func TestLockedDoorLetsBackButNotIn(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	lobby := r.knock("Zoé", theSecret)
	r.run(time.Second)
	r.do(r.host, Change{Locked: ptr(true)})
	r.do(lobby, TakeSeat{Name: "Zoé"})
	late := r.knock("Eva", theSecret)
	r.run(time.Second)
	for _, n := range []*node{lobby, late} {
		if n.end == nil || *n.end != CodeLocked {
			t.Errorf("%s ended with %v, want %q", n.name, n.end, CodeLocked)
		}
	}
	luc.cut = true
	r.run(10 * time.Second)
	luc.cut = false
	r.do(luc, Rejoin{})
	r.connect(luc)
	r.run(time.Second)
	if luc.view.Phase != Theatre {
		t.Errorf("who has a seat came back to %v %q", luc.view.Phase, luc.view.Code)
	}
	r.do(r.host, Change{Locked: ptr(false)})
	if r.join("Mia").view.Phase != Theatre {
		t.Errorf("the unlocked door lets nobody in")
	}
}

func TestKnockingSeesNothingAndTheHostDecides(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Say{Text: "between us"})
	r.do(r.host, Change{Approve: ptr(true)})
	zoe, eve := r.knock("Zoé", theSecret), r.knock("Eve", theSecret)
	r.run(time.Second)
	for _, n := range []*node{zoe, eve} {
		r.do(n, TakeSeat{Name: n.name, Hue: 48})
	}
	r.run(time.Second)
	if zoe.view.Phase != Knocking || zoe.view.Media.ID != 0 || zoe.people() != "Ana" || zoe.lines() != "" {
		t.Errorf("before the door: %v, film %q, people %q, lines %q", zoe.view.Phase, zoe.view.Media.URL, zoe.people(), zoe.lines())
	}
	k := r.host.view.Knocking
	if len(k) != 2 || k[0].Name != "Zoé" || k[0].Hue != 48 || k[1].Name != "Eve" {
		t.Fatalf("the host sees %+v at the door", k)
	}
	r.do(r.host, Admit{ID: k[0].ID, On: true})
	r.do(r.host, Admit{ID: k[1].ID, On: false})
	r.do(zoe, Film{wire.FilmReady})
	r.run(time.Second)
	if zoe.view.Phase != Theatre || zoe.view.Media.URL != theFilm.URL || zoe.people() != "Ana, Luc, Zoé" {
		t.Errorf("inside: %v, %q, %q", zoe.view.Phase, zoe.view.Media.URL, zoe.people())
	}
	if zoe.lines() != r.host.lines() {
		t.Errorf("Zoé reads\n%s\nthe host\n%s", zoe.lines(), r.host.lines())
	}
	if eve.end == nil || *eve.end != CodeRefused {
		t.Errorf("Eve ended with %v, want %q", eve.end, CodeRefused)
	}
	if len(r.host.view.Knocking) != 0 {
		t.Errorf("the door is empty, and the host sees %+v", r.host.view.Knocking)
	}
	r.do(r.host, Play{})
	r.run(time.Second)
	if zoe.view.Film != r.guests[0].view.Film {
		t.Errorf("Zoé's film is %+v, Luc's %+v", zoe.view.Film, r.guests[0].view.Film)
	}
}

func TestKnockThatNobodyAnswersEnds(t *testing.T) {
	r := newRig(t)
	r.do(r.host, Change{Approve: ptr(true)})
	zoe := r.knock("Zoé", theSecret)
	r.run(time.Second)
	r.do(zoe, TakeSeat{Name: "Zoé"})
	r.run(knockWithin + time.Second)
	if zoe.end == nil || *zoe.end != CodeUnanswered {
		t.Errorf("Zoé ended with %v, want %q", zoe.end, CodeUnanswered)
	}
}

func TestWhoGoesFromTheDoorIsNoLongerThere(t *testing.T) {
	r := newRig(t)
	r.do(r.host, Change{Approve: ptr(true)})
	zoe := r.knock("Zoé", theSecret)
	r.run(time.Second)
	r.do(zoe, TakeSeat{Name: "Zoé"})
	r.run(time.Second)
	r.do(zoe, Leave{})
	r.run(time.Second)
	if k := r.host.view.Knocking; len(k) != 0 {
		t.Errorf("the host still sees %+v", k)
	}
}

func TestRenamingIsToldAndKeepsThePlace(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	r.do(luc, Rename{Name: "Lucien", Hue: 142})
	r.do(r.host, Rename{Name: "Anaïs", Hue: 48})
	r.run(100 * ms)
	if got := zoe.people(); got != "Anaïs, Lucien, Zoé" || zoe.person("Lucien").Hue != 142 {
		t.Errorf("Zoé sees %q, hue %d", got, zoe.person("Lucien").Hue)
	}
	r.do(luc, Say{Text: "me"})
	r.run(time.Second)
	wantLines(t, zoe, "Luc joined", "Zoé joined", "Ana is now Anaïs", "Luc is now Lucien", "Lucien: me")
	r.do(zoe, Rename{Name: "ANAÏS", Hue: 1})
	r.run(100 * ms)
	if got := r.host.people(); got != "Anaïs, Lucien, ANAÏS 2" {
		t.Errorf("with the host's name taken the roster is %q", got)
	}
}

func TestNamesOfTheHouseAreNobodys(t *testing.T) {
	r := newRig(t, "Host", "Système", "A\u200dna", "Аnа", "Ａｎａ")
	if got, want := r.host.people(), "Ana, ?, ? 2, Ana 2, Аnа 3, Ａｎａ 4"; got != want {
		t.Errorf("the roster is %q, want %q", got, want)
	}
}

func TestAHostMayCallItselfSo(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Rename{Name: "Host"})
	r.do(r.guests[0], Rename{Name: "the host"})
	r.run(time.Second)
	if got := r.guests[0].people(); got != "Host, ?" {
		t.Errorf("the roster is %q", got)
	}
}

func TestGuestOnItsWayBackSurvivesAKick(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	zoe := r.guests[1]
	for id := range zoe.links {
		delete(zoe.links, id)
		r.do(zoe, Closed{id})
	}
	r.do(zoe, Rejoin{})
	r.connect(zoe) // her Hello is under way
	r.do(r.host, Kick{ID: r.seatOf("Luc")})
	r.run(time.Second)
	if zoe.view.Phase != Theatre || zoe.view.Invitation != "invitation-1" {
		t.Errorf("Zoé is %v %q, with the invitation %q", zoe.view.Phase, zoe.view.Code, zoe.view.Invitation)
	}
}

func TestDeviceIsTold(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.guests[0], Device{wire.DevicePhone})
	r.do(r.host, Device{wire.DeviceTerminal})
	zoe := r.join("Zoé")
	if a, l := zoe.person("Ana").Device, zoe.person("Luc").Device; a != wire.DeviceTerminal || l != wire.DevicePhone {
		t.Errorf("Zoé sees devices %d and %d", a, l)
	}
	if n := strings.Count(zoe.lines(), "now"); n != 0 {
		t.Errorf("a device was told as a new name:\n%s", zoe.lines())
	}
}

func TestAFloodOfFramesCostsItsSenderAlone(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	var id LinkID
	for l, f := range r.host.links {
		if f.node == r.guests[0] {
			id = l
		}
	}
	shown := r.host.shown
	for i := range 5000 {
		m := wire.Message(wire.Typing{On: i%2 == 0})
		r.do(r.host, Received{Link: id, Channel: m.Channel(), Data: wire.Append(nil, m), At: r.now})
	}
	if n := r.host.shown - shown; n > 100 {
		t.Errorf("5000 frames at once were worth %d views", n)
	}
	r.queue = nil
	r.do(r.host, Say{Text: "still here"})
	r.run(time.Second)
	if !strings.Contains(r.guests[1].lines(), "still here") {
		t.Errorf("the other guest reads\n%s", r.guests[1].lines())
	}
}
