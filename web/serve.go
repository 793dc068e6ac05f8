package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// Config is what the page is served with.
type Config struct {
	// Sample is the file of a film to offer for trying Toile out; "": none.
	Sample string
	// Files is what to serve, whose files can seek and need no closing, as
	// embedded ones; nil: what was built into this binary.
	Files fs.FS
}

const samplePath = "/sample/big-buck-bunny.mp4"

// asset is one file of the page in all the forms it is kept in.
type asset struct {
	plain, br, gz form
	kind          string
	forever       bool // its name has its hash
	etag          string
}

// form is where the bytes of a file are. They are in the binary already, and
// to read all of them into memory beside it would double them.
type form struct {
	open func() io.ReadSeeker // nil: there is no such form
	size int64
}

func (h *handler) form(name string) form {
	st, err := fs.Stat(h.cfg.Files, name)
	if err != nil {
		return form{}
	}
	return form{size: st.Size(), open: func() io.ReadSeeker {
		if f, err := h.cfg.Files.Open(name); err == nil {
			if seeker, ok := f.(io.ReadSeeker); ok {
				return seeker
			}
		}
		return bytes.NewReader(nil)
	}}
}

type handler struct {
	cfg    Config
	assets map[string]*asset
	pages  map[string]*asset // by language: index.html is in English, index.fr.html in French
	config []byte
}

// Handler serves the page: precompressed, what has its hash in its name for
// ever, and everything with headers that let the page do what it needs and no
// more.
func Handler(cfg Config) http.Handler {
	if cfg.Files == nil {
		cfg.Files, _ = fs.Sub(dist, "dist")
	}
	h := &handler{cfg: cfg, assets: map[string]*asset{}, pages: map[string]*asset{}}
	fs.WalkDir(cfg.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			h.add(name)
		}
		return nil
	})
	type sample struct {
		URL    string `json:"url"`
		Title  string `json:"title"`
		Credit string `json:"credit"`
	}
	about := struct {
		Sample *sample `json:"sample"`
	}{}
	if cfg.Sample != "" {
		about.Sample = &sample{samplePath, "Big Buck Bunny", "© Blender Foundation, CC BY 3.0"}
	}
	h.config, _ = json.Marshal(about)
	return h
}

func (h *handler) add(name string) {
	ext := path.Ext(name)
	if ext == ".br" || ext == ".gz" || strings.HasPrefix(path.Base(name), ".") {
		return
	}
	a := &asset{plain: h.form(name), br: h.form(name + ".br"), gz: h.form(name + ".gz"), kind: contentType(ext)}
	a.forever = strings.HasPrefix(name, "assets/")
	a.etag = etag(a.plain)
	if name == "index.html" {
		h.pages["en"] = a
	} else if tag, ok := strings.CutPrefix(name, "index."); ok {
		h.pages[strings.ToLower(strings.TrimSuffix(tag, ext))] = a
	} else {
		h.assets["/"+name] = a
	}
}

func etag(f form) string {
	sum := sha256.New()
	io.Copy(sum, f.open())
	return `"` + base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

// contentType does not depend on what the machine's own tables say.
func contentType(ext string) string {
	switch ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".wasm":
		return "application/wasm" // compiled while it streams
	case ".woff2":
		return "font/woff2"
	case ".webp":
		return "image/webp"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	case ".map":
		return "application/json"
	}
	if t := mime.TypeByExtension(ext); t != "" {
		return t
	}
	return "application/octet-stream"
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), r)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD.", http.StatusMethodNotAllowed)
		return
	}
	switch r.URL.Path {
	case "/", "/index.html":
		h.page(w, r)
		return
	case "/config.json":
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache")
		w.Write(h.config)
		return
	case samplePath:
		if h.cfg.Sample != "" {
			w.Header().Set("Cache-Control", "public, max-age=86400")
			http.ServeFile(w, r, h.cfg.Sample)
			return
		}
	}
	a := h.assets[r.URL.Path]
	if a == nil {
		http.Error(w, "There is nothing at this address. Toile's page is at /", http.StatusNotFound)
		return
	}
	if a.forever {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	send(w, r, a)
}

func (h *handler) page(w http.ResponseWriter, r *http.Request) {
	a := h.pages[h.language(r.Header.Get("Accept-Language"))]
	if a == nil {
		http.Error(w, "The page is not built into this server. Build it with: make build", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Add("Vary", "Accept-Language")
	send(w, r, a)
}

// send sends an asset in the smallest form that the browser takes.
func send(w http.ResponseWriter, r *http.Request, a *asset) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Add("Vary", "Accept-Encoding")
	body, tag := a.plain, a.etag
	switch {
	case a.br.open != nil && accepts(r, "br"):
		body, tag = a.br, strings.TrimSuffix(tag, `"`)+`-br"`
		h.Set("Content-Encoding", "br")
	case a.gz.open != nil && accepts(r, "gzip"):
		body, tag = a.gz, strings.TrimSuffix(tag, `"`)+`-gz"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", tag)
	if h.Get("Content-Encoding") != "" { // ServeContent leaves the length of encoded bodies out
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		h.Set("Content-Length", strconv.FormatInt(body.size, 10))
		if r.Method != http.MethodHead {
			io.Copy(w, body.open())
		}
		return
	}
	http.ServeContent(w, r, "", time.Time{}, body.open())
}

// accepts reads Accept-Encoding (RFC 9110 section 12.5.3).
func accepts(r *http.Request, coding string) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && !strings.HasPrefix(q, "q=0.000")
		}
	}
	return false
}

// language takes the first of ours that the browser names; people order them.
func (h *handler) language(accept string) string {
	for part := range strings.SplitSeq(strings.ToLower(accept), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		lang, _, _ := strings.Cut(tag, "-")
		for _, l := range []string{tag, lang} {
			if h.pages[l] != nil {
				return l
			}
		}
	}
	return "en"
}

// secure sets what the page may do: run its own scripts and wasm, speak to its
// own server, and show films. Nothing inline, no frames round it, and no HTML
// or script made from text: the one policy of src/offline.ts lets the service
// worker's address through.
func secure(h http.Header, r *http.Request) {
	connect, media := "'self'", "'self' blob: https:"
	if host := hostPort(r.Host); host != "" {
		connect += " ws://" + host + " wss://" + host // old Safari does not count them to 'self'
		if private(host) {
			media += " http:" // a page without TLS at home may show a film without TLS from home
		}
	}
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "+
		"img-src 'self' data:; font-src 'self'; media-src "+media+"; connect-src "+connect+"; worker-src 'self'; "+
		"manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "+
		"require-trusted-types-for 'script'; trusted-types toile")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), "+
		"payment=(), browsing-topics=(), autoplay=(self), fullscreen=(self), picture-in-picture=(self)")
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		h.Set("Strict-Transport-Security", "max-age=63072000")
	}
}

// hostPort lets only a plain host through into a header.
func hostPort(host string) string {
	if strings.ContainsFunc(host, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(".-:[]", r))
	}) {
		return ""
	}
	return host
}

func private(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && (ip.IsLoopback() || ip.IsPrivate())
}
