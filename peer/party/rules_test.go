package party

import (
	"testing"
	"time"

	"github.com/toile-party/toile/peer/wire"
)

// seatOf gives a person's number as the host sees it.
func (r *rig) seatOf(name string) wire.PersonID {
	r.t.Helper()
	for _, p := range r.host.view.People {
		if p.Name == name {
			return p.ID
		}
	}
	r.t.Fatalf("%s is not here: %s", name, r.host.people())
	return 0
}

func (n *node) person(name string) wire.Person {
	for _, p := range n.view.People {
		if p.Name == name {
			return p
		}
	}
	return wire.Person{}
}

func (r *rig) playing() bool { return r.host.view.Film.Rate != 0 }

func TestChosenPeopleDriveAndOthersDoNot(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc, zoe := r.guests[0], r.guests[1]
	r.do(zoe, AskRemote{true})
	r.run(100 * ms)
	if !r.host.person("Zoé").Asks || !luc.person("Zoé").Asks {
		t.Fatalf("nobody sees that Zoé asks for the remote")
	}
	r.do(r.host, Grant{ID: r.seatOf("Zoé"), On: true})
	r.run(100 * ms)
	if p := luc.person("Zoé"); p.Asks || !p.Drives || luc.view.Rules.Drive != wire.DriveChosen {
		t.Errorf("after the grant Luc sees %+v, rules %+v", p, luc.view.Rules)
	}
	if !zoe.view.MayDrive || luc.view.MayDrive {
		t.Errorf("Zoé may drive: %v, Luc may: %v", zoe.view.MayDrive, luc.view.MayDrive)
	}
	r.do(luc, Play{})
	r.run(200 * ms)
	if r.playing() {
		t.Errorf("Luc drove, whom nobody chose")
	}
	r.do(zoe, Play{})
	r.run(200 * ms)
	if !r.playing() {
		t.Errorf("Zoé could not drive")
	}
	r.do(r.host, Grant{ID: r.seatOf("Zoé"), On: false})
	r.run(200 * ms)
	r.do(zoe, Pause{})
	r.run(200 * ms)
	if !r.playing() || zoe.view.MayDrive {
		t.Errorf("Zoé still drives after the remote was taken from her")
	}
	wantLines(t, luc, "Luc joined", "Zoé joined", "Zoé granted", "Zoé played", "Zoé revoked")
}

func TestTakingTheRemoteFromOneLeavesItWithTheOthers(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	r.do(r.host, Change{Drive: everyone})
	r.do(r.host, Grant{ID: r.seatOf("Luc"), On: false})
	r.run(100 * ms)
	if luc, zoe := r.guests[0], r.guests[1]; luc.view.MayDrive || !zoe.view.MayDrive {
		t.Errorf("Luc may drive: %v, Zoé may: %v", luc.view.MayDrive, zoe.view.MayDrive)
	}
}

func TestEveryRuleThatChangesIsTold(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Change{Wait: ptr(wire.WaitNever), Approve: ptr(true)})
	r.do(r.host, Change{Approve: ptr(true)}) // as it was
	r.do(r.host, Change{Wait: ptr(wire.WaitAlways), Approve: ptr(false)})
	r.do(r.host, Change{Wait: ptr(wire.WaitAuto), Muted: ptr(true)})
	r.do(r.host, Change{Muted: ptr(false)})
	r.run(time.Second)
	wantLines(t, r.guests[0], "Luc joined", "Ana: rule wait-never", "Ana: rule approve-on", "Ana: rule wait-always", "Ana: rule approve-off",
		"Ana: rule wait-auto", "Ana: rule quiet-on", "Ana: rule quiet-off")
}

func TestRulesAreTheHostsAlone(t *testing.T) {
	r := newRig(t, "Luc", "Zoé")
	luc := r.guests[0]
	before := r.host.view.Rules
	for _, ev := range []Event{
		Change{Drive: everyone, Locked: ptr(true)}, Grant{ID: luc.view.Me, On: true}, Kick{ID: r.seatOf("Zoé")},
		Mute{ID: r.seatOf("Zoé"), On: true}, Clear{}, Admit{ID: 9, On: true}, Choose{theFilm},
	} {
		r.do(luc, ev)
	}
	r.run(200 * ms)
	if r.host.view.Rules != before || r.host.people() != "Ana, Luc, Zoé" || r.host.person("Zoé").Muted {
		t.Errorf("a guest ruled: %+v, %q", r.host.view.Rules, r.host.people())
	}
}

