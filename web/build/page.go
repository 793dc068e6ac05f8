package main

import (
	"fmt"
	"regexp"
	"strings"
)

var placeholder = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// fillPage writes the hashed names into web/index.html. It knows these placeholders, and fails on any other:
//
//	{{css}} {{css-integrity}}   the style's URL and its integrity value
//	{{evening-css}} {{evening-css-integrity}}   the theatre's style's
//	{{js}} {{js-integrity}}     the entry module's
//	{{wasm}}                    the peer's URL, for <meta name="toile-wasm">
//	{{preload}}                 <link>s for the fonts, and for the modules that the entry imports
func fillPage(template string, b bundle, wasm file) (string, error) {
	values := map[string]string{
		"css":                   b.style.url(),
		"css-integrity":         integrity(b.style.data),
		"evening-css":           b.evening.url(),
		"evening-css-integrity": integrity(b.evening.data),
		"js":                    b.script.url(),
		"js-integrity":          integrity(b.script.data),
		"wasm":                  wasm.url(),
		"preload":               preloads(b),
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
		return "", err
	}
	for _, needed := range []file{b.style, b.evening, b.script, wasm} {
		if !strings.Contains(page, needed.url()) {
			return "", fmt.Errorf("web/index.html does not name %s: a placeholder is missing", needed.url())
		}
	}
	return page, nil
}

func preloads(b bundle) string {
	var lines []string
	for _, f := range b.fonts {
		// Fonts are fetched in CORS mode, so a preload without crossorigin would be a second download.
		lines = append(lines, fmt.Sprintf(`<link rel="preload" href="%s" as="font" type="font/woff2" crossorigin>`, f.url()))
	}
	for _, f := range b.imports {
		lines = append(lines, fmt.Sprintf(`<link rel="modulepreload" href="%s" integrity="%s">`, f.url(), integrity(f.data)))
	}
	return strings.Join(lines, "\n")
}
