package wire

import (
	"strings"
	"unicode"
)

// reserved are the skeletons of names that the page speaks under itself, in the
// languages that it speaks. No guest sits under one: it would be read as the
// party's own word.
const reserved = " host thehost system toile server admin hôte lhôte hote lhote système systeme serveur "

// Reserved tells whether a name is one that no guest may take.
func Reserved(name string) bool {
	s := strings.Trim(Skeleton(name), "0123456789")
	return s != "" && strings.Contains(reserved, " "+s+" ")
}

// Skeleton makes names that people would take for one another equal: without
// case, spaces and punctuation, in one form of accents, look-alikes of other
// alphabets as their Latin twin. It is for comparing only, never shown. UTS 39
// (https://www.unicode.org/reports/tr39/#Confusable_Detection) has the idea;
// its whole table would weigh more than the page.
func Skeleton(name string) string {
	var b strings.Builder
	for _, r := range compose(name) {
		switch {
		case r >= 0x1d400 && r <= 0x1d6a3: // mathematical alphabets of 52 letters each
			r = rune("abcdefghijklmnopqrstuvwxyz"[(r-0x1d400)%52%26])
		case r >= 0xff01 && r <= 0xff5e: // full width
			r -= 0xff01 - '!'
		}
		r = unicode.ToLower(unicode.ToUpper(r)) // so ſ is s, and the Kelvin sign k
		if i := strings.IndexRune(twins, r); i >= 0 && r >= 0x80 {
			r = rune(twins[i+len(string(r))])
		}
		if !punctuation(r) {
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 { // nothing but punctuation: as it is
		return strings.ToLower(name)
	}
	return b.String()
}

// punctuation are the signs and spaces of Latin-1 and of general use.
func punctuation(r rune) bool {
	return r <= '/' || r >= ':' && r <= '@' || r >= '[' && r <= 0x60 || r >= '{' && r <= 0xbf ||
		r >= 0x2000 && r <= 0x206f || r >= 0x3000 && r <= 0x3003
}

// twins are letters that look like a Latin one, each before its twin:
// Cyrillic, then Greek, then the dotless and the stroked.
const twins = "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwьbкkмmтtвbнhαaοoρpνvυuιiκkτtηnıiɩiłløo"

// compose puts a letter and the mark after it into the one character that
// Unicode has for both (NFC), for the letters and marks of Europe's Latin
// alphabets. The standard library has no NFC, and the whole of it weighs more
// than the page.
func compose(s string) string {
	var b strings.Builder
	last := rune(-1)
	for _, r := range s {
		if pairs := composed(r); pairs != "" && last >= 0 && last < 0x80 {
			if i := strings.IndexRune(pairs, last); i >= 0 {
				for _, one := range pairs[i+1:] {
					last = one
					break
				}
				b.WriteRune(last)
				last = -1
				continue
			}
		}
		if last >= 0 {
			b.WriteRune(last)
		}
		last = r
	}
	if last >= 0 {
		b.WriteRune(last)
	}
	return b.String()
}

// composed has, for a mark, each letter and what the two become, in turn.
func composed(mark rune) string {
	switch mark {
	case 0x0300:
		return "AÀaàEÈeèIÌiìNǸnǹOÒoòUÙuùYỲyỳ"
	case 0x0301:
		return "AÁaáCĆcćEÉeéIÍiíNŃnńOÓoóUÚuúYÝyýSŚsśZŹzźGǴgǵRŔrŕLĹlĺ"
	case 0x0302:
		return "AÂaâCĈcĉEÊeêIÎiîOÔoôUÛuûYŶyŷSŜsŝZẐzẑGĜgĝ"
	case 0x0303:
		return "AÃaãEẼeẽIĨiĩNÑnñOÕoõUŨuũYỸyỹ"
	case 0x0308:
		return "AÄaäEËeëIÏiïOÖoöUÜuüYŸyÿtẗ"
	case 0x030a:
		return "AÅaåUŮuůyẙ"
	case 0x030c:
		return "AǍaǎCČcčEĚeěIǏiǐNŇnňOǑoǒUǓuǔSŠsšZŽzžGǦgǧRŘrřDĎdďTŤtťLĽlľ"
	case 0x0327:
		return "CÇcçEȨeȩNŅnņSŞsşGĢgģRŖrŗDḐdḑTŢtţLĻlļ"
	}
	return ""
}

// CleanEmoji makes a reaction out of what somebody sent: one short run of
// pictures with what joins and colours them, or nothing.
func CleanEmoji(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > MaxEmoji {
		return ""
	}
	n, seen := 0, false
	for _, r := range s {
		n++
		switch {
		case r == 0x200d, r == 0xfe0f, r == 0x20e3, r >= 0x1f3fb && r <= 0x1f3ff:
		case (r >= '0' && r <= '9' || r == '#' || r == '*') && strings.ContainsRune(s, 0x20e3): // keycaps
			seen = true
		case r >= 0xe0020 && r <= 0xe007f && strings.HasPrefix(s, "🏴"): // flags of England, Scotland, Wales
		case pictured(r):
			seen = true
		default:
			return ""
		}
	}
	if !seen || n > 14 {
		return ""
	}
	return s
}

// pictured are the blocks that hold emoji, symbols included.
func pictured(r rune) bool {
	return r == 0x203c || r == 0x2049 || r == 0x2122 || r == 0x2139 || r == 0x3030 || r == 0x303d || r == 0x3297 || r == 0x3299 ||
		r >= 0x2190 && r <= 0x21ff || r >= 0x2300 && r <= 0x23ff || r >= 0x25a0 && r <= 0x27bf ||
		r >= 0x2900 && r <= 0x297f || r >= 0x2b00 && r <= 0x2bff || r >= 0x1f000 && r <= 0x1faff
}
