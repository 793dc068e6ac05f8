package wire

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/toile-party/toile/peer/playback"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var (
	aCondition = Condition{Film: FilmReady, Measured: true, Offset: -1500 * time.Microsecond, RTT: 24 * time.Millisecond, Uncertainty: 700 * time.Microsecond}
	aPerson    = Person{ID: 7, Name: "Zoé", Hue: 322, Condition: aCondition, Device: DevicePhone, Drives: true, Asks: true}
	aMedia     = Media{ID: 2, Kind: MediaFile, Title: "Big Buck Bunny", Name: "bbb.mp4", Size: 22718509, Duration: 30 * time.Second}
	aState     = State{Timeline: playback.Timeline{Epoch: 1, Rev: 9, Media: 2, Anchor: 5e9, Position: 12 * time.Second, Rate: 1.25}, Speed: 1.25}
)

var (
	aRules = Rules{Drive: DriveChosen, Wait: WaitNever, Locked: true, Muted: true}
	aCue   = Cue{CheckBy: 7, CheckSince: 4e9, Countdown: true, StartsAt: 9e9, Undo: true, UndoTo: time.Minute, UndoUntil: 6e9}
)

// examples holds one message of every type, under the name of its golden file.
var examples = map[string]Message{
	"ping":    Ping{N: 41, Sent: 123456789},
	"pong":    Pong{N: 41, Sent: 123456789, Received: 5e9, Replied: 5e9 + 1000},
	"state":   aState,
	"ack":     Ack{Epoch: 1, Rev: 9},
	"health":  Health{People: []HealthOf{{ID: 1, Condition: aCondition}, {ID: 7, Condition: Condition{Film: FilmStalled, Weak: true}}}},
	"hello":   Hello{Version: Version, Secret: Secret{1, 2, 3}, Resume: Token{15: 9}},
	"welcome": Welcome{Version: Version, You: 7, Token: Token{4}, Media: aMedia, State: aState, People: []Person{{ID: 1, Name: "Ana", Hue: 22, Host: true}, aPerson}, Rules: aRules, Cue: aCue},
	"join":    Join{Name: "Mehdi", Hue: 142, Device: DeviceComputer},
	"seated":  Seated{You: 8, Token: Token{5, 6}},
	"entered": Entered{Person: aPerson},
	"left":    Left{ID: 7},
	"request": Request{Kind: RequestSeek, Position: 83 * time.Second},
	"status":  Status{Epoch: 1, Rev: 9, Ready: true, OneWayP95: 61 * time.Millisecond, Condition: aCondition, Ahead: 9 * time.Second, Ample: true, Hidden: true},
	"waiting": Waiting{For: []PersonID{2, 3}, Since: 5, Until: 10_000_000_005},
	"showing": Showing{Media: Media{ID: 3, URL: "https://films.example/a.mp4", Title: "A"}},
	"rules":   aRules,
	"bye":     Bye{Code: "party-over"},
	"post":    Post{ID: 3, Text: "encore, encore !", Reply: 11},
	"line":    Line{Seq: 12, Kind: LineSought, Who: 7, Name: "Zoé", Hue: 322, Position: 4 * time.Minute, Value: 252},

	"knocking": Knocking{},
	"cue":      aCue,
	"card":     Card{Name: "Zoé", Hue: 48, Device: DeviceTerminal},
	"ready":    Ready{On: true},
	"ask":      Ask{On: true},
	"invite":   Invite{Fragment: strings.Repeat("A", 44)},
	"react":    React{Emoji: "🐦"},
	"reaction": Reaction{ID: 4, Who: 7, Name: "Zoé", Hue: 322, Emoji: "👩‍🚀", At: 5e9},
	"erase":    Erase{Seq: 12},
	"erased":   Erased{Seq: 12},
	"cleared":  Cleared{Upto: 12},
	"typing":   Typing{On: true},
	"hidden":   Hidden{Who: []PersonID{1, 7}},
	"relayed":  Relayed{Who: []PersonID{7}},
	"typists":  Typists{Who: []PersonID{1, 7}},
}

