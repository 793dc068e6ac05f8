package toile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/toile-party/toile"

// within says which of our own packages each package may import. Imports run one way, from what knows much to what
// knows little, so that a thing can be understood, tested and replaced without what stands above it.
var within = map[string][]string{
	".":                          {},
	"peer/clock":                 {},
	"peer/playback":              {"peer/clock"},
	"peer/wire":                  {"peer/clock", "peer/playback"},
	"peer/party":                 {"peer/clock", "peer/playback", "peer/wire"},
	"peer/media":                 {"peer/clock"},
	"peer/link":                  {"peer/clock"},
	"peer":                       {"peer/clock", "peer/playback", "peer/wire", "peer/party", "peer/media", "peer/link", "signaling"},
	"peer/luck":                  {"peer/clock", "peer/playback", "peer/impair"},
	"peer/rival":                 {"peer/clock", "peer/playback", "peer/luck"},
	"peer/peertest":              {"peer", "peer/impair", "peer/luck", "peer/clock", "peer/playback", "peer/wire", "peer/party", "peer/media", "peer/link", "signaling"},
	"peer/cmd/toile":             {"peer", "peer/clock", "peer/playback", "peer/wire", "peer/party", "peer/media", "peer/link", "signaling"},
	"peer/cmd/prove-privacy":     {"peer", "peer/playback", "peer/wire", "peer/party", "peer/link", "signaling"},
	"peer/impair":                {},
	"peer/cmd/syncsim":           {"peer/clock", "peer/playback", "peer/wire", "peer/party", "peer/impair", "peer/luck", "peer/peertest", "peer/rival"},
	"peer/cmd/benchhost":         {"peer", "peer/clock", "peer/playback", "peer/wire", "peer/party", "peer/impair", "peer/link", "signaling"},
	"wasm":                       {"peer", "peer/clock", "peer/playback", "peer/wire", "peer/party", "peer/media", "peer/link", "signaling"},
	"signaling":                  {},
	"signaling/server":           {"signaling"},
	"signaling/cmd/signaling":    {"signaling", "signaling/server", "web"},
	"signaling/cmd/bench-server": {"signaling"},
	"signaling/cmd/relay":        {},
	"web":                        {},
	"web/build":                  {},
}

// core is pure: same state and input, same output. That is what lets a simulation run a whole party from one seed, and
// the same tests run in Node.
var core = []string{"peer/clock", "peer/playback", "peer/wire", "peer/party"}

// dependency is a module that is not ours, and the packages or file patterns that may see it.
type dependency struct {
	prefix, reason string
	places         []string
}

var outside = []dependency{
	{"github.com/gorilla/websocket", "the browser brings its own WebSocket, and all but the two ends of the socket should not care",
		[]string{"signaling/socket_native.go", "signaling/server", "signaling/cmd/bench-server", "peer/cmd/benchhost"}},
	{"github.com/pion/", "the browser brings its own WebRTC (pion would double the page's wasm), and all but the link should not care",
		[]string{"peer/link/*_native.go", "signaling/server", "signaling/cmd/relay"}},
	{"syscall/js", "what a browser lends is wrapped where it is used, behind an API that exists natively too",
		[]string{"wasm", "*_js.go"}},
	{"github.com/evanw/esbuild/", "the bundler is needed to build the page, not to serve it", []string{"web/build"}},
	{"github.com/andybalholm/brotli", "the page is compressed when it is built", []string{"web/build"}},
	{"filippo.io/edwards25519", "the page needs two curves, and the standard library's bring fmt, math/big and the NIST curves along",
		[]string{"signaling/curve_js.go"}},
	{"golang.org/x/crypto/chacha20poly1305", "sealing is one file's concern, and AES would be a table in wasm, not constant time",
		[]string{"signaling/noise.go"}},
	{"golang.org/x/term", "only the terminal peer has a terminal", []string{"peer/cmd/toile"}},
	{"golang.org/x/crypto/acme", "certificates are the command's concern, not the rooms'", []string{"signaling/cmd/signaling"}},
	{"golang.org/x/time/", "only the server limits rates of strangers", []string{"signaling/server", "signaling/cmd/signaling"}},
}

