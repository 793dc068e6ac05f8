package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/logging"
	"github.com/pion/transport/v5/vnet"

	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
	"github.com/toile-party/toile/signaling/server"
)

// console is a terminal that a test types into and reads.
type console struct {
	t    *testing.T
	in   *io.PipeWriter
	exit chan int

	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (c *console) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text.Write(b)
	close(c.more)
	c.more = make(chan struct{})
	return len(b), nil
}

func (c *console) read() (string, chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String(), c.more
}

// until waits for a line and returns what its groups matched.
func (c *console) until(pattern string) []string {
	c.t.Helper()
	re := regexp.MustCompile(pattern)
	limit := time.After(30 * time.Second)
	for {
		text, more := c.read()
		if m := re.FindStringSubmatch(text); m != nil {
			return m
		}
		select {
		case <-more:
		case <-limit:
			c.t.Fatalf("waited in vain for %q in\n%s", pattern, text)
		}
	}
}

func (c *console) types(line string) { fmt.Fprintln(c.in, line) }

func open(t *testing.T, lang string, args ...string) *console {
	return openIn(t, link.Config{}, lang, args...)
}

func openIn(t *testing.T, links link.Config, lang string, args ...string) *console {
	r, w := io.Pipe()
	c := &console{t: t, in: w, exit: make(chan int, 1), more: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		c.exit <- run(ctx, args, links, r, c, c, func(k string) string { return map[string]string{"LANG": lang}[k] })
	}()
	t.Cleanup(func() {
		cancel()
		w.Close()
		if c.exit != nil {
			<-c.exit
		}
	})
	return c
}

func (c *console) status() int {
	s := <-c.exit
	c.exit = nil
	return s
}

func house(t *testing.T) string {
	s := server.New(server.Config{})
	srv := httptest.NewServer(s)
	t.Cleanup(func() {
		srv.Listener.Close()
		s.Shutdown(context.Background())
	})
	return srv.URL
}

func TestAnEveningInTwoTerminals(t *testing.T) {
	url := house(t)
	host := open(t, "en_GB.UTF-8", "host", "-name", "Ana", "-loopback", "-server", url, "https://films.example/Big_Buck-Bunny.mp4")
	link := host.until(`(http\S+#\S{44})`)[1]
	guest := open(t, "fr_FR.UTF-8", "join", "-name", "Luc", "-loopback", link)
	guest.until(`Vous y êtes`)
	guest.until(`Présents : Ana, Luc\*`)
	guest.until(`À l’affiche : Big Buck Bunny`)
	host.until(`— Luc joined`)
	host.types("/play")
	guest.until(`▶ lecture depuis 0:00`)
	guest.until(`— Ana a lancé la lecture`)
	guest.types("bonsoir")
	host.until(`Luc: bonsoir`)
	guest.types("/pause")
	guest.until(`demande la télécommande`)
	host.types("/allow everyone")
	host.types("/seek 1:23")
	guest.until(`à 1:23|depuis 1:23`)
	host.types("/who")
	host.until(`Ana \(host\)`)
	host.types("/nonsense")
	host.until(`There is no command /nonsense. /help lists them all`)
	host.types("/help")
	host.until(`/speed 1.5`)
	host.types("/quit")
	if got := host.status(); got != 0 {
		t.Errorf("the host's command ended with %d", got)
	}
	guest.until(`L’hôte a fermé la séance`)
	if got := guest.status(); got != 0 {
		t.Errorf("the guest's command ended with %d", got)
	}
}

func TestAHostRulesFromATerminal(t *testing.T) {
	url := house(t)
	host := open(t, "en_GB.UTF-8", "host", "-name", "Ana", "-loopback", "-server", url, "https://films.example/a.mp4")
	link := host.until(`(http\S+#\S{44})`)[1]
	luc := open(t, "fr_FR.UTF-8", "join", "-name", "Luc", "-loopback", link)
	luc.until(`Vous y êtes`)
	luc.types("/ask")
	host.until(`Luc asks for the remote`)
	host.types("/grant luc")
	luc.until(`Luc a aussi la télécommande`)
	luc.until(`Vous avez la télécommande`)
	luc.types("/play")
	host.until(`Luc pressed play`)
	luc.types("/name Lucien")
	host.until(`Luc is now called Lucien`)
	luc.types("/react 🔥")
	host.until(`Lucien 🔥`)
	host.types("/who")
	host.until(`Lucien, terminal, has the remote`)
	host.types("/mute luc")
	luc.until(`Lucien ne peut plus écrire`)
	luc.until(`Vous ne pouvez pas écrire`)
	host.types("/approve")
	host.until(`^(?s).*Here: Ana\*, Lucien`)
	zoe := open(t, "fr_FR.UTF-8", "join", "-name", "Zoé", "-loopback", link)
	zoe.until(`Vous avez frappé. L’hôte décide`)
	host.until(`! Zoé knocks`)
	host.types("/admit")
	zoe.until(`Vous y êtes`)
	host.types("/rules")
	host.until(`drive: chosen   wait: auto   locked: off   approve: on   quiet: off`)
	host.types("/kick nobody")
	host.until(`Nobody here has that name`)
	host.types("/kick Luc")
	luc.until(`L’hôte vous a exclu`)
	if got := luc.status(); got != 1 {
		t.Errorf("the kicked guest's command ended with %d", got)
	}
	fresh := zoe.until(`Le lien a changé[^#]*\n  (http\S+#\S{44})`)[1]
	if again := host.until(`The link is a new one[^#]*\n  (http\S+#\S{44})`)[1]; again != fresh || fresh == link {
		t.Errorf("the new link is %q for the guest, %q for the host; the old was %q", fresh, again, link)
	}
	host.types("/newlink")
	zoe.until(`l’hôte a remplacé le lien`)
	last := zoe.until(`Le lien a changé(?s).*Le lien a changé[^#]*\n  (http\S+#\S{44})`)[1]
	if last == fresh {
		t.Errorf("the replaced link is the one that was")
	}
	stale := open(t, "en_GB.UTF-8", "join", "-name", "Eva", "-loopback", fresh)
	stale.until(`does not know this invitation`)
	fresh = last
	host.types("/pause")
	host.types("/count 1")
	zoe.until(`le film part bientôt`)
	host.types("/lock")
	late := open(t, "en_GB.UTF-8", "join", "-name", "Eva", "-loopback", fresh)
	late.until(`The door is locked`)
	host.types("/quit")
	host.status()
}

