package media

import (
	"bytes"
	"net/http"
	"strings"
)

// Kind is what a file looks like from its first bytes.
type Kind uint8

// Odd may be a film, in a container that is not known here.
const (
	Odd Kind = iota
	Film
	NoFilm
)

// SniffLength is how many bytes Sniff wants to see: a few packets of a
// transport stream.
const SniffLength = 1024

// Sniff tells what a file that begins with head looks like. It knows the
// containers that people keep films and music in, and what is plainly neither:
// text, pictures, documents, archives, programs.
func Sniff(head []byte) Kind {
	for _, c := range containers {
		if c.begins(head) {
			return Film
		}
	}
	if brand, ok := brandOf(head); ok {
		// ISO/IEC 23008-12: a still picture in a film's container.
		if still := "|avif|heic|heix|mif1|"; strings.Contains(still, "|"+brand+"|") {
			return NoFilm
		}
		return Film
	}
	if isTransportStream(head) {
		return Film
	}
	// https://mimesniff.spec.whatwg.org/
	kind, _, _ := strings.Cut(http.DetectContentType(head), "/")
	switch {
	case kind == "video" || kind == "audio":
		return Film
	case kind == "text" || kind == "image" || kind == "font" || len(head) == 0:
		return NoFilm
	}
	for _, magic := range []string{"%PDF-", "%!PS-", "PK\x03\x04", "\x1f\x8b", "Rar!", "7z\xbc\xaf", "BZh", "\xfd7zXZ", "\x28\xb5\x2f\xfd", "\x7fELF", "MZ", "\x00asm", "\xcf\xfa\xed\xfe", "SQLite format 3"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return NoFilm
		}
	}
	return Odd
}

// container is a signature at a place.
type container struct {
	at    int
	magic string
}

func (c container) begins(head []byte) bool {
	return len(head) >= c.at && bytes.HasPrefix(head[c.at:], []byte(c.magic))
}

// containers are those that the MIME sniffing standard leaves out, and those
// for which it wants more than their signature.
var containers = []container{
	{0, "\x1a\x45\xdf\xa3"},                                         // Matroska, WebM (RFC 8794)
	{0, "OggS"},                                                     // RFC 3533
	{4, "moov"}, {4, "mdat"}, {4, "wide"}, {4, "free"}, {4, "skip"}, // QuickTime from before ftyp
	{0, "fLaC"},                                       // RFC 9639
	{0, "ID3"},                                        // MP3
	{0, "\xff\xfb"}, {0, "\xff\xf3"}, {0, "\xff\xf2"}, // MP3 without tags
	{0, "\xff\xf1"}, {0, "\xff\xf9"}, // AAC in ADTS
	{0, "\x00\x00\x01\xba"},                 // MPEG program stream
	{0, "\x00\x00\x01\xb3"},                 // MPEG video
	{0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"}, // ASF: WMV, WMA
	{0, "FLV\x01"},
	{0, ".RMF"}, // RealMedia
}

// brandOf reads the major brand of an ISO base media file (ISO/IEC 14496-12
// section 4.3): MP4, MOV, M4A, 3GP.
func brandOf(head []byte) (string, bool) {
	if len(head) < 12 || string(head[4:8]) != "ftyp" {
		return "", false
	}
	return string(head[8:12]), true
}

// isTransportStream looks for the sync bytes of MPEG-TS (ISO/IEC 13818-1
// section 2.4.3.2), of Blu-ray's form of it too, which has four bytes more.
func isTransportStream(head []byte) bool {
	for _, form := range []struct{ first, every int }{{0, 188}, {4, 192}} {
		n := 0
		for at := form.first; at < len(head) && head[at] == 0x47; at += form.every {
			n++
		}
		if n >= 3 {
			return true
		}
	}
	return false
}
