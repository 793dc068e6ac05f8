package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestReportFailsAFatFile(t *testing.T) {
	limits := []limit{{visitPage, "page", 1, false}, {visitWords, "words", 1, true}, {visitWasm, "wasm", 2, false}}
	files := []file{
		{name: "index.html", data: make([]byte, 5000), brotli: make([]byte, 1025), visit: visitPage},
		{name: "toile.wasm", data: make([]byte, 9000), brotli: make([]byte, 2048), visit: visitWasm},
		{name: "fr.js", data: make([]byte, 1024), visit: visitWords},
		{name: "de.js", data: make([]byte, 1024), visit: visitWords}, // nobody has both
		{name: "later.js", data: make([]byte, 1<<20), visit: visitLater},
	}
	err := report(io.Discard, files, limits)
	if err == nil || !strings.Contains(err.Error(), "page weigh 1.0 KiB, 1 bytes more than the 1 KiB") {
		t.Errorf("one byte over: got %v", err)
	}
	if err != nil && (strings.Contains(err.Error(), "wasm") || strings.Contains(err.Error(), "words")) {
		t.Errorf("exactly at the limit is within it: got %v", err)
	}
	files[0].brotli = files[0].brotli[:1024]
	if err := report(io.Discard, files, limits); err != nil {
		t.Errorf("within budget: got %v", err)
	}
}

func TestReportAddsUpTheFilesOfAPart(t *testing.T) {
	limits := []limit{{visitFonts, "fonts", 1, false}}
	files := []file{
		{name: "a.woff2", data: make([]byte, 600), visit: visitFonts},
		{name: "b.woff2", data: make([]byte, 600), visit: visitFonts},
	}
	if err := report(io.Discard, files, limits); err == nil {
		t.Error("two fonts of 600 bytes in 1 KiB: got no error")
	}
}

