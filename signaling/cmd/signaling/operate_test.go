package main

import (
	"bytes"
	"flag"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

const guide = "../../../docs/operate.md"

// TestGuideTellsEveryFlagWithItsTrueDefault holds docs/operate.md to what the
// command says of itself.
func TestGuideTellsEveryFlagWithItsTrueDefault(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `-([a-z-]+)` \\| (?:`([^`]*)`)? ?\\|").FindAllStringSubmatch(string(text), -1) {
		told[row[1]] = row[2]
	}
	var help bytes.Buffer
	run(t.Context(), []string{"-h"}, io.Discard, &help)
	flags := regexp.MustCompile(`(?m)^  -([a-z-]+).*\n(.*)$`).FindAllStringSubmatch(help.String(), -1)
	if len(flags) < 15 {
		t.Fatalf("-h tells of %d flags:\n%s", len(flags), &help)
	}
	for _, f := range flags {
		value := "" // what is nothing, flag leaves out
		if m := regexp.MustCompile(`\(default "?([^" )]+)"?\)$`).FindStringSubmatch(f[2]); m != nil {
			value = m[1]
		}
		if got, ok := told[f[1]]; !ok || strings.TrimPrefix(got, "0s") != value {
			t.Errorf("-%s has the default %q; the guide tells %q (%v)", f[1], value, got, ok)
		}
		delete(told, f[1])
	}
	for name := range told {
		t.Errorf("the guide tells of -%s, which there is not", name)
	}
}

func TestHelpTellsWhatPeopleNeedFirst(t *testing.T) {
	var help bytes.Buffer
	if got := run(t.Context(), []string{"-help"}, io.Discard, &help); got != 0 {
		t.Errorf("-help ends with %d", got)
	}
	at := -1
	for _, s := range []string{"signaling -domain toile.example", "docs/operate.md", "\n  -listen", "\n  -domain", "\n  -stun", "\n  -metrics", "\n  -sockets", "\n  -sample"} {
		i := strings.Index(help.String(), s)
		if i <= at {
			t.Errorf("%q stands at %d, want it after %d in\n%s", s, i, at, &help)
		}
		at = i
	}
}

// A flag that no chapter has would be told by nobody.
func TestHelpTellsEveryFlag(t *testing.T) {
	told := map[string]int{}
	for _, c := range chapters {
		for _, name := range c.flags {
			told[name]++
		}
	}
	new(options).flags(io.Discard).VisitAll(func(f *flag.Flag) {
		if told[f.Name] != 1 {
			t.Errorf("-%s is told %d times", f.Name, told[f.Name])
		}
	})
}

func TestGuideTellsEveryMetric(t *testing.T) {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	p := spawn(t)
	_, metrics := p.get("/metrics")
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (\S+)`).FindAllStringSubmatch(metrics, -1) {
		if !strings.Contains(string(text), "`"+m[1]+"`") && !strings.Contains(string(text), "`"+m[1]+"{") {
			t.Errorf("the guide does not tell of %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(?:reason|result)="(\w+)"`).FindAllStringSubmatch(metrics, -1) {
		if !strings.Contains(string(text), "`"+m[1]+"`") {
			t.Errorf("the guide does not tell of the label %s", m[1])
		}
	}
}
