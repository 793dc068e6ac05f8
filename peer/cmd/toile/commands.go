package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

// command reads a typed line: what it asks for, or what to answer.
func (t *terminal) command(line string) (party.Event, string) {
	t.mu.Lock()
	v, link := t.last, t.link
	t.mu.Unlock()
	line = strings.TrimSpace(line)
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case line == "":
		return nil, ""
	case !strings.HasPrefix(line, "/"):
		if !v.MayChat && v.Phase == party.Theatre {
			return nil, t.words.quiet
		}
		return party.Say{Text: line}, ""
	}
	switch word {
	case "/who":
		return nil, t.words.who(v)
	case "/link":
		return nil, link
	case "/back":
		return party.Rejoin{}, ""
	case "/quit":
		return party.Leave{}, ""
	case "/help":
		return nil, t.words.help
	case "/name":
		if n := wire.CleanName(rest); n == "" || !v.Host && wire.Reserved(n) {
			return nil, t.words.badName
		}
		hue := uint16(0)
		for _, p := range v.People {
			if p.ID == v.Me {
				hue = p.Hue
			}
		}
		return party.Rename{Name: rest, Hue: hue}, ""
	case "/react":
		if wire.CleanEmoji(rest) == "" {
			return nil, t.words.badEmoji
		}
		return party.React{Emoji: rest}, ""
	case "/ready":
		return party.Ready{On: rest != "no" && rest != "non"}, ""
	case "/ask":
		return party.AskRemote{On: rest != "no" && rest != "non"}, ""
	case "/erase":
		for i := len(v.Lines) - 1; i >= 0; i-- {
			if l := v.Lines[i]; l.Mine && l.Kind == wire.LineText && !l.Erased && !l.Pending {
				return party.Erase{Seq: l.Seq}, ""
			}
		}
		return nil, t.words.nothing
	}
	if ev, answer, ok := t.drives(v, word, rest); ok {
		if !v.MayDrive {
			return nil, t.words.mayNot
		}
		return ev, answer
	}
	if ev, answer, ok := t.hosts(v, word, rest); ok {
		if !v.Host {
			return nil, t.words.mayNot
		}
		return ev, answer
	}
	return nil, fmt.Sprintf(t.words.unknownFmt, wire.CleanName(word))
}

// drives reads what those who have the remote may do.
func (t *terminal) drives(v party.View, word, rest string) (party.Event, string, bool) {
	switch word {
	case "/play":
		return party.Play{}, "", true
	case "/pause":
		return party.Pause{}, "", true
	case "/undo":
		if !v.Cue.Undo {
			return nil, t.words.nothing, true
		}
		return party.Undo{}, "", true
	case "/check":
		return party.Check{On: !v.Cue.Check}, "", true
	case "/count":
		after := 5
		if rest != "" {
			n, err := strconv.Atoi(rest)
			if err != nil || n < 0 || n > 60 {
				return nil, t.words.badCount, true
			}
			after = n
		}
		return party.Countdown{After: time.Duration(after) * time.Second}, "", true
	case "/seek":
		at, ok := moment(rest)
		if !ok {
			return nil, t.words.badSeek, true
		}
		return party.Seek{Position: at}, "", true
	case "/speed":
		rate, err := strconv.ParseFloat(strings.Replace(rest, ",", ".", 1), 64)
		if err != nil || !(rate >= wire.MinRate && rate <= wire.MaxRate) {
			return nil, t.words.badSpeed, true
		}
		return party.SetRate{Rate: rate}, "", true
	}
	return nil, "", false
}

// hosts reads what is the host's alone.
func (t *terminal) hosts(v party.View, word, rest string) (party.Event, string, bool) {
	yes, no := true, false
	someone := func(make func(wire.PersonID) party.Event) (party.Event, string, bool) {
		if id, ok := find(v, rest); ok {
			return make(id), "", true
		}
		return nil, t.words.nobody, true
	}
	knocker := func(on bool) (party.Event, string, bool) {
		if id, ok := findKnock(v, rest); ok {
			return party.Admit{ID: id, On: on}, "", true
		}
		return nil, t.words.nobody, true
	}
	switch word {
	case "/kick":
		return someone(func(id wire.PersonID) party.Event { return party.Kick{ID: id} })
	case "/mute", "/unmute":
		return someone(func(id wire.PersonID) party.Event { return party.Mute{ID: id, On: word == "/mute"} })
	case "/grant", "/revoke":
		return someone(func(id wire.PersonID) party.Event { return party.Grant{ID: id, On: word == "/grant"} })
	case "/admit", "/refuse":
		return knocker(word == "/admit")
	case "/lock":
		return party.Change{Locked: &yes}, "", true
	case "/unlock":
		return party.Change{Locked: &no}, "", true
	case "/approve":
		on := rest != "off"
		return party.Change{Approve: &on}, "", true
	case "/quiet":
		on := rest != "off"
		return party.Change{Muted: &on}, "", true
	case "/newlink":
		return party.Relink{}, "", true
	case "/clear":
		return party.Clear{}, "", true
	case "/allow":
		for d := wire.DriveHost; d <= wire.DriveEveryone; d++ {
			if d.String() == rest {
				return party.Change{Drive: &d}, "", true
			}
		}
		return nil, t.words.badAllow, true
	case "/wait":
		for i, w := range [...]string{wire.WaitAuto: "auto", wire.WaitAlways: "always", wire.WaitNever: "never"} {
			if w == rest {
				wait := wire.Wait(i)
				return party.Change{Wait: &wait}, "", true
			}
		}
		return nil, t.words.badWait, true
	case "/rules":
		return nil, t.words.rules(v.Rules), true
	}
	return nil, "", false
}

// find gives the person of a name, or of the one name that begins so.
func find(v party.View, name string) (wire.PersonID, bool) {
	var names []string
	var ids []wire.PersonID
	for _, p := range v.People {
		if p.ID != v.Me {
			names, ids = append(names, p.Name), append(ids, p.ID)
		}
	}
	return pick(names, ids, name)
}

// findKnock does so at the door; no name means the only one there.
func findKnock(v party.View, name string) (wire.PersonID, bool) {
	var names []string
	var ids []wire.PersonID
	for _, k := range v.Knocking {
		names, ids = append(names, k.Name), append(ids, k.ID)
	}
	if name == "" && len(ids) == 1 {
		return ids[0], true
	}
	return pick(names, ids, name)
}

func pick(names []string, ids []wire.PersonID, name string) (id wire.PersonID, ok bool) {
	name = wire.Skeleton(strings.TrimPrefix(name, "@"))
	if name == "" {
		return 0, false
	}
	for i, n := range names {
		switch n = wire.Skeleton(n); {
		case n == name:
			return ids[i], true
		case strings.HasPrefix(n, name) && ok: // two of them: which?
			id = 0
		case strings.HasPrefix(n, name):
			id, ok = ids[i], true
		}
	}
	return id, ok && id != 0
}