func TestHashNameFollowsTheContent(t *testing.T) {
	a, b := hashName("assets/toile.wasm", []byte("one")), hashName("assets/toile.wasm", []byte("two"))
	if a == b {
		t.Errorf("different bytes, same name %s", a)
	}
	if again := hashName("assets/toile.wasm", []byte("one")); again != a {
		t.Errorf("same bytes: got %s, then %s", a, again)
	}
	if got, want := a, "assets/toile-O2JMHLJV.wasm"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestIntegrityIsTheSpecsExample(t *testing.T) {
	// https://www.w3.org/TR/SRI/#the-integrity-attribute
	got := integrity([]byte("alert('Hello, world.');"))
	want := "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSortBundleChargesOnlyWhatAFirstVisitWaitsFor(t *testing.T) {
	meta := metafile{Outputs: map[string]output{
		"dist/assets/main.js": {EntryPoint: "src/main.tsx", CSSBundle: "dist/assets/main.css", Imports: []imported{
			{"dist/assets/shared.js", "import-statement"}, {"dist/assets/lazy.js", "dynamic-import"}}},
		"dist/assets/lazy.js":  {EntryPoint: "src/lazy.tsx", Imports: []imported{{"dist/assets/shared.js", "import-statement"}}},
		"dist/assets/lazy.css": {EntryPoint: eveningPoint},
		"dist/assets/fr.js":    {EntryPoint: "language:toile:language/fr/first"},
		"dist/assets/en.js":    {EntryPoint: "language:toile:language/en/first"},
		"dist/assets/inner.js": {EntryPoint: "language:toile:language/fr/inside"},
		"dist/assets/main.css": {Imports: []imported{{"dist/assets/sans.woff2", "url-token"}, {"dist/assets/seat.webp", "url-token"}}},
	}}
	var files []file
	for _, n := range []string{"main.js", "main.js.map", "shared.js", "lazy.js", "fr.js", "en.js", "inner.js", "lazy.css", "main.css", "sans.woff2", "seat.webp"} {
		files = append(files, file{name: "assets/" + n})
	}
	b, err := sortBundle(files, meta)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range b.files {
		if f.visit != visitLater {
			got = append(got, f.name+" "+string(f.visit))
		}
	}
	if b.evening.name != "assets/lazy.css" {
		t.Errorf("the theatre's style: got %q", b.evening.name)
	}
	if b.words["fr"].name != "assets/fr.js" || len(b.words) != 1 {
		t.Errorf("the words of another language: got %v", b.words)
	}
	want := []string{"assets/main.js page", "assets/shared.js page", "assets/fr.js words", "assets/main.css page", "assets/sans.woff2 fonts"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFillPageRefusesAnUnknownPlaceholder(t *testing.T) {
	b := bundle{script: file{name: "assets/main.js"}, style: file{name: "assets/main.css"}, evening: file{name: "assets/theatre.css"}}
	wasm := file{name: "assets/toile.wasm"}
	if page, err := fillPage(`{{css}} {{evening-css}} {{js}} {{ wasm }}{{preload}}`, "en", b, wasm); err != nil || string(page.data) != "/assets/main.css /assets/theatre.css /assets/main.js /assets/toile.wasm" {
		t.Errorf("got %q, %v", page.data, err)
	}
	if _, err := fillPage(`{{css}} {{evening-css}} {{js}} {{wasm}} {{sass}}`, "en", b, wasm); err == nil {
		t.Error("unknown placeholder: got no error")
	}
	if _, err := fillPage(`{{css}} {{evening-css}} {{js}}`, "en", b, wasm); err == nil {
		t.Error("a page without the peer: got no error")
	}
}

func TestEachLanguageHasAPageThatAsksForItsWords(t *testing.T) {
	b := bundle{script: file{name: "main.js"}, style: file{name: "main.css"}, evening: file{name: "evening.css"}, imports: []file{{name: "shared.js"}},
		words: map[string]file{"fr": {name: "fr.js"}, "pt-BR": {name: "pt.js"}}}
	for tag, want := range map[string]string{"en": "index.html", "fr": "index.fr.html", "pt-BR": "index.pt-BR.html"} {
		page, err := fillPage(`<html lang="{{lang}}">{{css}}{{evening-css}}{{js}}{{wasm}}{{preload}}`, tag, b, file{name: "toile.wasm"})
		if err != nil {
			t.Fatal(err)
		}
		if page.name != want || !bytes.Contains(page.data, []byte(`lang="`+tag+`"`)) {
			t.Errorf("%s: got %s: %s", tag, page.name, page.data)
		}
		for other, words := range b.words {
			if got := bytes.Contains(page.data, []byte(`modulepreload" href="/`+words.name)); got != (other == tag) {
				t.Errorf("the page in %s asks for the words in %s: %v", tag, other, got)
			}
		}
		if !bytes.Contains(page.data, []byte(`modulepreload" href="/shared.js`)) {
			t.Errorf("%s: the entry's own imports are not asked for: %s", tag, page.data)
		}
	}
}

func TestWriteDistLeavesNothingOld(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"assets/main-OLD.js", ".keep"} {
		if err := writeFile(filepath.Join(dir, n), nil); err != nil {
			t.Fatal(err)
		}
	}
	err := writeDist(dir, []file{{name: "index.html", data: []byte("new"), gzip: []byte("z")}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := readTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range got {
		names = append(names, f.name)
	}
	if want := []string{".keep", "index.html", "index.html.gz"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestCacheCompressesTheSameBytesOnce(t *testing.T) {
	dir := t.TempDir()
	data := bytes.Repeat([]byte("toile "), 1000)
	calls := 0
	compressor := func(b []byte) ([]byte, error) { calls++; return gzip9(b) }
	var first []byte
	for range 2 {
		c := cache{dir: dir}
		got, err := c.compress(data, "gz", compressor)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		if !bytes.Equal(got, first) || len(got) == 0 || len(got) >= len(data) {
			t.Errorf("got %d bytes of %d", len(got), len(data))
		}
		c.prune()
	}
	if calls != 1 {
		t.Errorf("compressed %d times, want once", calls)
	}
	c := cache{dir: dir}
	c.prune()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("after a build that used nothing %d entries are left", len(left))
	}
}
