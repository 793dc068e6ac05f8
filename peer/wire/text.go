package wire

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits in runes, beside the limits in bytes: what people see is what counts.
const (
	MaxNameRunes = 32
	MaxTextRunes = 500
)

// maxMarks is how many combining marks one letter may carry. Written languages
// need up to four; more is drawn over the neighbours' lines.
const maxMarks = 4

// maxBreaks is how many line breaks a chat line may have. Those after them are
// spaces: one person's line must not push everybody else's out of sight.
const maxBreaks = 12

// CleanText makes a chat line safe to show beside others: no control
// characters, no overrides of the writing direction, no invisible characters,
// letters and their accents in one form, white space at its ends gone, at most
// [MaxTextRunes] and [MaxText]. It may come out empty. The rules are those of
// RFC 8264's FreeformClass, narrowed by what chat rooms have been teased with.
func CleanText(s string) string {
	breaks := 0
	s = strings.Map(func(r rune) rune {
		if r == '\n' {
			if breaks++; breaks > maxBreaks {
				return ' '
			}
		}
		if r == utf8.RuneError || hidden(r) || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(short(compose(s), MaxTextRunes, MaxText))
}

// CleanName does the same for a name, which has one line, no joiners and no
// runs of spaces, so that two names that look alike are alike.
func CleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == 0x2028 || r == 0x2029:
			return ' '
		case r == utf8.RuneError, hidden(r), unicode.IsControl(r), joiner(r), r >= 0xfe00 && r <= 0xfe0f, blank(r):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	return strings.TrimSpace(short(compose(s), MaxNameRunes, MaxName))
}

// short keeps to the limits of runes, bytes and marks.
func short(s string, runes, bytes int) string {
	var b strings.Builder
	n, marks := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
			if marks++; marks > maxMarks {
				continue
			}
		case joiner(r): // does not end what it joins
		default:
			marks = 0
		}
		if n == runes || b.Len()+utf8.RuneLen(r) > bytes {
			break
		}
		b.WriteRune(r)
		n++
	}
	return b.String()
}

// joiner are the characters that only say how their neighbours are drawn.
func joiner(r rune) bool { return r >= 0x200c && r <= 0x200f }

// hidden are the characters that change what is around them without being
// seen: bidirectional overrides and isolates, zero-width ones, tags.
func hidden(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f ||
		r == 0xfeff || r == 0x200b || r == 0x2028 || r == 0x2029 || r == 0x061c ||
		r == 0x00ad || r == 0x180e || r >= 0xfff9 && r <= 0xfffb ||
		r >= 0xe0000 && r <= 0xe0fff
}

// blank are letters to Unicode and nothing to the eye: the fillers of Hangul
// and the empty pattern of Braille. A name of them is no name.
func blank(r rune) bool {
	return r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0 || r == 0x2800
}
