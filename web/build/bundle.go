package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundle is the page without its HTML: which files there are, and which of them a first visit waits for.
type bundle struct {
	files   []file
	script  file   // the entry, a module
	style   file   // everything that the entry imports as CSS
	evening file   // the theatre's style: nothing on the first screen
	imports []file // what the entry imports statically, to be preloaded beside it
	fonts   []file // what the style names
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

const (
	entryPoint   = "src/main.tsx"
	eveningPoint = "src/styles/evening.css"
)

func bundlePage(root, web string) (bundle, error) {
	out := filepath.Join(web, "dist")
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     web,
		EntryPoints:       []string{entryPoint, eveningPoint},
		Outdir:            out,
		PublicPath:        "/",
		EntryNames:        "assets/[name]-[hash]",
		ChunkNames:        "assets/[name]-[hash]",
		AssetNames:        "assets/[name]-[hash]",
		Bundle:            true,
		Splitting:         true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		Platform:          api.PlatformBrowser,
		JSX:               api.JSXAutomatic,
		JSXImportSource:   "preact",
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone,
		Sourcemap:         api.SourceMapLinked, // a file of their own: only developer tools ask for it
		Metafile:          true,
		LogLevel:          api.LogLevelSilent, // reported below, once
		Loader: map[string]api.Loader{
			".svg":   api.LoaderText,
			".woff2": api.LoaderFile,
			".webp":  api.LoaderFile,
			".jpg":   api.LoaderFile,
			".png":   api.LoaderFile,
			".vtt":   api.LoaderFile,
		},
		Define:  map[string]string{"process.env.NODE_ENV": `"production"`},
		Plugins: []api.Plugin{wasmExec(root)},
	})
	if len(result.Errors) > 0 {
		text := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return bundle{}, fmt.Errorf("esbuild:\n%s", strings.Join(text, ""))
	}
	for _, text := range api.FormatMessages(result.Warnings, api.FormatMessagesOptions{Kind: api.WarningMessage}) {
		fmt.Fprint(os.Stderr, text)
	}
	var meta metafile
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return bundle{}, fmt.Errorf("esbuild's metafile: %w", err)
	}
	var files []file
	for _, f := range result.OutputFiles {
		rel, err := filepath.Rel(out, f.Path)
		if err != nil {
			return bundle{}, err
		}
		files = append(files, file{name: filepath.ToSlash(rel), data: f.Contents})
	}
	return sortBundle(files, meta)
}

// sortBundle finds the first visit in what esbuild made: the entry, what it imports without import(), its style and
// the style's fonts. The metafile's paths are relative to web/.
func sortBundle(files []file, meta metafile) (bundle, error) {
	index := map[string]int{}
	for i, f := range files {
		index["dist/"+f.name] = i
	}
	entry := ""
	var b bundle
	for name, o := range meta.Outputs {
		i, made := index[name]
		switch {
		case o.EntryPoint == entryPoint && path.Ext(name) == ".js":
			entry = name
		case o.EntryPoint == eveningPoint && made:
			b.evening = files[i]
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
