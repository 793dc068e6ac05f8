package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle is the page without its HTML: which files there are, and which of them a first visit waits for.
type bundle struct {
	files   []file
	script  file            // the entry, a module
	style   file            // everything that the entry imports as CSS
	evening file            // the theatre's style: nothing on the first screen
	imports []file          // what the entry imports statically, to be preloaded beside it
	fonts   []file          // what the style names
	words   map[string]file // by language, what the first screens say in it; not in English, which the entry has
}

// metafile is the part of esbuild's metafile that is read here: https://esbuild.github.io/api/#metafile
type metafile struct {
	Outputs map[string]output
}

type output struct {
	EntryPoint string // src/main.tsx, for an entry or the start of a split chunk
	CSSBundle  string // the style that belongs to an entry
	Imports    []imported
}

type imported struct{ Path, Kind string }

// firstWords is how the metafile calls the part of a language that languages.go makes a module of.
var firstWords = regexp.MustCompile(`^language:toile:language/(.*)/first$`)

const (
	entryPoint   = "src/main.tsx"
	eveningPoint = "src/styles/evening.css"
	offlinePoint = "src/offline.page.ts"
)

func bundlePage(root, web string, tags []string) (bundle, error) {
	result, err := runEsbuild(api.BuildOptions{
		AbsWorkingDir:   web,
		EntryPoints:     []string{entryPoint, eveningPoint},
		Outdir:          filepath.Join(web, "dist"),
		PublicPath:      "/",
		EntryNames:      "assets/[name]-[hash]",
		ChunkNames:      "assets/[name]-[hash]",
		AssetNames:      "assets/[name]-[hash]",
		Splitting:       true,
		JSX:             api.JSXAutomatic,
		JSXImportSource: "preact",
		Sourcemap:       api.SourceMapLinked, // a file of their own: only developer tools ask for it
		Metafile:        true,
		Loader: map[string]api.Loader{
			".svg":   api.LoaderText,
			".woff2": api.LoaderFile,
			".webp":  api.LoaderFile,
			".jpg":   api.LoaderFile,
			".png":   api.LoaderFile,
			".vtt":   api.LoaderFile,
		},
		Define:  map[string]string{"process.env.NODE_ENV": `"production"`},
		Plugins: []api.Plugin{wasmExec(root), languages(web, tags)},
	})
	if err != nil {
		return bundle{}, err
	}
	// What stands in for the page keeps its name, and must not need a second file.
	offline, err := runEsbuild(api.BuildOptions{
		AbsWorkingDir: web,
		EntryPoints:   []string{offlinePoint},
		Outfile:       filepath.Join(web, "dist", "offline.js"),
		Plugins:       []api.Plugin{languages(web, tags)},
	})
	if err != nil {
		return bundle{}, err
	}
	var meta metafile
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return bundle{}, fmt.Errorf("esbuild's metafile: %w", err)
	}
	var files []file
	for _, f := range append(result.OutputFiles, offline.OutputFiles...) {
		rel, err := filepath.Rel(filepath.Join(web, "dist"), f.Path)
		if err != nil {
			return bundle{}, err
		}
		files = append(files, file{name: filepath.ToSlash(rel), data: f.Contents})
	}
	return sortBundle(files, meta)
}

// runEsbuild runs it as all of the page wants it.
func runEsbuild(o api.BuildOptions) (api.BuildResult, error) {
	o.Bundle = true
	o.Format = api.FormatESModule
	o.Target = api.ES2022
	o.Platform = api.PlatformBrowser
	o.MinifyWhitespace, o.MinifyIdentifiers, o.MinifySyntax = true, true, true
	o.LegalComments = api.LegalCommentsNone
	o.LogLevel = api.LogLevelSilent // reported here, once
	result := api.Build(o)
	for _, text := range api.FormatMessages(result.Warnings, api.FormatMessagesOptions{Kind: api.WarningMessage}) {
		fmt.Fprint(os.Stderr, text)
	}
	if len(result.Errors) > 0 {
		text := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return result, fmt.Errorf("esbuild:\n%s", strings.Join(text, ""))
	}
	return result, nil
}

// sortBundle finds the first visit in what esbuild made: the entry, what it imports without import(), its style and
// the style's fonts. The metafile's paths are relative to web/.
func sortBundle(files []file, meta metafile) (bundle, error) {
	index := map[string]int{}
	for i, f := range files {
		index["dist/"+f.name] = i
	}
	entry := ""
	b := bundle{words: map[string]file{}}
	for name, o := range meta.Outputs {
		i, made := index[name]
		switch {
		case o.EntryPoint == entryPoint && path.Ext(name) == ".js":
			entry = name
		case o.EntryPoint == eveningPoint && made:
			b.evening = files[i]
		case firstWords.MatchString(o.EntryPoint) && made:
			if tag := firstWords.FindStringSubmatch(o.EntryPoint)[1]; tag != "en" {
				files[i].visit = visitWords
				b.words[tag] = files[i]
			}
		}
	}
	if entry == "" {
		return bundle{}, fmt.Errorf("no entry in esbuild's output")
	}
	if b.evening.name == "" {
		return bundle{}, fmt.Errorf("no style of %s in esbuild's output", eveningPoint)
	}
	seen := map[string]bool{}
	var follow func(name string)
	follow = func(name string) {
		i, ok := index[name]
		if !ok || seen[name] {
			return
		}
		seen[name] = true
		switch f := &files[i]; {
		case path.Ext(name) == ".woff2":
			f.visit = visitFonts
			b.fonts = append(b.fonts, *f)
		case path.Ext(name) == ".css":
			f.visit = visitPage
			b.style = *f
		case name == entry:
			f.visit = visitPage
			b.script = *f
		case path.Ext(name) == ".js":
			f.visit = visitPage
			b.imports = append(b.imports, *f)
		default:
			return
		}
		for _, im := range meta.Outputs[name].Imports {
			if im.Kind != "dynamic-import" {
				follow(im.Path)
			}
		}
		if css := meta.Outputs[name].CSSBundle; css != "" {
			follow(css)
		}
	}
	follow(entry)
	byName := func(a, b file) int { return cmp.Compare(a.name, b.name) }
	slices.SortFunc(b.imports, byName)
	slices.SortFunc(b.fonts, byName)
	b.files = files
	return b, nil
}
