//go:build js && wasm

// Command wasm is the peer for the browser. It exports one function, toile,
// whose types web/src/peer.ts tells:
//
//	toile(options) -> { do(intent), observe(at, position, ...), history(), room() }
//
// State goes up as one view at a time through options.show, commands to the
// film through options.apply; intents and observations come down. Everything
// runs on the page's own thread: no call blocks.
package main

import (
	"context"
	"syscall/js"

	"github.com/toile-party/toile/peer"
	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/signaling"
)

func main() {
	js.Global().Set("toile", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return open(args[0])
	}))
	select {} // the page keeps what it was given for as long as it lives
}

// open starts a session and returns its handle.
func open(options js.Value) js.Value {
	p := &page{options: options, screen: newScreen(options)}
	cfg := peer.Config{
		Signaling: options.Get("signaling").String(),
		Name:      options.Get("name").String(),
		Hue:       uint16(options.Get("hue").Int()),
		Player:    p,
		Show:      p.show,
	}
	if options.Get("role").String() == "host" {
		if m := options.Get("media"); m.Truthy() {
			cfg.Media = mediaFrom(m)
		}
		cfg.Reopen(options.Get("room").String()) // what is no room any more leaves the host to make a new one
		p.session = peer.NewHost(cfg)
	} else {
		inv, err := signaling.ParseInvitation(options.Get("invitation").String())
		if err != nil {
			code := "link-invalid"
			if err == signaling.ErrInvitationVersion {
				code = "link-version"
			}
			p.screen.show(party.View{Phase: party.Ended, Code: code, Server: party.ServerLeft})
			return p.handle()
		}
		cfg.Invitation = inv
		p.session = peer.NewGuest(cfg)
	}
	go p.session.Run(context.Background()) // its end is in the last view
	return p.handle()
}

// page ties one session to the page's callbacks.
type page struct {
	options js.Value
	session *peer.Session // nil: the invitation could not be read
	screen  *screen
	trail   []party.TrailPoint // of the last view
}

func (p *page) show(v party.View) {
	p.trail = v.Trail
	p.screen.show(v)
}

// Apply implements peer.Player.
func (p *page) Apply(c playback.Command) {
	name := ""
	switch c.Do {
	case playback.Hold:
		name = "hold"
	case playback.Start:
		name = "start"
	case playback.Rate:
		name = "rate"
	case playback.Jump:
		name = "jump"
	default:
		return
	}
	p.options.Call("apply", map[string]any{
		"do": name, "position": c.Position.Seconds(), "rate": c.Rate, "at": millis(c.At),
	})
}

func (p *page) handle() js.Value {
	o := js.Global().Get("Object").New()
	o.Set("do", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if ev := intent(args[0]); ev != nil && p.session != nil {
			p.session.Do(ev)
		}
		return nil
	}))
	o.Set("observe", js.FuncOf(func(_ js.Value, a []js.Value) any {
		if p.session != nil {
			p.session.Observe(observation(a))
		}
		return nil
	}))
	o.Set("history", js.FuncOf(func(js.Value, []js.Value) any { return plot(p.trail) }))
	o.Set("room", js.FuncOf(func(js.Value, []js.Value) any {
		if p.session == nil {
			return ""
		}
		return p.session.Room()
	}))
	return o
}

func millis(t clock.Local) float64 { return float64(t) / 1e6 }