func TestNamesAreFoundByTheirBeginning(t *testing.T) {
	v := party.View{Me: 1}
	for i, n := range []string{"Ana", "Luc", "Lucien", "Zoé"} {
		v.People = append(v.People, wire.Person{ID: wire.PersonID(i + 1), Name: n})
	}
	for name, want := range map[string]wire.PersonID{"luc": 2, "Luci": 3, "@zoé": 4, "lu": 0, "Ana": 0, "": 0, "x": 0} {
		if got, ok := find(v, name); got != want || ok != (want != 0) {
			t.Errorf("%q is seat %d, %v; want %d", name, got, ok, want)
		}
	}
}

func TestWhatCannotBeDoneIsSaidInWords(t *testing.T) {
	dir := t.TempDir()
	odd := filepath.Join(dir, "odd.film")
	if err := os.WriteFile(odd, make([]byte, 4096), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		exit int
		want string
	}{
		{nil, 2, "toile host"},
		{[]string{"watch"}, 2, "toile join"},
		{[]string{"join"}, 2, "toile join"},
		{[]string{"join", "no link at all"}, 2, "not a whole invitation"},
		{[]string{"join", strings.Repeat("A", 44)}, 2, "not a whole invitation"},
		{[]string{"join", "Ag" + strings.Repeat("A", 42)}, 2, "another version of Toile"},
		{[]string{"-help"}, 0, "/seek 1:23"},
		{[]string{"help"}, 0, "toile host"},
		{[]string{"host", "-help"}, 0, "-server"},
		{[]string{"join", "-h"}, 0, "/seek 1:23"},
		{nil, 2, "toile -help lists the commands"},
		{[]string{"join", "-server", "http://127.0.0.1:1", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, 1, "does not answer"},
		{[]string{"host", filepath.Join(dir, "none.mp4")}, 2, "no such file"},
		{[]string{"host", dir}, 2, "not a file"},
		{[]string{"host", "toile_test.go"}, 2, "it is no film"},
		{[]string{"host", "https://ana:secret@films.example/a.mp4"}, 2, "not a whole address"},
		{[]string{"host", "-room", "toile_test.go", "https://films.example/a.mp4"}, 2, "what is in it is no room"},
		{[]string{"host", "-server", "http://127.0.0.1:1", odd}, 1, "does not begin like a film"},
		{[]string{"host", "-server", "ftp://x", "https://films.example/a.mp4"}, 2, "not the address of a signaling server"},
		{[]string{"host", "-server", "http://127.0.0.1:1", "https://films.example/a.mp4"}, 1, "does not answer"},
	} {
		term := open(t, "C", c.args...)
		got := term.status()
		text, _ := term.read()
		if got != c.exit || !strings.Contains(text, c.want) {
			t.Errorf("toile %v: exit %d, want %d; it says\n%s\nwant %q", c.args, got, c.exit, text, c.want)
		}
	}
}

func TestWhatCannotBeShownIsSaidInOneLanguage(t *testing.T) {
	for _, arg := range []string{filepath.Join(t.TempDir(), "absent.mp4"), t.TempDir(), "toile_test.go", "http://"} {
		term := open(t, "fr_FR.UTF-8", "host", arg)
		if got := term.status(); got != 2 {
			t.Errorf("toile host %s ends with %d", arg, got)
		}
		text, _ := term.read()
		if !strings.HasPrefix(text, "Impossible de montrer") || regexp.MustCompile(`no such|stat |not a|directory|no film`).MatchString(text) {
			t.Errorf("toile host %s says %q", arg, text)
		}
	}
}

// A machine that has an address of its own network only, and no STUN server
// that sees another: whoever hosts there for the Internet waits in vain.
func TestHostWithoutAnAddressIsTold(t *testing.T) {
	url, home := house(t), newHome(t)
	film := "https://films.example/a.mp4"
	for lang, want := range map[string]string{"C": "! This machine has no address on the Internet.*-lan", "fr_FR.UTF-8": "! Cette machine n’a pas d’adresse sur Internet.*-lan"} {
		host := openIn(t, home[0], lang, "host", "-lan=false", "-server", url, film)
		link := host.until(`(http\S+#\S{44})`)[1]
		openIn(t, home[1], "C", "join", "-lan=false", link)
		host.until(want)
	}
	host := openIn(t, home[0], "C", "host", "-server", url, film) // a server at home: -lan by itself
	link := host.until(`(http\S+#\S{44})`)[1]
	openIn(t, home[1], "C", "join", link).until("You are in")
	if text, _ := host.read(); strings.Contains(text, "no address on the Internet") {
		t.Errorf("a host that was reached is told\n%s", text)
	}
}

// newHome is two machines in one simulated private network.
func newHome(t *testing.T) (machines [2]link.Config) {
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	router, err := vnet.NewRouter(&vnet.RouterConfig{CIDR: "10.9.8.0/24", LoggerFactory: logging.NewDefaultLoggerFactory()})
	check(err)
	for i, address := range []string{"10.9.8.77", "10.9.8.78"} {
		machine, err := vnet.NewNet(&vnet.NetConfig{StaticIPs: []string{address}})
		check(err)
		check(router.AddNet(machine))
		machines[i].Net = machine
	}
	check(router.Start())
	t.Cleanup(func() { router.Stop() })
	return machines
}

func TestGuestInATerminalWaitsForTheHost(t *testing.T) {
	url := house(t)
	room := filepath.Join(t.TempDir(), "room")
	args := []string{"host", "-name", "Ana", "-loopback", "-room", room, "-server", url, "https://films.example/a.mp4"}
	host := open(t, "C", args...)
	link := host.until(`(http\S+#\S{44})`)[1]
	host.types("/quit")
	host.status()
	guest := open(t, "C", "join", "-name", "Luc", "-loopback", link)
	other := open(t, "fr_FR.UTF-8", "join", "-name", "Zoé", "-loopback", link)
	guest.until(`The host is not here yet: you will be let in when they come`)
	other.until(`L’hôte n’est pas encore là`)
	other.types("/quit")
	if got := other.status(); got != 0 {
		t.Errorf("who gives up leaves with %d", got)
	}
	host = open(t, "C", args...)
	guest.until(`You are in`)
	host.until(`Luc joined`)
}

func TestFileIsDescribedForThoseWhoHaveACopy(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Our_holiday.2026.mp4")
	if err := os.WriteFile(file, append([]byte("\x00\x00\x00\x0cftypisom"), make([]byte, 1222)...), 0o644); err != nil {
		t.Fatal(err)
	}
	m, odd, err := film(t.Context(), file)
	want := wire.Media{Kind: wire.MediaFile, Name: "Our_holiday.2026.mp4", Size: 1234, Title: "Our holiday 2026"}
	if err != nil || odd || m != want {
		t.Errorf("got %+v, %v, %v; want %+v", m, odd, err, want)
	}
}

func TestMoments(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"83": 83 * time.Second, "1:23": 83 * time.Second, "1:02:03": 3723 * time.Second, "0:01,5": 1500 * time.Millisecond,
	} {
		if got, ok := moment(in); !ok || got != want {
			t.Errorf("%q is %v, %v; want %v", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "x", "-1", "1:60", "1:2:3:4", "NaN", "1e99"} {
		if got, ok := moment(in); ok {
			t.Errorf("%q is taken for %v", in, got)
		}
	}
}

func TestBothLanguagesSayEverything(t *testing.T) {
	en, fr := reflect.ValueOf(english), reflect.ValueOf(french)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		for lang, v := range map[string]reflect.Value{"English": en, "French": fr} {
			if f := v.Field(i); f.Kind() == reflect.String && f.String() == "" {
				t.Errorf("%s has no %s", lang, name)
			}
		}
	}
	for code := range english.codes {
		if french.codes[code] == "" {
			t.Errorf("French has no sentence for %s", code)
		}
	}
	if len(english.codes) != len(french.codes) {
		t.Errorf("%d codes in English, %d in French", len(english.codes), len(french.codes))
	}
	for _, code := range []string{party.CodePartyOver, party.CodeLinkWrong, party.CodeRoomFull, party.CodeHostLost, party.CodeVersion,
		party.CodeReplaced, party.CodeProtocol, party.CodeRejoining, party.CodeHostAway, "server-away", "room-not-found", "connect-failed", "link-invalid", "link-version"} {
		if english.codes[code] == "" {
			t.Errorf("there is no sentence for %s", code)
		}
	}
	for kind := range english.lines {
		if wire.LineKind(kind) != wire.LineText && (english.lines[kind] == "" || french.lines[kind] == "") {
			t.Errorf("there are no words for line kind %d", kind)
		}
	}
}