func TestGoldenFramesAreStable(t *testing.T) {
	for name, m := range examples {
		got := hex.EncodeToString(Append(nil, m))
		file := filepath.Join("testdata", name+".hex")
		if *update {
			if err := os.WriteFile(file, []byte(got+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != strings.TrimSpace(string(want)) {
			t.Errorf("%s: frame changed; a peer of another age cannot read it\n got %s\nwant %s", name, got, want)
		}
	}
}

func TestParseReadsWhatAppendWrote(t *testing.T) {
	for name, m := range examples {
		got, err := Parse(Append(nil, m))
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%s: got %#v, %v; want %#v", name, got, err, m)
		}
	}
}

func TestParseIgnoresFieldsOfANewerVersion(t *testing.T) {
	for name, m := range examples {
		got, err := Parse(append(Append(nil, m), 0xde, 0xad))
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%s with two more bytes: got %#v, %v", name, got, err)
		}
	}
}

func TestParseRefusesEveryTruncation(t *testing.T) {
	for name, m := range examples {
		frame := Append(nil, m)
		for n := range len(frame) {
			if got, err := Parse(frame[:n]); !errors.Is(err, ErrMalformed) {
				t.Errorf("%s cut to %d of %d bytes: got %#v, %v; want ErrMalformed", name, n, len(frame), got, err)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	bad := aState
	for name, frame := range map[string][]byte{
		"a rate that is no number":      Append(nil, with(&bad, func(s *State) { s.Timeline.Rate = math.NaN() })),
		"a rate below the slowest":      Append(nil, with(&bad, func(s *State) { s.Timeline.Rate = 0.01 })),
		"a position before the film":    Append(nil, with(&bad, func(s *State) { s.Timeline.Position = -1 })),
		"an anchor in another century":  Append(nil, with(&bad, func(s *State) { s.Timeline.Anchor = math.MaxInt64 })),
		"a name over its limit":         Append(nil, Join{Name: strings.Repeat("x", MaxName+1)}),
		"a name that is not UTF-8":      Append(nil, Join{Name: "\xff"}),
		"a hue outside the circle":      Append(nil, Join{Name: "x", Hue: 360}),
		"a request for nothing":         Append(nil, Request{}),
		"more people than a frame may":  Append(nil, Health{People: make([]HealthOf, MaxPeople+1)}),
		"a film state of another age":   Append(nil, Status{Condition: Condition{Film: 99}}),
		"a frame over the limit":        append(Append(nil, Ping{}), make([]byte, MaxFrame)...),
		"a file of negative size":       Append(nil, Showing{Media: Media{Size: -1}}),
		"a text over its limit":         Append(nil, Post{Text: strings.Repeat("x", MaxText+1)}),
		"an empty frame":                nil,
		"a count that runs for ever":    append([]byte{typeHealth}, bytes.Repeat([]byte{0xff}, 20)...),
		"a boolean that is neither":     {typeReady, 2},
		"a rule of another age":         {typeRules, 9, 0, 0, 0, 0},
		"an emoji over its limit":       Append(nil, React{Emoji: strings.Repeat("x", MaxEmoji+1)}),
		"more hidden than people":       Append(nil, Hidden{Who: make([]PersonID, MaxPeople+1)}),
		"more relayed than people":      Append(nil, Relayed{Who: make([]PersonID, MaxPeople+1)}),
		"more typists than people":      Append(nil, Typists{Who: make([]PersonID, MaxPeople+1)}),
		"a round trip before the start": Append(nil, Status{Condition: Condition{RTT: -1}}),
	} {
		if m, err := Parse(frame); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: got %#v, %v; want ErrMalformed", name, m, err)
		}
	}
}

func with(s *State, change func(*State)) State {
	c := *s
	change(&c)
	return c
}

func TestParseTellsUnknownTypesFromMalformedFrames(t *testing.T) {
	if _, err := Parse([]byte{0x7f, 1, 2}); !errors.Is(err, ErrUnknown) {
		t.Errorf("got %v, want ErrUnknown", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, m := range examples {
		f.Add(Append(nil, m))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse(b)
		if err != nil {
			return
		}
		again, err := Parse(Append(nil, m))
		if err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("%#v was read, but written and read again it is %#v, %v", m, again, err)
		}
	})
}