// light is what the page's peer may link that is neither ours nor the standard library's.
var light = []string{"filippo.io/edwards25519", "golang.org/x/crypto/chacha20", "golang.org/x/crypto/internal/", "golang.org/x/sys/cpu"}

// heavy is what the page's peer cannot afford to link: each brings reflection and tables by the hundred KB.
var heavy = []string{"fmt", "encoding/json", "log", "log/slog", "net", "net/http", "net/url", "crypto/rand", "text/template"}

type platform struct{ os, arch string }

var (
	native = platform{build.Default.GOOS, build.Default.GOARCH}
	js     = platform{"js", "wasm"}
)

func TestLayeringOursImportOneWay(t *testing.T) {
	each(t, func(dir string, f source) {
		allowed, known := within[dir]
		if !known {
			t.Errorf("%s: a package without a place: say in layering_test.go what it may import", dir)
			return
		}
		for _, im := range f.imports() {
			ours, ok := strings.CutPrefix(im, module+"/")
			if ok && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s: %s may know %q only, so that imports run one way", f.path, ours, dir, allowed)
			}
		}
	})
}

func TestLayeringOthersAreSeenWhereTheyAreNeeded(t *testing.T) {
	each(t, func(dir string, f source) {
		for _, im := range f.imports() {
			if first, _, _ := strings.Cut(im, "/"); im != "syscall/js" && !strings.Contains(first, ".") || strings.HasPrefix(im, module+"/") {
				continue // the standard library; ours
			}
			i := slices.IndexFunc(outside, func(d dependency) bool { return strings.HasPrefix(im, d.prefix) })
			if i < 0 {
				t.Errorf("%s imports %s: a new dependency: say in layering_test.go where it may be seen and why", f.path, im)
			} else if !inPlace(f.path, outside[i].places) {
				t.Errorf("%s imports %s, which belongs in %q only: %s", f.path, im, outside[i].places, outside[i].reason)
			}
		}
	})
}

func TestLayeringCoreIsPure(t *testing.T) {
	each(t, func(dir string, f source) {
		if !slices.Contains(core, dir) {
			return
		}
		for _, im := range f.imports() {
			top, _, _ := strings.Cut(im, "/")
			switch {
			case slices.Contains([]string{"net", "os", "log", "syscall", "io", "embed", "testing"}, top):
				t.Errorf("%s imports %s: the core does no I/O; let it return an effect that the shell performs", f.path, im)
			case slices.Contains([]string{"sync", "context"}, top):
				t.Errorf("%s imports %s: the core runs on its caller's goroutine and needs no lock", f.path, im)
			case im == "crypto/rand" || im == "math/rand":
				t.Errorf("%s imports %s: randomness comes in as a seed, so that a run can be repeated", f.path, im)
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if n == nil {
				return false
			}
			at := f.fset.Position(n.Pos())
			switch n := n.(type) {
			case *ast.GoStmt, *ast.SelectStmt, *ast.ChanType, *ast.SendStmt:
				t.Errorf("%s: goroutines and channels live in the shell; the core is a machine that is stepped", at)
			case *ast.SelectorExpr:
				id, ok := n.X.(*ast.Ident)
				if !ok || id.Obj != nil {
					break
				}
				switch f.named(id.Name) {
				case "time":
					if slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}, n.Sel.Name) {
						t.Errorf("%s: time.%s: time comes in as now, and the shell owns the only timer", at, n.Sel.Name)
					}
				case "math/rand/v2":
					if !slices.Contains([]string{"New", "NewPCG", "NewChaCha8", "PCG", "ChaCha8", "Rand", "Source"}, n.Sel.Name) {
						t.Errorf("%s: rand.%s: randomness comes in as a seed, so that a run can be repeated", at, n.Sel.Name)
					}
				}
			}
			return true
		})
	})
}

