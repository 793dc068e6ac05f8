package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

// words is one language of the terminal.
type words struct {
	inside, moreHelp, unknownFmt, oddFilmFmt                                      string
	missing, forbidden, notFile, notFilm, notAddress, notRoom, unreadable         string // why, in noFilmFmt and noRoomFmt
	usage, flagName, flagHue, flagServer, flagLAN, flagLoopback, flagRoom, untold string
	share, hint, notYet, seated, here, comeBack, help                             string
	mayNot, badSeek, badSpeed                                                     string
	away, connected                                                               string
	paused, playing, soon                                                         string
	filmAt, copyOf, noFilmFmt, noRoomFmt, badServerFmt                            string
	lines                                                                         [wire.LineUnlocked + 1]string
	codes                                                                         map[string]string
	sync                                                                          map[party.SyncState]string
	host                                                                          string
	drives, muted, isReady, asksFor                                               string
	youDrive, newLink, knocked, quiet, nobody, nothing                            string
	knocks, asks, check, counting, calledOff, undo                                string
	badName, badEmoji, badCount, badAllow, badWait                                string
	rulesFmt                                                                      string
	became                                                                        map[string]string // by wire's rule names, but the Drives
	devices                                                                       [wire.DeviceTerminal + 1]string
}

// wordsFor follows the locale of the terminal (POSIX, XBD 8.2).
func wordsFor(env func(string) string) *words {
	for _, k := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(k); v != "" {
			if strings.HasPrefix(v, "fr") {
				return &french
			}
			return &english
		}
	}
	return &english
}

func (w *words) code(c string) string {
	if s := w.codes[c]; s != "" {
		return s
	}
	return c
}

func (w *words) server(s party.ServerState) string {
	if s == party.ServerAway {
		return w.away
	}
	return w.connected
}

func (w *words) showing(m wire.Media) string {
	if m.Kind == wire.MediaFile {
		return fmt.Sprintf(w.copyOf, m.Name, m.Size)
	}
	return fmt.Sprintf(w.filmAt, m.Title, m.URL)
}

func (w *words) film(f party.FilmView) string {
	at, speed := clockFace(f.Position), ""
	if f.Speed != 1 {
		speed = fmt.Sprintf(" ×%g", f.Speed)
	}
	switch {
	case f.Resuming:
		return fmt.Sprintf(w.soon, at) + speed
	case f.Rate == 0:
		return fmt.Sprintf(w.paused, at) + speed
	}
	return fmt.Sprintf(w.playing, at) + speed
}

func (w *words) line(l wire.Line) string {
	if l.Kind == wire.LineText {
		if l.Erased {
			return ""
		}
		return fmt.Sprintf("[%s] %s: %s", clockFace(l.Position), l.Name, strings.ReplaceAll(l.Text, "\n", "\n  "))
	}
	switch l.Kind {
	case wire.LineSought:
		return "— " + fmt.Sprintf(w.lines[l.Kind], l.Name, clockFace(time.Duration(l.Value*float64(time.Second))))
	case wire.LineRated:
		return "— " + fmt.Sprintf(w.lines[l.Kind], l.Name, fmt.Sprintf("%g", l.Value))
	case wire.LineRules:
		if rule, ok := w.became[l.Text]; ok {
			return "— " + rule
		}
		return "— " + fmt.Sprintf(w.lines[l.Kind], l.Name, l.Text)
	case wire.LineCleared, wire.LineLocked, wire.LineUnlocked:
		return "— " + w.lines[l.Kind]
	case wire.LineMedia, wire.LineRenamed:
		return "— " + fmt.Sprintf(w.lines[l.Kind], l.Name, l.Text)
	case wire.LinePlayed, wire.LinePaused:
		return "— " + fmt.Sprintf(w.lines[l.Kind], l.Name, clockFace(l.Position))
	}
	return "— " + fmt.Sprintf(w.lines[l.Kind], l.Name)
}

func (w *words) who(v party.View) string {
	var b strings.Builder
	for i, p := range v.People {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "  %s", p.Name)
		if p.Host {
			fmt.Fprintf(&b, " (%s)", w.host)
		}
		for _, m := range []struct {
			is   bool
			word string
		}{
			{p.Device != wire.DeviceUnknown, w.devices[min(p.Device, wire.DeviceTerminal)]},
			{v.Drives(p) && !p.Host, w.drives}, {p.Muted, w.muted}, {p.Ready, w.isReady}, {p.Asks, w.asksFor},
		} {
			if m.is {
				b.WriteString(", " + m.word)
			}
		}
		if p.Measured && p.ID != v.Me {
			fmt.Fprintf(&b, " %+.1f ms", float64(p.Offset)/1e6)
		}
	}
	fmt.Fprintf(&b, "\n  %s", w.sync[v.Sync.State])
	if v.Sync.Measured && v.Sync.State != party.Measuring {
		fmt.Fprintf(&b, " %+.1f ms ± %.1f ms", float64(v.Sync.Offset)/1e6, float64(v.Sync.Uncertainty)/1e6)
	}
	return b.String()
}

func (w *words) rules(r wire.Rules) string {
	on := func(b bool) string {
		if b {
			return "on"
		}
		return "off"
	}
	wait := [...]string{wire.WaitAuto: "auto", wire.WaitAlways: "always", wire.WaitNever: "never"}
	return fmt.Sprintf(w.rulesFmt, r.Drive, wait[r.Wait], on(r.Locked), on(r.Approve), on(r.Muted))
}

func (w *words) noRoom(arg string, err error) string {
	return fmt.Sprintf(w.noRoomFmt, arg, w.reason(err))
}
func (w *words) noFilm(arg string, err error) string {
	return fmt.Sprintf(w.noFilmFmt, arg, w.reason(err))
}
func (w *words) badServer(s string) string { return fmt.Sprintf(w.badServerFmt, s) }

// reason is why a file or an address will not do. What the system says of it
// has one language only.
func (w *words) reason(err error) string {
	for _, r := range []struct {
		err  error
		text string
	}{
		{fs.ErrNotExist, w.missing}, {fs.ErrPermission, w.forbidden}, {errNotFile, w.notFile}, {errNotFilm, w.notFilm},
		{errAddress, w.notAddress}, {errRoom, w.notRoom},
	} {
		if errors.Is(err, r.err) {
			return r.text
		}
	}
	return w.unreadable
}

// clockFace writes a position as players do.
func clockFace(d time.Duration) string {
	s := int(d / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
