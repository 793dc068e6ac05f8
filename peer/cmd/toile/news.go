package main

import (
	"fmt"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

// news prints what people did that is no line of the chat. The caller holds mu.
func (t *terminal) news(was, v party.View) {
	w := t.words
	for _, k := range v.Knocking {
		if !hasKnock(was, k.ID) {
			fmt.Fprintln(t.out, "! "+fmt.Sprintf(w.knocks, k.Name))
		}
	}
	for _, p := range v.People {
		if o := person(was, p.ID); p.Asks && !o.Asks && v.Host {
			fmt.Fprintln(t.out, "! "+fmt.Sprintf(w.asks, p.Name))
		}
	}
	if !v.Host && v.Phase == party.Theatre && v.MayDrive && !was.MayDrive {
		fmt.Fprintln(t.out, w.youDrive)
	}
	if v.Phase == party.Theatre && was.Phase == party.Theatre && !v.MayChat && was.MayChat {
		fmt.Fprintln(t.out, w.quiet)
	}
	for _, r := range v.Reactions {
		if r.ID > t.reaction {
			t.reaction = r.ID
			fmt.Fprintf(t.out, "%s %s\n", r.Name, r.Emoji)
		}
	}
	if v.Cue.Check && !was.Cue.Check {
		fmt.Fprintln(t.out, "? "+fmt.Sprintf(w.check, person(v, v.Cue.CheckBy).Name))
	}
	if v.Cue.Countdown && !was.Cue.Countdown {
		fmt.Fprintln(t.out, w.counting)
	}
	if !v.Cue.Countdown && was.Cue.Countdown && v.Film.Rate == 0 {
		fmt.Fprintln(t.out, w.calledOff)
	}
	if v.Cue.Undo && (!was.Cue.Undo || v.Cue.UndoTo != was.Cue.UndoTo) && v.MayDrive {
		fmt.Fprintln(t.out, fmt.Sprintf(w.undo, clockFace(v.Cue.UndoTo.Round(time.Second))))
	}
}

func person(v party.View, id wire.PersonID) wire.Person {
	for _, p := range v.People {
		if p.ID == id {
			return p
		}
	}
	return wire.Person{}
}

func hasKnock(v party.View, id wire.PersonID) bool {
	for _, k := range v.Knocking {
		if k.ID == id {
			return true
		}
	}
	return false
}
