// Command toile is the native peer: it joins a party from a terminal, or hosts
// one without a browser. It is the same Go peer as in the page.
//
//	toile host [flags] URL-or-file
//	toile join [flags] LINK
//
// Lines that are typed are said in the chat; a line that begins with a slash is
// a command, and /help lists them.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"slices"
	"sync"
	"syscall"

	"github.com/toile-party/toile/peer"
	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], link.Config{}, os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}

// run is the whole command, so that a test can be its terminal, and its network
// by what the links are made from beside the flags. It returns the exit status: 0 when the party ended well, 1 when it did not, 2 for arguments
// that cannot be understood.
func run(ctx context.Context, args []string, links link.Config, in io.Reader, out, errs io.Writer, env func(string) string) int {
	w := wordsFor(env)
	switch {
	case len(args) > 0 && (args[0] == "host" || args[0] == "join"):
	case len(args) > 0 && slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]):
		fmt.Fprint(errs, w.usage, w.inside, w.help, "\n")
		return 0
	default:
		fmt.Fprint(errs, w.usage, w.moreHelp)
		return 2
	}
	fs := flag.NewFlagSet("toile "+args[0], flag.ContinueOnError)
	fs.SetOutput(errs)
	name := fs.String("name", userName(env), w.flagName)
	hue := fs.Uint("hue", 205, w.flagHue)
	server := fs.String("server", "http://localhost:8080", w.flagServer)
	lan := fs.Bool("lan", false, w.flagLAN)
	loopback := fs.Bool("loopback", false, w.flagLoopback)
	room := fs.String("room", "", w.flagRoom)
	fs.Usage = func() { fmt.Fprint(errs, w.usage); fs.PrintDefaults() }
	if err := fs.Parse(args[1:]); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(errs, w.inside, w.help, "\n")
			return 0
		}
		return 2
	}
	if fs.NArg() != 1 {
		fs.Usage()
		return 2
	}
	t := &terminal{out: out, words: w}
	cfg := peer.Config{Name: *name, Hue: uint16(*hue % 360), Show: t.show, Link: links}
	cfg.Link.Loopback = *loopback
	page := *server
	if args[0] == "join" {
		inv, err := signaling.ParseInvitation(fs.Arg(0))
		if err != nil {
			code := "link-invalid"
			if errors.Is(err, signaling.ErrInvitationVersion) {
				code = "link-version"
			}
			fmt.Fprintln(errs, w.code(code))
			return 2
		}
		cfg.Invitation = inv
		if p, ok := pageOf(fs.Arg(0)); ok {
			page = p
		}
	} else {
		media, odd, err := film(ctx, fs.Arg(0))
		if err != nil {
			fmt.Fprintln(errs, w.noFilm(fs.Arg(0), err))
			return 2
		}
		if odd {
			fmt.Fprintf(errs, w.oddFilmFmt+"\n", fs.Arg(0))
		}
		cfg.Media = media
		if *room != "" {
			if err := keepRoom(*room, &cfg); err != nil {
				fmt.Fprintln(errs, w.noRoom(*room, err))
				return 2
			}
		}
	}
	ws, page, err := addresses(page)
	if err != nil {
		fmt.Fprintln(errs, w.badServer(*server))
		return 2
	}
	cfg.Signaling = ws
	cfg.Link.LAN = *lan
	if !isSet(fs, "lan") {
		cfg.Link.LAN = atHome(page)
	}
	var once sync.Once
	cfg.Untold = func() { once.Do(func() { t.print("! " + w.untold) }) }
	player := peer.NewVirtual()
	cfg.Player = player
	var s *peer.Session
	if args[0] == "join" {
		s = peer.NewGuest(cfg)
		t.seat(*name, uint16(*hue%360), s.Do)
		t.page = page
	} else {
		s = peer.NewHost(cfg)
		t.page, t.link = page, s.Invitation().URL(page)
	}
	s.Do(party.Device{Kind: wire.DeviceTerminal})
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go player.Run(ctx, s)
	go read(in, t, s) // ends with the program: a read from a terminal cannot be called off
	err = s.Run(ctx)
	var end *peer.EndError
	if errors.As(err, &end) {
		fmt.Fprintln(errs, w.code(end.Code))
		if end.Code != "party-over" {
			return 1
		}
	}
	return 0
}

// isSet tells whether a flag was given, whatever its value.
func isSet(fs *flag.FlagSet, name string) (set bool) {
	fs.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}

// read takes what is typed until its end. The end of input is no goodbye: a
// host that was started without a terminal goes on.
func read(in io.Reader, t *terminal, s *peer.Session) {
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		want, answer := t.command(lines.Text())
		if answer != "" {
			t.print(answer)
		}
		if want != nil {
			s.Do(want)
		}
	}
}

func userName(env func(string) string) string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return env("USER")
}