func TestRulesReachWhoComesLater(t *testing.T) {
	r := newRig(t)
	r.do(r.host, Change{Drive: everyone, Wait: ptr(wire.WaitNever), Muted: ptr(true)})
	luc := r.join("Luc")
	if got := luc.view.Rules; got != r.host.view.Rules || luc.view.MayChat {
		t.Errorf("the newcomer knows %+v, may chat: %v", got, luc.view.MayChat)
	}
}

func TestOfTwoWishesAtOnceTheFirstWins(t *testing.T) {
	for _, c := range []struct {
		name  string
		a, b  Event
		after time.Duration
		want  []string
	}{
		{"the same wish makes one line", Pause{}, Pause{}, 30 * ms, []string{"Luc paused"}},
		{"two jumps", Seek{time.Minute}, Seek{2 * time.Minute}, 100 * ms, []string{"Luc sought 60"}},
		{"a jump and a pause", Seek{time.Minute}, Pause{}, 100 * ms, []string{"Luc sought 60"}},
		{"later it is an answer", Pause{}, Play{}, 200 * ms, []string{"Luc paused", "Zoé played"}},
	} {
		r := newRig(t, "Luc", "Zoé")
		r.do(r.host, Change{Drive: everyone})
		r.do(r.host, Play{})
		r.run(3 * time.Second)
		r.do(r.guests[0], c.a)
		r.run(c.after)
		r.do(r.guests[1], c.b)
		r.run(100 * ms)
		want := append([]string{"Luc joined", "Zoé joined", "Ana: rule everyone", "Ana played"}, c.want...)
		t.Run(c.name, func(t *testing.T) { wantLines(t, r.host, want...) })
	}
}

func TestOnesOwnWishesFollowOneAnotherFast(t *testing.T) {
	r := newRig(t)
	r.do(r.host, Seek{time.Minute})
	r.do(r.host, Seek{2 * time.Minute})
	r.do(r.host, Play{})
	wantLines(t, r.host, "Ana sought 60", "Ana sought 120", "Ana played")
}

func TestStrayJumpIsTakenBackByWhoeverMayDrive(t *testing.T) {
	r := newRig(t, "Luc")
	luc := r.guests[0]
	r.do(r.host, Change{Drive: everyone})
	r.do(r.host, Seek{5 * time.Minute})
	r.run(20 * time.Second)
	if r.host.view.Cue.Undo {
		t.Fatalf("a jump can be taken back after 20 s")
	}
	r.do(r.host, Seek{time.Minute})
	r.run(time.Second)
	r.do(r.host, Seek{90 * time.Second}) // looking for the place
	r.run(time.Second)
	if c := luc.view.Cue; !c.Undo || c.UndoTo != 5*time.Minute {
		t.Fatalf("Luc is offered %+v, want the way back to 5m", c)
	}
	r.do(luc, Undo{})
	r.run(2 * time.Second)
	if got := r.host.view.Film.Position; got != 5*time.Minute || r.host.view.Cue.Undo || luc.view.Cue.Undo {
		t.Errorf("after the undo the film is at %v, undo offered: %v, %v", got, r.host.view.Cue.Undo, luc.view.Cue.Undo)
	}
}

func TestUndoOfAPlayingFilmEndsAfterTenSeconds(t *testing.T) {
	r := newRig(t, "Luc")
	r.do(r.host, Play{})
	r.run(5 * time.Second)
	r.do(r.host, Seek{5 * time.Minute})
	r.run(9 * time.Second)
	if !r.guests[0].view.Cue.Undo {
		t.Errorf("after nine seconds a jump cannot be taken back")
	}
	r.run(1100 * ms)
	if r.guests[0].view.Cue.Undo || r.host.view.Cue.Undo {
		t.Errorf("after ten seconds a jump can still be taken back")
	}
	at := r.host.view.Film
	r.do(r.host, Undo{})
	if r.host.view.Film != at {
		t.Errorf("an undo that was too late moved the film")
	}
}
