package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func site(sample string) http.Handler {
	return Handler(Config{Sample: sample, Files: fstest.MapFS{
		"index.html":               &fstest.MapFile{Data: []byte(`<!doctype html><html lang="en"><p>hello`)},
		"index.html.br":            &fstest.MapFile{Data: []byte("BR")},
		"index.fr.html":            &fstest.MapFile{Data: []byte(`<!doctype html><html lang="fr"><p>hello`)},
		"index.fr.html.br":         &fstest.MapFile{Data: []byte("BR, en français")},
		"index.pt-BR.html":         &fstest.MapFile{Data: []byte(`<!doctype html><html lang="pt-BR"><p>hello`)},
		"assets/main-ABC123.js":    &fstest.MapFile{Data: []byte("let a")},
		"assets/main-ABC123.js.br": &fstest.MapFile{Data: []byte("JSBR")},
		"assets/main-ABC123.js.gz": &fstest.MapFile{Data: []byte("JSGZ")},
		"assets/toile-ABC123.wasm": &fstest.MapFile{Data: []byte("\x00asm")},
		"assets/sans-ABC123.woff2": &fstest.MapFile{Data: []byte("wOF2")},
		".keep":                    &fstest.MapFile{Data: []byte("x")},
	}})
}

func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://toile.example:8080"+path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestSmallestFormThatTheBrowserTakes(t *testing.T) {
	for accept, want := range map[string]string{
		"gzip, deflate, br": "JSBR", "gzip": "JSGZ", "": "let a", "br;q=0, gzip;q=0.5": "JSGZ", "zstd": "let a",
	} {
		w := get(site(""), "/assets/main-ABC123.js", "Accept-Encoding", accept)
		if got := w.Body.String(); got != want {
			t.Errorf("for %q: got %q, want %q", accept, got, want)
		}
		if w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("for %q: a cache is not told that the answer depends on it", accept)
		}
	}
}

func TestHashedFilesAreKeptForEverAndThePageIsNot(t *testing.T) {
	if got := get(site(""), "/assets/main-ABC123.js").Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("a hashed file: %q", got)
	}
	w := get(site(""), "/")
	if got := w.Header().Get("Cache-Control"); got != "no-cache" {
		t.Errorf("the page: %q", got)
	}
	if w := get(site(""), "/", "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Errorf("the page again, unchanged: %d", w.Code)
	}
}

func TestTypesThatBrowsersInsistOn(t *testing.T) {
	for path, want := range map[string]string{
		"/assets/toile-ABC123.wasm": "application/wasm", "/assets/sans-ABC123.woff2": "font/woff2",
		"/assets/main-ABC123.js": "text/javascript; charset=utf-8", "/": "text/html; charset=utf-8",
	} {
		if got := get(site(""), path).Header().Get("Content-Type"); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

func TestPageSpeaksTheFirstLanguageOfOurs(t *testing.T) {
	for accept, want := range map[string]string{
		"": "en", "fr-CA,fr;q=0.9,en;q=0.8": "fr", "de,en;q=0.5,fr;q=0.4": "en", "ja": "en",
		"pt-BR,pt;q=0.9": "pt-BR", "pt-PT, fr": "fr",
	} {
		if got := get(site(""), "/", "Accept-Language", accept).Body.String(); !strings.Contains(got, `lang="`+want+`"`) {
			t.Errorf("for %q: %q, want %s", accept, got, want)
		}
	}
}

func TestEveryLanguagesPageIsCompressedAndHasNoAddressOfItsOwn(t *testing.T) {
	w := get(site(""), "/", "Accept-Language", "fr", "Accept-Encoding", "br")
	if got := w.Body.String(); got != "BR, en français" || w.Header().Get("Content-Encoding") != "br" {
		t.Errorf("got %q as %q", got, w.Header().Get("Content-Encoding"))
	}
	if got := w.Header().Values("Vary"); !slices.Contains(got, "Accept-Language") {
		t.Errorf("Vary is %q", got)
	}
	if w := get(site(""), "/index.fr.html"); w.Code != http.StatusNotFound {
		t.Errorf("/index.fr.html: %d", w.Code)
	}
}

func TestEveryAnswerIsUnderTheSamePolicy(t *testing.T) {
	for _, path := range []string{"/", "/assets/main-ABC123.js", "/config.json", "/nothing"} {
		h := get(site(""), path).Header()
		csp := h.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval';", "style-src 'self';",
			"require-trusted-types-for 'script'", "ws://toile.example:8080", "frame-ancestors 'none'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: the policy lacks %q: %s", path, want, csp)
			}
		}
		if strings.Contains(csp, "unsafe-inline") || strings.Contains(csp, " http:") {
			t.Errorf("%s: the policy is too wide: %s", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cross-Origin-Opener-Policy") != "same-origin" {
			t.Errorf("%s: headers are missing: %v", path, h)
		}
	}
}

