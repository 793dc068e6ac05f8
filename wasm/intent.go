//go:build js && wasm

package main

import (
	"math"
	"syscall/js"
	"time"

	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// intent reads what a person wants; nil for what is not an intent.
func intent(o js.Value) party.Event {
	switch o.Get("type").String() {
	case "join":
		return party.TakeSeat{Name: o.Get("name").String(), Hue: uint16(o.Get("hue").Int())}
	case "play":
		return party.Play{}
	case "pause":
		return party.Pause{}
	case "seek":
		return party.Seek{Position: seconds(o.Get("position"))}
	case "restore":
		return party.Restore{Position: seconds(o.Get("position")), Speed: o.Get("speed").Float(), Playing: o.Get("playing").Truthy()}
	case "rate":
		return party.SetRate{Rate: o.Get("rate").Float()}
	case "say":
		return party.Say{Text: o.Get("text").String(), Reply: number(o.Get("reply"))}
	case "media":
		return party.Choose{Media: mediaFrom(o.Get("media"))}
	case "allow":
		drive := wire.DriveHost
		if o.Get("everyone").Truthy() {
			drive = wire.DriveEveryone
		}
		return party.Change{Drive: &drive}
	case "film":
		switch o.Get("state").String() {
		case "loading":
			return party.Film{State: wire.FilmLoading}
		case "ready":
			return party.Film{State: wire.FilmReady}
		case "failed":
			return party.Film{State: wire.FilmFailed}
		}
		return party.Film{State: wire.FilmNone}
	case "go-on":
		return party.GoOn{}
	case "resync":
		return party.Resync{}
	case "trim":
		return party.Trim{Delta: seconds(o.Get("ms")) / 1000}
	case "rejoin":
		return party.Rejoin{}
	case "leave":
		return party.Leave{}
	}
	return wish(o)
}

// The bits of observe's flags.
const (
	flagPaused = 1 << iota
	flagSeeking
	flagWaiting
	flagEnded
	flagHidden
	flagMuted
	flagPrompt
)

func observation(a []js.Value) playback.Observation {
	flags := a[6].Int()
	return playback.Observation{
		At:       clock.Local(a[0].Float() * 1e6),
		Position: seconds(a[1]),
		Duration: seconds(a[2]),
		Buffered: seconds(a[3]),
		Rate:     a[4].Float(),
		Ready:    uint8(a[5].Int()),
		Paused:   flags&flagPaused != 0,
		Seeking:  flags&flagSeeking != 0,
		Waiting:  flags&flagWaiting != 0,
		Ended:    flags&flagEnded != 0,
		Hidden:   flags&flagHidden != 0,
		Muted:    flags&flagMuted != 0,
		Prompt:   flags&flagPrompt != 0,
		Late:     time.Duration(a[7].Float() * 1e6),
	}
}

// seconds reads a time that a media element may also give as NaN (no film yet)
// or Infinity (a stream without end): both are zero, unknown.
func seconds(v js.Value) time.Duration {
	if v.Type() != js.TypeNumber {
		return 0
	}
	f := v.Float()
	if math.IsNaN(f) || f > 1e7 || f < -1e7 {
		return 0
	}
	return time.Duration(math.Round(f * 1e9))
}

func mediaFrom(o js.Value) wire.Media {
	m := wire.Media{
		URL: short(o.Get("url"), wire.MaxURL), Title: short(o.Get("title"), wire.MaxTitle), Name: short(o.Get("name"), wire.MaxTitle),
		Duration: max(seconds(o.Get("duration")), 0),
	}
	if s := o.Get("size"); s.Type() == js.TypeNumber {
		m.Size = int64(max(s.Float(), 0))
	}
	if o.Get("kind").String() == "file" {
		m.Kind = wire.MediaFile
	}
	return m
}

// short cuts a string at a rune's boundary to what the wire takes.
func short(v js.Value, n int) string {
	if v.Type() != js.TypeString {
		return ""
	}
	s := v.String()
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}
