package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// fillPage writes the hashed names into web/index.html. It knows these placeholders, and fails on any other:
//
//	{{lang}}                    the language's tag
//	{{css}} {{css-integrity}}   the style's URL and its integrity value
//	{{evening-css}} {{evening-css-integrity}}   the theatre's style's
//	{{js}} {{js-integrity}}     the entry module's
//	{{wasm}}                    the peer's URL, for <meta name="toile-wasm">
//	{{preload}}                 <link>s for the fonts, for the modules that the entry imports, and for the language's words
//
// The page in English, which is every other's too while its own words do not come, is index.html; one in French is
// index.fr.html.
func fillPage(template, tag string, b bundle, wasm file) (file, error) {
	values := map[string]string{
		"lang":                  tag,
		"css":                   b.style.url(),
		"css-integrity":         integrity(b.style.data),
		"evening-css":           b.evening.url(),
		"evening-css-integrity": integrity(b.evening.data),
		"js":                    b.script.url(),
		"js-integrity":          integrity(b.script.data),
		"wasm":                  wasm.url(),
		"preload":               preloads(b, tag),
	}
	if wasm.name == "" {
		values["wasm"] = ""
	}
	var err error
	page := placeholder.ReplaceAllStringFunc(template, func(m string) string {
		key := placeholder.FindStringSubmatch(m)[1]
		v, ok := values[key]
		if !ok {
			err = fmt.Errorf("web/index.html: unknown placeholder %s", m)
		}
		return v
	})
	if err != nil {
		return file{}, err
	}
	for _, needed := range []file{b.style, b.evening, b.script, wasm} {
		if !strings.Contains(page, needed.url()) {
			return file{}, fmt.Errorf("web/index.html does not name %s: a placeholder is missing", needed.url())
		}
	}
	f := file{name: "index.html", data: []byte(page), visit: visitPage}
	if tag != "en" {
		f.name, f.visit = "index."+tag+".html", visitLater // it is sent instead
	}
	return f, nil
}

func preloads(b bundle, tag string) string {
	var lines []string
	for _, f := range b.fonts {
		// Fonts are fetched in CORS mode, so a preload without crossorigin would be a second download.
		lines = append(lines, fmt.Sprintf(`<link rel="preload" href="%s" as="font" type="font/woff2" crossorigin>`, f.url()))
	}
	modules := b.imports
	if words, others := b.words[tag]; others {
		modules = append(slices.Clone(modules), words)
	}
	for _, f := range modules {
		lines = append(lines, fmt.Sprintf(`<link rel="modulepreload" href="%s" integrity="%s">`, f.url(), integrity(f.data)))
	}
	return strings.Join(lines, "\n")
}
