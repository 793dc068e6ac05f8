package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"unicode/utf16"
)

// Where a canary may turn up.
const (
	onWire = iota
	inLog
	inMemory
	places_
)

// haystacks are the bytes of each place.
type haystacks [places_][][]byte

func (h haystacks) size(place int) (n int) {
	for _, b := range h[place] {
		n += len(b)
	}
	return n
}

// canary is something to look for.
type canary struct {
	what string
	text []byte
}

// forms are the ways in which a canary may be written down: as it is, in
// hexadecimal, in base64 at each of its three alignments and with either
// alphabet, as UTF-16, and escaped as in a URL.
func (c canary) forms() (list [][]byte) {
	add := func(b []byte) {
		for _, have := range list {
			if bytes.Equal(have, b) {
				return
			}
		}
		if len(b) >= 4 { // shorter ones turn up by chance
			list = append(list, b)
		}
	}
	add(c.text)
	add([]byte(hex.EncodeToString(c.text)))
	add(bytes.ToUpper([]byte(hex.EncodeToString(c.text))))
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 {
			if len(c.text) <= shift+3 {
				continue
			}
			// The characters that depend on this text alone.
			part := c.text[shift:]
			part = part[:len(part)/3*3]
			add([]byte(enc.EncodeToString(part)))
		}
	}
	var wide []byte
	for _, u := range utf16.Encode([]rune(string(c.text))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	if bytes.IndexFunc(c.text, func(r rune) bool { return r == 0xfffd || r < ' ' }) < 0 {
		add(wide)
		add([]byte(url.QueryEscape(string(c.text))))
		add([]byte(url.PathEscape(string(c.text))))
	}
	return list
}

// count tells how often the canary is in each place.
func (c canary) count(h haystacks) (n [places_]int) {
	for _, form := range c.forms() {
		for place, list := range h {
			for _, b := range list {
				n[place] += bytes.Count(b, form)
			}
		}
	}
	return n
}

// report looks for each canary and prints what it found; it returns the sums.
func report(out io.Writer, title string, canaries []canary, h haystacks) (sum [places_]int) {
	fmt.Fprintf(out, "%-52s %6s %6s %6s\n", title, "wire", "log", "memory")
	for _, c := range canaries {
		n := c.count(h)
		for place := range sum {
			sum[place] += n[place]
		}
		text := string(c.text)
		if bytes.IndexFunc(c.text, func(r rune) bool { return r == 0xfffd || r < ' ' }) >= 0 {
			text = hex.EncodeToString(c.text)
		}
		if len(text) > 30 {
			text = text[:27] + "..."
		}
		fmt.Fprintf(out, "  %-19s %-30s %6d %6d %6d\n", c.what, text, n[onWire], n[inLog], n[inMemory])
	}
	return sum
}
