// Command build makes web/dist, all that the server has to send, from web/src and ./wasm:
//
//	go run ./web/build
//
//	web/src/main.tsx  -> assets/*-HASH.{js,css,woff2,...}   esbuild, split, minified
//	web/src/offline.page.ts -> offline.js                   the same, in one piece
//	./wasm            -> assets/toile-HASH.wasm             the peer for the browser
//	web/index.html    -> index.html, index.fr.html, ...     one a language, with the hashed names and their integrity
//	web/public/*      -> the same name                      what must keep its name (icons, manifest)
//
// Beside every file that shrinks lie FILE.br and FILE.gz. Same sources, same bytes: names under assets/ are hashes
// of their content, so the server may call them immutable. The build fails when a first visit weighs more than
// the budget allows (budget.go).
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "the repository's root")
	page := flag.Bool("page", false, "leave the peer out, to work on the landing page alone")
	flag.Parse()
	if err := build(*root, !*page, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "web/build:", err)
		os.Exit(1)
	}
}

// build makes everything in memory first: a build that fails leaves the last good dist as it was.
func build(root string, peer bool, out io.Writer) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	web := filepath.Join(root, "web")

	// The Go compiler and esbuild have nothing to wait for in one another.
	type result struct {
		f   file
		err error
	}
	compiled := make(chan result, 1)
	go func() {
		if !peer {
			compiled <- result{}
			return
		}
		f, err := compileWasm(root)
		compiled <- result{f, err}
	}()
	tags, err := findLanguages(web)
	if err != nil {
		return err
	}
	bundle, bundleErr := bundlePage(root, web, tags)
	wasm := <-compiled
	if err := errors.Join(bundleErr, wasm.err); err != nil {
		return err
	}

	template, err := os.ReadFile(filepath.Join(web, "index.html"))
	if err != nil {
		return err
	}
	files := bundle.files
	for _, tag := range tags {
		page, err := fillPage(string(template), tag, bundle, wasm.f)
		if err != nil {
			return err
		}
		files = append(files, page)
	}
	if peer {
		files = append(files, wasm.f)
	}
	public, err := readTree(filepath.Join(web, "public"))
	if err != nil {
		return err
	}
	files = append(files, public...)
	if err := stampWorker(files); err != nil {
		return err
	}

	cache := cache{dir: filepath.Join(root, ".cache", "compressed")}
	if err := compressAll(files, &cache); err != nil {
		return err
	}
	if err := writeDist(filepath.Join(web, "dist"), files); err != nil {
		return err
	}
	cache.prune()
	return report(out, files, budget)
}
