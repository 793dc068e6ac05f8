package wire

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestCleanTextKeepsLanguagesAndDropsTricks(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", " again, again! ", "again, again!"},
		{"French", "l’oiseau du jugement 😂", "l’oiseau du jugement 😂"},
		{"a family of one glyph", "👩‍👩‍👧", "👩‍👩‍👧"},
		{"right to left", "שלום עולם", "שלום עולם"},
		{"an override of direction", "gpj.\u202eexe", "gpj.exe"},
		{"isolates", "a\u2066b\u2069c", "abc"},
		{"controls", "a\x00b\x1b[31mc\u0085d", "ab[31mcd"},
		{"zero width", "a\u200bb\ufeffc", "abc"},
		{"line breaks stay", "a\nb", "a\nb"},
		{"line breaks without end", strings.Repeat("a\n", 20), strings.Repeat("a\n", 12) + strings.TrimSpace(strings.Repeat("a ", 8))},
		{"marks without end", "e" + strings.Repeat("\u0301", 40), "é" + strings.Repeat("\u0301", 4)},
		{"tags", "a\U000e0041b", "ab"},
		{"broken UTF-8", "a\xffb", "ab"},
		{"nothing", "\u200b \n", ""},
	} {
		if got := CleanText(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got := len([]rune(CleanText(strings.Repeat("é", 600)))); got != MaxTextRunes {
		t.Errorf("a long line keeps %d runes, want %d", got, MaxTextRunes)
	}
	if got := len(CleanText(strings.Repeat("😂", 600))); got > MaxText {
		t.Errorf("a long line keeps %d bytes, want at most %d", got, MaxText)
	}
}

func TestCleanNameHasOneLineAndNoJoiners(t *testing.T) {
	for in, want := range map[string]string{
		"  Ana \n  Maria ": "Ana Maria",
		"A\u200dna":        "Ana",
		"\u202eAna":        "Ana",
		"\u200e":           "",
	} {
		if got := CleanName(in); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", in, got, want)
		}
	}
	if got := CleanName(strings.Repeat("😂", 40)); len(got) > MaxName {
		t.Errorf("a long name keeps %d bytes, want at most %d", len(got), MaxName)
	}
}

// The corpus has one hostile string a line: what it tries, what it is, and what
// is left of it as a line and as a guest's name, quoted as in Go.
func TestHostileStringsAreDisarmed(t *testing.T) {
	f, err := os.Open("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, n := bufio.NewScanner(f), 0
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") || lines.Text() == "" {
			continue
		}
		n++
		what, rest, _ := strings.Cut(lines.Text(), "\t")
		var field [3]string
		for i := range field {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				t.Fatalf("%s: %v in %q", what, err, rest)
			}
			field[i], _ = strconv.Unquote(quoted)
			rest = strings.TrimSpace(rest[len(quoted):])
		}
		if got := CleanText(field[0]); got != field[1] {
			t.Errorf("%s: as a line %q, want %q", what, got, field[1])
		}
		got := CleanName(field[0])
		if Reserved(got) {
			got = ""
		}
		if got != field[2] {
			t.Errorf("%s: as a name %q, want %q", what, got, field[2])
		}
		if e := CleanEmoji(field[0]); e != "" {
			t.Errorf("%s: taken as a reaction, %q", what, e)
		}
	}
	if n < 30 {
		t.Errorf("the corpus has %d strings only", n)
	}
}

func TestNamesThatLookAlikeHaveOneSkeleton(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Ana", "ANA", true}, {"Ana", "Аnа", true}, {"Ana", "Ａｎａ", true}, {"Ana", "𝐀𝐧𝐚", true}, {"Zoé", "Zoe\u0301", true},
		{"Jean-Luc", "jean luc", true}, {"Ana", "Anna", false}, {"Zoé", "Zoe", false}, {"李", "王", false}, {"🦊", "🐻", false}, {"!", "?", false},
	} {
		if got := Skeleton(c.a) == Skeleton(c.b); got != c.same {
			t.Errorf("%q and %q alike: %v, want %v (%q, %q)", c.a, c.b, got, c.same, Skeleton(c.a), Skeleton(c.b))
		}
	}
}

func TestNobodyTakesAReservedName(t *testing.T) {
	for _, n := range []string{"host", "HOST", "Hôte", "Ho\u0302te", "L’hôte", "System", "Système", "Toile", "T o i l e", "Ｈｏｓｔ", "host 2", "𝗛𝗼𝘀𝘁", "(Host)"} {
		if !Reserved(n) {
			t.Errorf("%q can be taken; its skeleton is %q", n, Skeleton(n))
		}
	}
	for _, n := range []string{"Ana", "Hostess", "Toiles", "2", ""} {
		if Reserved(n) {
			t.Errorf("%q cannot be taken", n)
		}
	}
}

func TestReactionIsOnePictureOrNothing(t *testing.T) {
	for _, e := range []string{"😂", "👍🏽", "👩‍🚀", "❤️", "🇫🇷", "1️⃣", "⭐", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🔥🔥"} {
		if CleanEmoji(e) != e {
			t.Errorf("%q is refused", e)
		}
	}
	for _, e := range []string{"", "a", "😂 lol", "<b>", "\u202e😂", "7", "#", "\u200d", "\ufe0f", strings.Repeat("😂", 15), strings.Repeat("😂", 30)} {
		if got := CleanEmoji(e); got != "" {
			t.Errorf("%q is taken as %q", e, got)
		}
	}
}

func FuzzCleanIsSafeAndStable(f *testing.F) {
	for _, s := range []string{"Ana", "e\u0301\u0301", "\u202ex", "a\u200db", "\xff", "𝗵ost", "I\u0307"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range []struct {
			clean        func(string) string
			runes, bytes int
			name         bool
		}{{CleanText, MaxTextRunes, MaxText, false}, {CleanName, MaxNameRunes, MaxName, true}} {
			got := c.clean(s)
			if again := c.clean(got); again != got {
				t.Errorf("%q is cleaned to %q, and again to %q", s, got, again)
			}
			if !utf8.ValidString(got) || len(got) > c.bytes || utf8.RuneCountInString(got) > c.runes {
				t.Errorf("%q is cleaned to %q, which is too long or no text", s, got)
			}
			for _, r := range got {
				if hidden(r) || unicode.IsControl(r) && (c.name || r != '\n' && r != '\t') {
					t.Errorf("%q keeps %U", s, r)
				}
			}
		}
		if e := CleanEmoji(s); e != "" && CleanEmoji(e) != e {
			t.Errorf("%q becomes %q, which is refused", s, e)
		}
		Skeleton(s)
	})
}
