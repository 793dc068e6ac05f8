//go:build js && wasm

package main

import (
	"syscall/js"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

// wish reads what a person wants of the others; nil for what is none.
func wish(o js.Value) party.Event {
	on := o.Get("on").Truthy()
	id := wire.PersonID(number(o.Get("id")))
	switch o.Get("type").String() {
	case "react":
		return party.React{Emoji: short(o.Get("emoji"), wire.MaxEmoji)}
	case "erase":
		return party.Erase{Seq: number(o.Get("seq"))}
	case "clear":
		return party.Clear{}
	case "new-link":
		return party.Relink{}
	case "typing":
		return party.Typing{On: on}
	case "rename":
		return party.Rename{Name: o.Get("name").String(), Hue: uint16(number(o.Get("hue")) % 360)}
	case "device":
		return party.Device{Kind: wire.Device(max(index(deviceNames[:], o.Get("kind")), 0))}
	case "rules":
		return change(o.Get("rules"))
	case "grant":
		return party.Grant{ID: id, On: on}
	case "ask-remote":
		return party.AskRemote{On: on}
	case "kick":
		return party.Kick{ID: id}
	case "mute":
		return party.Mute{ID: id, On: on}
	case "admit":
		return party.Admit{ID: id, On: on}
	case "check":
		return party.Check{On: on}
	case "ready":
		return party.Ready{On: on}
	case "countdown":
		return party.Countdown{After: seconds(o.Get("seconds"))}
	case "undo":
		return party.Undo{}
	}
	return nil
}

// change reads a partial set of rules: what is not there stays.
func change(o js.Value) party.Event {
	var c party.Change
	if o.Type() != js.TypeObject {
		return nil
	}
	if i := index(driveNames[:], o.Get("drive")); i >= 0 {
		d := wire.Drive(i)
		c.Drive = &d
	}
	if i := index(waitNames[:], o.Get("wait")); i >= 0 {
		w := wire.Wait(i)
		c.Wait = &w
	}
	for _, f := range []struct {
		name string
		to   **bool
	}{{"locked", &c.Locked}, {"approve", &c.Approve}, {"muted", &c.Muted}} {
		if v := o.Get(f.name); v.Type() == js.TypeBoolean {
			b := v.Bool()
			*f.to = &b
		}
	}
	return c
}

// The names of the border, by their number on the wire.
var (
	driveNames  = [...]string{wire.DriveHost: "host", wire.DriveChosen: "chosen", wire.DriveEveryone: "everyone"}
	waitNames   = [...]string{wire.WaitAuto: "auto", wire.WaitAlways: "always", wire.WaitNever: "never"}
	deviceNames = [...]string{wire.DeviceUnknown: "", wire.DeviceComputer: "computer", wire.DevicePhone: "phone", wire.DeviceTerminal: "terminal"}
)

// index finds a name, -1 for what is none.
func index(names []string, v js.Value) int {
	if v.Type() == js.TypeString {
		for i, n := range names {
			if n == v.String() {
				return i
			}
		}
	}
	return -1
}

// number reads a number that counts something; 0 for what is none.
func number(v js.Value) uint32 {
	if v.Type() != js.TypeNumber {
		return 0
	}
	if f := v.Float(); f >= 0 && f <= 1<<32-1 {
		return uint32(f)
	}
	return 0
}

// cue tells what is about to happen.
func cue(o map[string]any, v party.View) {
	c := v.Cue
	o["check"], o["countdown"], o["undo"] = nil, nil, nil
	if c.Check {
		o["check"] = map[string]any{"by": int(c.CheckBy), "since": millis(c.CheckSince)}
	}
	if c.Countdown {
		o["countdown"] = map[string]any{"at": millis(c.StartsAt)}
	}
	if c.Undo && v.MayDrive {
		o["undo"] = map[string]any{"position": c.UndoTo.Seconds(), "until": millis(c.UndoUntil)}
	}
}

// rules tells what the host decided.
func rules(r wire.Rules) map[string]any {
	return map[string]any{
		"drive": driveNames[r.Drive], "wait": waitNames[r.Wait], "locked": r.Locked, "approve": r.Approve, "muted": r.Muted,
	}
}

// knocking tells who waits at the door.
func knocking(list []party.Knock) []any {
	out := make([]any, 0, len(list))
	for _, k := range list {
		out = append(out, map[string]any{"id": int(k.ID), "name": k.Name, "hue": int(k.Hue)})
	}
	return out
}

// uncertain is an uncertainty in milliseconds, or null where nothing was
// measured.
func uncertain(c wire.Condition) any {
	return maybe(max(c.Uncertainty, 0), c.Measured && c.Uncertainty < time.Hour)
}
