package main

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// visit says when a browser asks for a file, and so which budget it is charged to.
type visit string

const (
	visitPage  visit = "page"  // index.html and the scripts and styles that it waits for
	visitFonts visit = "fonts" // typefaces that the first screen shows
	visitWasm  visit = "wasm"  // the peer
	visitWords visit = "words" // of a language other than English; one of these at most
	visitLater visit = ""      // on demand: split scripts, pictures, source maps
)

// file is one file of dist, with its smaller forms where they are smaller.
type file struct {
	name         string // slash-separated, under dist
	data         []byte
	visit        visit
	brotli, gzip []byte
}

// url is where the page finds the file.
func (f file) url() string { return "/" + f.name }

// sent is what goes over the wire to a browser of today.
func (f file) sent() int {
	if f.brotli != nil {
		return len(f.brotli)
	}
	return len(f.data)
}

// hashName puts the content's hash into a name, in esbuild's alphabet and length: toile.wasm -> toile-2QK7Z3LA.wasm.
func hashName(name string, data []byte) string {
	sum := sha256.Sum256(data)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + base32.StdEncoding.EncodeToString(sum[:5]) + ext
}

// integrity is the value of an integrity attribute, https://www.w3.org/TR/SRI/#the-integrity-attribute.
func integrity(data []byte) string {
	sum := sha512.Sum384(data)
	return "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
}

// readTree reads what keeps its name. No such folder is an empty one.
func readTree(dir string) ([]file, error) {
	var files []file
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		files = append(files, file{name: filepath.ToSlash(rel), data: data})
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return files, err
}

// writeDist makes dir hold files and their smaller forms, and nothing else; dot files are somebody else's.
// index.html goes last, when all that it names is there.
func writeDist(dir string, files []file) error {
	want := map[string][]byte{}
	for _, f := range files {
		want[f.name] = f.data
		if f.brotli != nil {
			want[f.name+".br"] = f.brotli
		}
		if f.gzip != nil {
			want[f.name+".gz"] = f.gzip
		}
	}
	names := make([]string, 0, len(want))
	for name := range want {
		names = append(names, name)
	}
	isIndex := func(name string) int {
		if strings.HasPrefix(name, "index.html") {
			return 1
		}
		return 0
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := isIndex(a) - isIndex(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), want[name]); err != nil {
			return err
		}
	}
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		if _, ok := want[filepath.ToSlash(rel)]; ok {
			return nil
		}
		return os.Remove(p)
	})
}

// writeFile replaces the file at p in one step, so that a server running meanwhile never reads half of one.
func writeFile(p string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(p), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename there is none: fine
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), p)
}