func TestHostHeaderCannotWidenThePolicy(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = "x; script-src *"
	w := httptest.NewRecorder()
	site("").ServeHTTP(w, r)
	if got := w.Header().Get("Content-Security-Policy"); strings.Contains(got, "script-src *") {
		t.Errorf("the policy is %s", got)
	}
}

func TestPlainFilmsAreForPrivatePagesOnly(t *testing.T) {
	for host, want := range map[string]bool{"localhost:8080": true, "192.168.1.5": true, "[::1]:80": true, "toile.example": false, "8.8.8.8": false} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		site("").ServeHTTP(w, r)
		if got := strings.Contains(w.Header().Get("Content-Security-Policy"), " http:"); got != want {
			t.Errorf("%s may show films without TLS: %v, want %v", host, got, want)
		}
	}
}

func TestSampleFilmIsServedInParts(t *testing.T) {
	film := filepath.Join(t.TempDir(), "film.mp4")
	if err := os.WriteFile(film, []byte("0123456789"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := get(site(film), samplePath, "Range", "bytes=2-4")
	if w.Code != http.StatusPartialContent || w.Body.String() != "234" {
		t.Errorf("got %d %q", w.Code, w.Body.String())
	}
	if got := get(site(film), "/config.json").Body.String(); !strings.Contains(got, samplePath) || !strings.Contains(got, "Blender") {
		t.Errorf("the page is told %s", got)
	}
	if got := get(site(""), "/config.json").Body.String(); got != `{"sample":null}` {
		t.Errorf("without a sample the page is told %s", got)
	}
	if got := get(site(""), samplePath).Code; got != http.StatusNotFound {
		t.Errorf("without a sample its address answers %d", got)
	}
}

func TestUnbuiltPageSaysHowToBuildIt(t *testing.T) {
	w := get(Handler(Config{Files: fstest.MapFS{}}), "/")
	if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("got %d %q", w.Code, w.Body.String())
	}
}

func TestPlaceholderIsNotServed(t *testing.T) {
	if got := get(site(""), "/.keep").Code; got != http.StatusNotFound {
		t.Errorf("got %d", got)
	}
}

func FuzzHeadersOfARequest(f *testing.F) {
	f.Add("toile.example", "br;q=0, gzip", "fr-CA,fr;q=0.9", "/")
	f.Add("a;b\r\nc", "br", "", "/assets/../index.html")
	h := Handler(Config{Files: fstest.MapFS{"index.html": {Data: []byte(`<html lang="en">`)}, "assets/a.js": {Data: []byte("1")}, "assets/a.js.br": {Data: []byte("2")}}})
	f.Fuzz(func(t *testing.T, host, encoding, language, path string) {
		r := &http.Request{Method: http.MethodGet, Host: host, URL: &url.URL{Path: path}, Header: http.Header{"Accept-Encoding": {encoding}, "Accept-Language": {language}}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		policy := w.Header().Get("Content-Security-Policy")
		if strings.Count(policy, ";") != 13 || strings.ContainsAny(policy, "\r\n,") {
			t.Errorf("for the host %q the policy is %q", host, policy)
		}
		if w.Code == http.StatusOK && w.Body.Len() == 0 {
			t.Errorf("%q is answered with nothing", path)
		}
	})
}