// TestLayeringPageIsLight follows the page's peer through the standard library: what is linked is what weighs.
func TestLayeringPageIsLight(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports", "./wasm")
	cmd.Env = append(cmd.Environ(), "GOOS=js", "GOARCH=wasm")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	importers := map[string]string{} // one importer of each package, so that a chain can be shown
	chain := func(p string) string {
		s := strings.TrimPrefix(p, module+"/")
		for by := importers[p]; by != ""; by = importers[by] {
			s = strings.TrimPrefix(by, module+"/") + " -> " + s
		}
		return s
	}
	var linked []string
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		linked = append(linked, p.ImportPath)
		for _, im := range p.Imports {
			importers[im] = p.ImportPath // go list goes from the leaves to the root: the last is nearest to wasm
			if im == "reflect" && strings.HasPrefix(p.ImportPath, module) {
				t.Errorf("%s imports reflect: it keeps the linker from dropping what is unused", p.ImportPath)
			}
		}
		if first, _, _ := strings.Cut(p.ImportPath, "/"); strings.Contains(first, ".") && !strings.HasPrefix(p.ImportPath, module) &&
			!slices.ContainsFunc(light, func(l string) bool { return strings.HasPrefix(p.ImportPath, l) }) {
			t.Errorf("the page links %s: in the page there is the standard library and the browser", p.ImportPath)
		}
	}
	for _, p := range heavy {
		if slices.Contains(linked, p) {
			t.Errorf("the page links %s (%s): it does not fit the budget; errors, strconv and append do", p, chain(p))
		}
	}
}

// each visits every file of every package that is not a test, as built natively and as built for the browser.
func each(t *testing.T, visit func(dir string, f source)) {
	t.Helper()
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); p != "." && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" || name == "out") {
			return fs.SkipDir
		}
		for _, on := range []platform{native, js} {
			ctx := build.Default
			ctx.GOOS, ctx.GOARCH, ctx.CgoEnabled = on.os, on.arch, false
			pkg, err := ctx.ImportDir(p, 0)
			var none *build.NoGoError
			if errors.As(err, &none) {
				continue
			} else if err != nil {
				return fmt.Errorf("%s for %s: %w", p, on.os, err)
			}
			for _, name := range pkg.GoFiles {
				name = path.Join(filepath.ToSlash(p), name)
				if seen[name] {
					continue
				}
				seen[name] = true
				fset := token.NewFileSet()
				parsed, err := parser.ParseFile(fset, name, nil, 0)
				if err != nil {
					return err
				}
				visit(filepath.ToSlash(p), source{path: name, fset: fset, ast: parsed})
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

type source struct {
	path string
	fset *token.FileSet
	ast  *ast.File
}

func (f source) imports() []string {
	var paths []string
	for _, im := range f.ast.Imports {
		p, _ := strconv.Unquote(im.Path.Value) // the parser has checked it
		paths = append(paths, p)
	}
	return paths
}

// named is the import path that a name stands for in this file.
func (f source) named(name string) string {
	for i, p := range f.imports() {
		if im := f.ast.Imports[i]; im.Name != nil {
			if im.Name.Name == name {
				return p
			}
		} else if path.Base(p) == name || p == "math/rand/v2" && name == "rand" {
			return p
		}
	}
	return ""
}

// inPlace says whether a file is in one of places: a package, a file pattern, or a pattern of names anywhere.
func inPlace(file string, places []string) bool {
	for _, place := range places {
		name := file
		if !strings.Contains(place, "/") {
			name = path.Base(file)
		}
		if ok, _ := path.Match(place, name); ok || path.Dir(file) == place {
			return true
		}
	}
	return false
}
