package media

import (
	"bytes"
	"strings"
	"testing"
)

func packets(first, every int) string {
	b := bytes.Repeat([]byte{0xff}, SniffLength)
	for at := first; at < len(b); at += every {
		b[at] = 0x47
	}
	return string(b)
}

func TestFilmsAreToldFromWhatIsNone(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       Kind
	}{
		{"mp4", "\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41", Film},
		{"mov", "\x00\x00\x00\x14ftypqt  ", Film},
		{"m4a", "\x00\x00\x00\x1cftypM4A ", Film},
		{"old mov", "\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", Film},
		{"webm, mkv", "\x1a\x45\xdf\xa3\x9fB\x86\x81\x01", Film},
		{"ogg", "OggS\x00\x02", Film},
		{"mpeg-ts", packets(0, 188), Film},
		{"m2ts", packets(4, 192), Film},
		{"mpeg-ps", "\x00\x00\x01\xba\x44", Film},
		{"mp3", "ID3\x04\x00", Film},
		{"mp3 without tags", "\xff\xfb\x90\x64", Film},
		{"aac", "\xff\xf1\x50\x80", Film},
		{"wav", "RIFF\x24\x00\x00\x00WAVEfmt ", Film},
		{"avi", "RIFF\x24\x00\x00\x00AVI LIST", Film},
		{"flac", "fLaC\x00", Film},
		{"flv", "FLV\x01\x05", Film},
		{"wmv", "\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", Film},

		{"nothing", "", NoFilm},
		{"a readme", "# Toile\n\nWatch a film together, each at home.\n", NoFilm},
		{"in French", "Séance à huit heures\r\n", NoFilm},
		{"a page", "<!DOCTYPE html><html>", NoFilm},
		{"subtitles", "1\n00:00:01,000 --> 00:00:02,000\nHello\n", NoFilm},
		{"a playlist", "#EXTM3U\n#EXT-X-VERSION:3\n", NoFilm},
		{"png", "\x89PNG\r\n\x1a\n", NoFilm},
		{"jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF", NoFilm},
		{"webp", "RIFF\x24\x00\x00\x00WEBPVP8 ", NoFilm},
		{"avif", "\x00\x00\x00\x20ftypavif\x00\x00\x00\x00", NoFilm},
		{"pdf", "%PDF-1.7\n%\xe2\xe3", NoFilm},
		{"zip", "PK\x03\x04\x14\x00", NoFilm},
		{"gzip", "\x1f\x8b\x08\x00", NoFilm},
		{"program", "\x7fELF\x02\x01\x01", NoFilm},

		{"noughts", strings.Repeat("\x00", SniffLength), Odd},
		{"one sync byte", "\x47" + strings.Repeat("\x01", 400), Odd},
		{"raw AV1", "\x12\x00\x0a\x0b\x00\x00\x00", Odd},
	} {
		if got := Sniff([]byte(c.head)); got != c.want {
			t.Errorf("%s is %d, want %d", c.name, got, c.want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x20ftypisom"))
	f.Add([]byte(packets(4, 192)))
	f.Fuzz(func(t *testing.T, head []byte) {
		if k := Sniff(head); k > NoFilm || len(head) == 0 && k != NoFilm {
			t.Errorf("%q is %d", head, k)
		}
	})
}
