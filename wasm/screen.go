//go:build js && wasm

package main

import (
	"encoding/binary"
	"math"
	"slices"
	"syscall/js"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

// screen tells views to the page. It keeps the arrays of lines and reactions while
// they are unchanged, so that the page need not look at them again.
type screen struct {
	options      js.Value
	freeze       js.Value
	array        js.Value
	lines        js.Value
	rev          uint32
	reactions    js.Value
	reactionsRev uint32
}

func newScreen(options js.Value) *screen {
	object := js.Global().Get("Object")
	return &screen{options: options, freeze: object.Get("freeze"), array: js.Global().Get("Array")}
}

func (s *screen) show(v party.View) {
	role := "guest"
	if v.Host {
		role = "host"
	}
	o := map[string]any{
		"phase": string(v.Phase), "code": v.Code, "role": role, "me": int(v.Me),
		"invitation": v.Invitation, "server": string(v.Server),
		"media": nil, "people": s.people(v), "lines": s.history(v),
		"timeline": map[string]any{
			"position": v.Film.Position.Seconds(), "rate": v.Film.Rate, "at": millis(v.Film.At),
			"speed": v.Film.Speed, "resuming": v.Film.Resuming,
		},
		"sync": map[string]any{
			"state": string(v.Sync.State), "offset": maybe(v.Sync.Offset, v.Sync.Measured),
			"uncertainty": maybe(v.Sync.Uncertainty, v.Sync.State != party.Measuring),
			"rtt":         maybe(v.Sync.RTT, v.Sync.RTT > 0),
			"trim":        float64(v.Sync.Trim) / 1e6, "safe": v.Sync.Safe,
		},
		"may":   map[string]any{"drive": v.MayDrive, "chat": v.MayChat, "everyone": v.Rules.Drive == wire.DriveEveryone},
		"rules": rules(v.Rules), "knocking": knocking(v.Knocking), "waiting": waiting(v.Waiting), "reactions": s.shown(v),
	}
	cue(o, v)
	if m := v.Media; m.ID != 0 {
		kind := "url"
		if m.Kind == wire.MediaFile {
			kind = "file"
		}
		o["media"] = map[string]any{
			"id": int(m.ID), "kind": kind, "url": m.URL, "title": m.Title, "name": m.Name,
			"size": float64(m.Size), "duration": m.Duration.Seconds(),
		}
	}
	s.options.Call("show", s.freeze.Invoke(o))
}

func (s *screen) people(v party.View) js.Value {
	list := s.array.New(len(v.People))
	for i, p := range v.People {
		state := "ok"
		switch {
		case p.Weak:
			state = "weak"
		case p.Film == wire.FilmStalled || p.Film == wire.FilmLoading:
			state = "buffering"
		case p.Film != wire.FilmReady:
			state = "no-film"
		}
		list.SetIndex(i, map[string]any{
			"drives": v.Drives(p), "muted": p.Muted, "typing": slices.Contains(v.Typing, p.ID), "ready": p.Ready, "asks": p.Asks,
			"hidden": slices.Contains(v.Hidden, p.ID), "relayed": slices.Contains(v.Relayed, p.ID),
			"device": deviceNames[p.Device], "uncertainty": uncertain(p.Condition),
			"id": int(p.ID), "name": p.Name, "hue": int(p.Hue), "host": p.Host, "me": p.ID == v.Me,
			"state": state, "offset": maybe(p.Offset, p.Measured), "rtt": maybe(p.RTT, p.RTT > 0),
		})
	}
	return list
}

var lineKinds = [...]string{
	wire.LineText: "text", wire.LineJoined: "joined", wire.LineLeft: "left", wire.LineLost: "lost",
	wire.LinePlayed: "played", wire.LinePaused: "paused", wire.LineSought: "sought", wire.LineRated: "rated",
	wire.LineMedia: "media", wire.LineKicked: "kicked", wire.LineMuted: "muted", wire.LineUnmuted: "unmuted",
	wire.LineRenamed: "renamed", wire.LineRules: "rules", wire.LineGranted: "granted", wire.LineRevoked: "revoked",
	wire.LineCleared: "cleared", wire.LineLocked: "locked", wire.LineUnlocked: "unlocked", wire.LineWaited: "waited",
}

func (s *screen) history(v party.View) js.Value {
	if s.lines.Truthy() && s.rev == v.LinesRev {
		return s.lines
	}
	list := s.array.New(len(v.Lines))
	for i, l := range v.Lines {
		list.SetIndex(i, map[string]any{
			"seq": int(l.Seq), "kind": lineKinds[l.Kind], "who": int(l.Who), "name": l.Name, "hue": int(l.Hue),
			"position": l.Position.Seconds(), "text": l.Text, "value": l.Value,
			"pending": l.Pending, "mine": l.Mine, "post": int(l.Post),
			"reply": int(l.Reply), "erased": l.Erased,
		})
	}
	s.lines, s.rev = list, v.LinesRev
	return list
}

// shown tells the reactions of the last seconds.
func (s *screen) shown(v party.View) js.Value {
	if s.reactions.Truthy() && s.reactionsRev == v.ReactionsRev {
		return s.reactions
	}
	list := s.array.New(len(v.Reactions))
	for i, r := range v.Reactions {
		list.SetIndex(i, map[string]any{
			"id": int(r.ID), "who": int(r.Who), "name": r.Name, "hue": int(r.Hue), "emoji": r.Emoji, "at": millis(r.At),
		})
	}
	s.reactions, s.reactionsRev = list, v.ReactionsRev
	return list
}

func waiting(w *party.WaitView) any {
	if w == nil {
		return nil
	}
	people := make([]any, len(w.For))
	for i, id := range w.For {
		people[i] = int(id)
	}
	return map[string]any{"for": people, "since": millis(w.Since), "until": millis(w.Until)}
}

// plot packs the trail as peer.ts tells.
func plot(trail []party.TrailPoint) js.Value {
	b := make([]byte, 0, 32*len(trail))
	for _, p := range trail {
		for _, v := range [...]float64{millis(p.At), float64(p.Offset) / 1e6, float64(p.Delay) / 1e6, p.Correction * 1e6} {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	bytes := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(bytes, b)
	return js.Global().Get("Float64Array").New(bytes.Get("buffer"))
}

// maybe is a time in milliseconds, or null where it is not known.
func maybe(d time.Duration, known bool) any {
	if !known {
		return nil
	}
	return float64(d) / 1e6
}
