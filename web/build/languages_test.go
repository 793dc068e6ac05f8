package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// aWeb is a folder with a language file a tag, each part of which says which it is.
func aWeb(t *testing.T, tags ...string) string {
	t.Helper()
	web := t.TempDir()
	for _, tag := range tags {
		text := "import { mark } from '../../mark';\nexport const first: string = /* @__PURE__ */ mark('" + tag + " first');\n" +
			"export const inside = '" + tag + " inside';\nexport const offline = '" + tag + " offline';\nexport const emoji = '" + tag + " emoji';\n"
		if err := writeFile(filepath.Join(web, filepath.FromSlash(languagesDir), tag+".ts"), []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writeFile(filepath.Join(web, "src", "mark.ts"), []byte("export function mark(s) { return s + Math.random(); }")); err != nil {
		t.Fatal(err)
	}
	return web
}

func TestALanguageIsOneFile(t *testing.T) {
	web := aWeb(t, "en", "fr", "pt-BR")
	tags, err := findLanguages(web)
	if got := strings.Join(tags, " "); err != nil || got != "en fr pt-BR" {
		t.Fatalf("got %q, %v", got, err)
	}
	entry := "import { languages, parts } from 'toile:languages';\nimport { first } from 'toile:language/en/first';\nconsole.log(first, languages, parts);\n"
	chunks := bundled(t, web, tags, entry)
	for _, tag := range tags {
		for part, also := range map[string]string{"first": "", "inside": tag + " emoji"} {
			if tag == "en" && part == "first" {
				continue
			}
			chunk := chunks[tag+" "+part]
			for word, want := range map[string]bool{tag + " first": part == "first", tag + " inside": part == "inside", tag + " offline": false, also: true} {
				if got := strings.Contains(chunk, word); got != want {
					t.Errorf("the chunk %s %s says %q: %v, want %v:\n%s", tag, part, word, got, want, chunk)
				}
			}
		}
	}
	if got := chunks["main"]; !strings.Contains(got, `"en","fr","pt-BR"`) || strings.Contains(got, "fr first") || strings.Contains(got, "inside\"") {
		t.Errorf("the entry: got\n%s", got)
	}
}

func TestWhatIsSaidOfflineIsInOnePiece(t *testing.T) {
	web := aWeb(t, "en", "fr")
	chunks := bundled(t, web, []string{"en", "fr"}, "import { offline } from 'toile:offline';\nconsole.log(offline);\n")
	for word, want := range map[string]bool{"en offline": true, "fr offline": true, "en first": false, "fr inside": false, "random": false} {
		if got := strings.Contains(chunks["main"], word); got != want {
			t.Errorf("it says %q: %v, want %v:\n%s", word, got, want, chunks["main"])
		}
	}
	if len(chunks) != 1 {
		t.Errorf("got %d files, want one", len(chunks))
	}
}

func TestAStrangeFileIsNoLanguage(t *testing.T) {
	for _, name := range []string{"french", "fr-CAN", "README", "fr.test"} {
		if tags, err := findLanguages(aWeb(t, name)); err == nil {
			t.Errorf("%s.ts: got %q and no error", name, tags)
		}
	}
	if _, err := findLanguages(t.TempDir()); !os.IsNotExist(err) {
		t.Errorf("no folder: got %v", err)
	}
}

// bundled tells the files that esbuild makes of an entry, by what they are: "main", "fr first".
func bundled(t *testing.T, web string, tags []string, entry string) map[string]string {
	t.Helper()
	if err := writeFile(filepath.Join(web, "main.ts"), []byte(entry)); err != nil {
		t.Fatal(err)
	}
	result, err := runEsbuild(api.BuildOptions{AbsWorkingDir: web, EntryPoints: []string{"main.ts"}, Outdir: "out", Splitting: true,
		Metafile: true, Plugins: []api.Plugin{languages(web, tags)}})
	if err != nil {
		t.Fatal(err)
	}
	chunks := map[string]string{}
	for _, f := range result.OutputFiles {
		name := strings.TrimSuffix(filepath.Base(f.Path), ".js")
		for _, tag := range tags {
			for _, part := range []string{"first", "inside"} {
				if strings.Contains(string(f.Contents), tag+" "+part) && name != "main" {
					name = tag + " " + part
				}
			}
		}
		chunks[name] = string(f.Contents)
	}
	return chunks
}

func TestTheWorkerIsAnotherWhenWhatItKeepsIs(t *testing.T) {
	stamped := func(html string) string {
		files := []file{{name: "sw.js", data: []byte("const edition = '{{edition}}';")}, {name: "offline.html", data: []byte(html)},
			{name: "offline.css"}, {name: "offline.js", data: []byte("3")}}
		if err := stampWorker(files); err != nil {
			t.Fatal(err)
		}
		return string(files[0].data)
	}
	one, two := stamped("1"), stamped("2")
	if one == two || strings.Contains(one, "{{") {
		t.Errorf("got %q and %q", one, two)
	}
	if again := stamped("1"); again != one {
		t.Errorf("the same files: got %q, then %q", one, again)
	}
	if err := stampWorker([]file{{name: "sw.js", data: []byte("{{edition}}")}}); err == nil {
		t.Error("nothing to keep: got no error")
	}
	if err := stampWorker([]file{{name: "offline.html"}, {name: "offline.css"}, {name: "offline.js"}, {name: "sw.js"}}); err == nil {
		t.Error("a worker without the mark: got no error")
	}
}
