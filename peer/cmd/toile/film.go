package main

import (
	"context"
	"errors"
	"io"
	"net/netip"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/toile-party/toile/peer/media"
	"github.com/toile-party/toile/peer/wire"
)

// What keeps a film from being shown, beside what the system says. The
// sentences are in words.
var (
	errNotFile = errors.New("not a file")
	errNotFilm = errors.New("no film")
	errAddress = errors.New("not an address")
)

// film tells what a host shows: an address that every guest loads, or a file
// of which every guest has a copy. It errs for a file that plainly holds no
// film; one that only may hold none is odd.
func film(ctx context.Context, arg string) (m wire.Media, odd bool, err error) {
	if u, err := url.Parse(arg); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		if u.Host == "" || u.User != nil || len(arg) > wire.MaxURL {
			return m, false, errAddress
		}
		m = wire.Media{Kind: wire.MediaURL, URL: arg, Title: title(path.Base(u.Path))}
		m.Duration, _ = media.DurationAt(ctx, arg) // the browsers will tell the rest
		return m, false, nil
	}
	st, err := os.Stat(arg) // before it is opened: that of a pipe would wait
	if err != nil {
		return m, false, err
	}
	if !st.Mode().IsRegular() {
		return m, false, errNotFile
	}
	f, err := os.Open(arg)
	if err != nil {
		return m, false, err
	}
	defer f.Close()
	head := make([]byte, media.SniffLength)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return m, false, err
	}
	kind := media.Sniff(head[:n])
	if kind == media.NoFilm {
		return m, false, errNotFilm
	}
	m = wire.Media{Kind: wire.MediaFile, Name: cut(filepath.Base(arg)), Size: st.Size()}
	m.Title = title(m.Name)
	m.Duration, _ = media.Duration(f, st.Size())
	return m, kind == media.Odd, nil
}

// title makes a file's name something to read.
func title(name string) string {
	if s, err := url.PathUnescape(name); err == nil {
		name = s
	}
	name = strings.TrimSuffix(name, path.Ext(name))
	return cut(strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ", ".", " ").Replace(name)))
}

func cut(s string) string {
	for len(s) > wire.MaxTitle {
		s = strings.ToValidUTF8(s[:len(s)-1], "")
	}
	return s
}

// addresses turns a page's address into the WebSocket's and the one to share.
func addresses(page string) (ws, share string, err error) {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", "", errAddress
	}
	u.Fragment, u.RawQuery = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	share = u.String()
	u.Scheme = map[string]string{"http": "ws", "https": "wss"}[u.Scheme]
	u.Path = "/ws"
	return u.String(), share, nil
}

// pageOf finds the page's address in an invitation that came as one.
func pageOf(link string) (string, bool) {
	for _, word := range strings.Fields(link) {
		before, _, ok := strings.Cut(word, "#")
		if _, _, err := addresses(before); ok && err == nil {
			return before, true
		}
	}
	return "", false
}

// atHome tells whether a page's address is of this machine or its own network.
// Whoever comes by it is in that network too, so that private addresses tell
// them nothing and are the only way to them: no STUN server in there sees
// another. Only how the address is written counts, never what DNS or a server
// answers, so that no stranger can turn this on; and whoever made a link with
// such an address can see no more by it than what is in that network.
func atHome(page string) bool {
	u, err := url.Parse(page)
	if err != nil {
		return false
	}
	name := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".local") {
		return true // RFC 6761 section 6.3, RFC 6762 section 3
	}
	a, err := netip.ParseAddr(name)
	a = a.Unmap()
	return err == nil && (a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast())
}
