package main

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/toile-party/toile/peer/media"
	"github.com/toile-party/toile/peer/wire"
)

var errNotFile = errors.New("not a file")

// film tells what a host shows: an address that every guest loads, or a file
// of which every guest has a copy.
func film(ctx context.Context, arg string) (wire.Media, error) {
	if u, err := url.Parse(arg); err == nil && (u.Scheme == "https" || u.Scheme == "http") {
		if u.Host == "" || u.User != nil || len(arg) > wire.MaxURL {
			return wire.Media{}, errors.New("address")
		}
		m := wire.Media{Kind: wire.MediaURL, URL: arg, Title: title(path.Base(u.Path))}
		m.Duration, _ = media.DurationAt(ctx, arg) // the browsers will tell the rest
		return m, nil
	}
	st, err := os.Stat(arg)
	if err != nil {
		return wire.Media{}, err
	}
	if !st.Mode().IsRegular() {
		return wire.Media{}, errNotFile
	}
	m := wire.Media{Kind: wire.MediaFile, Name: cut(filepath.Base(arg)), Size: st.Size()}
	m.Title = title(m.Name)
	f, err := os.Open(arg)
	if err != nil {
		return wire.Media{}, err
	}
	defer f.Close()
	m.Duration, _ = media.Duration(f, st.Size())
	return m, nil
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
		return "", "", errors.New("address")
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
