package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io"
	"net/url"
	"testing"
	"unicode/utf16"
)

func TestCanaryIsFoundHoweverItIsWritten(t *testing.T) {
	c := canary{"name", []byte("Zoé & the canary/99")}
	var wide []byte
	for _, u := range utf16.Encode([]rune(string(c.text))) {
		wide = binary.LittleEndian.AppendUint16(wide, u)
	}
	for name, b := range map[string][]byte{
		"plain": c.text, "hexadecimal": []byte(hex.EncodeToString(c.text)), "HEXADECIMAL": bytes.ToUpper([]byte(hex.EncodeToString(c.text))),
		"UTF-16": wide, "a query": []byte(url.QueryEscape(string(c.text))), "a path": []byte(url.PathEscape(string(c.text))),
		"base64":      []byte(base64.StdEncoding.EncodeToString(append([]byte("abc"), c.text...))),
		"base64 by 1": []byte(base64.StdEncoding.EncodeToString(append([]byte("a"), c.text...))),
		"base64 by 2": []byte(base64.URLEncoding.EncodeToString(append([]byte("ab"), append(c.text, "tail"...)...))),
	} {
		if n := c.count(haystacks{inMemory: {append([]byte("...."), b...)}}); n[inMemory] == 0 {
			t.Errorf("as %s it is not found", name)
		}
	}
	if n := c.count(haystacks{{c.text[1:]}, {[]byte("nothing")}, nil}); n != [places_]int{} {
		t.Errorf("found where it is not: %v", n)
	}
}

func TestReportCountsEveryPlace(t *testing.T) {
	h := haystacks{{[]byte("a canary")}, {[]byte("canary canary")}, nil}
	if got, want := report(io.Discard, "", []canary{{"x", []byte("canary")}}, h), [places_]int{1, 2, 0}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMasksAreTakenOffFrames(t *testing.T) {
	const head = "GET /ws HTTP/1.1\r\nHost: x\r\n\r\n"
	masked := func(text string) []byte {
		mask := [4]byte{0x11, 0x22, 0x33, 0x44}
		b := []byte{0x82, 0x80 | byte(len(text))}
		if len(text) > 125 {
			b = []byte{0x82, 0x80 | 126, byte(len(text) >> 8), byte(len(text))}
		}
		b = append(b, mask[:]...)
		for i := range len(text) {
			b = append(b, text[i]^mask[i%4])
		}
		return b
	}
	long := string(bytes.Repeat([]byte("canary "), 100))
	stream := append([]byte(head), masked("short")...)
	stream = append(append(stream, masked(long)...), 0x82, 5, 'p', 'l', 'a', 'i', 'n')
	got := frames(stream)
	if len(got) != 3 || string(got[0]) != "short" || string(got[1]) != long || string(got[2]) != "plain" {
		t.Errorf("got %q", got)
	}
	for n := range stream {
		frames(stream[:n]) // cut short anywhere
	}
}
