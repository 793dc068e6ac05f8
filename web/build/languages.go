package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// languagesDir is where each language is one file, named by its tag: fr.ts, pt-BR.ts.
const languagesDir = "src/text/languages"

// findLanguages tells the tags of the page's languages, in the order of the alphabet.
func findLanguages(web string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(web, filepath.FromSlash(languagesDir)))
	if err != nil {
		return nil, err
	}
	var tags []string
	for _, e := range entries {
		tag, isScript := strings.CutSuffix(e.Name(), ".ts")
		if !isScript || !tagForm.MatchString(tag) {
			return nil, fmt.Errorf("%s/%s: a language is a file named by its tag, as fr.ts", languagesDir, e.Name())
		}
		tags = append(tags, tag)
	}
	return tags, nil
}

// tagForm is as much of a language tag as a page's words can depend on: https://www.rfc-editor.org/rfc/rfc5646#section-2.1
var tagForm = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)

// parts are what a language's file exports, by when the page needs them.
var parts = map[string]string{"first": "first", "inside": "inside, emoji", "offline": "offline"}

// languages lets the page import its languages, whichever there are:
//
//	toile:languages           their tags, and a function for each part of each that is fetched when it is needed
//	toile:offline             what each says without a network
//	toile:language/TAG/PART   one part of one of them
//
// esbuild puts a file into one chunk, whatever of it is asked for. So each part is asked of a module of its own, which
// is the same file under another name, and what the part does not need of it is left out.
func languages(web string, tags []string) api.Plugin {
	file := func(tag string) string { return filepath.Join(web, filepath.FromSlash(languagesDir), tag+".ts") }
	return api.Plugin{Name: "languages", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^toile:(languages|offline|language/.*)$`},
			func(a api.OnResolveArgs) (api.OnResolveResult, error) {
				return api.OnResolveResult{Path: a.Path, Namespace: "language", SideEffects: api.SideEffectsFalse}, nil
			})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "language"},
			func(a api.OnLoadArgs) (api.OnLoadResult, error) {
				text := languageModule(strings.TrimPrefix(a.Path, "toile:"), tags)
				return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
			})
		build.OnResolve(api.OnResolveOptions{Filter: `^words:`},
			func(a api.OnResolveArgs) (api.OnResolveResult, error) {
				part, tag, _ := strings.Cut(strings.TrimPrefix(a.Path, "words:"), "/")
				return api.OnResolveResult{Path: file(tag), Namespace: part, SideEffects: api.SideEffectsFalse}, nil
			})
		for part := range parts {
			build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: part},
				func(a api.OnLoadArgs) (api.OnLoadResult, error) {
					data, err := os.ReadFile(a.Path)
					text := string(data)
					return api.OnLoadResult{Contents: &text, Loader: api.LoaderTS, ResolveDir: filepath.Dir(a.Path)}, err
				})
		}
	}}
}

// languageModule is the text of toile:name. web/vitest.config.ts makes the same for the tests.
func languageModule(name string, tags []string) string {
	var b strings.Builder
	if tag, part, one := strings.Cut(strings.TrimPrefix(name, "language/"), "/"); one {
		return fmt.Sprintf("export { %s } from %q;", parts[part], "words:"+part+"/"+tag)
	}
	if name == "offline" {
		for i, tag := range tags {
			fmt.Fprintf(&b, "import { offline as l%d } from %q;\n", i, "toile:language/"+tag+"/offline")
		}
		b.WriteString("export const offline = {")
		for i, tag := range tags {
			fmt.Fprintf(&b, "%q: l%d, ", tag, i)
		}
		return b.String() + "};"
	}
	fmt.Fprintf(&b, "export const languages = [\"%s\"];\nexport const parts = {\n", strings.Join(tags, `", "`))
	for _, tag := range tags {
		fmt.Fprintf(&b, "%q: { first: () => import(%q), inside: () => import(%q) },\n", tag, "toile:language/"+tag+"/first", "toile:language/"+tag+"/inside")
	}
	return b.String() + "};"
}
