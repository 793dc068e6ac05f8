package link

import "strings"

const (
	maxSDP        = 8 << 10
	maxCandidates = 32
)

// checkSDP refuses descriptions that no peer of ours writes: anything beside
// data channels, more than one identity, or so many candidates that this side
// would be made to knock at half a network.
func checkSDP(sdp string) error {
	if len(sdp) > maxSDP {
		return ErrSDP
	}
	// To pion a carriage return ends a line as well, so one by itself would hide
	// the next line from what is counted here.
	if strings.Contains(strings.ReplaceAll(sdp, "\r\n", ""), "\r") {
		return ErrSDP
	}
	media, fingerprints, candidates := 0, 0, 0
	for line := range strings.Lines(sdp) {
		switch line = strings.TrimRight(line, "\r\n"); {
		case strings.HasPrefix(line, "m="):
			if media++; !strings.HasPrefix(line, "m=application ") || !strings.HasSuffix(line, " webrtc-datachannel") {
				return ErrSDP
			}
		case strings.HasPrefix(line, "a=fingerprint:"):
			if fingerprints++; !strings.HasPrefix(line, "a=fingerprint:sha-256 ") {
				return ErrSDP
			}
		case strings.HasPrefix(line, "a=candidate:"):
			candidates++
		}
	}
	if media != 1 || fingerprints != 1 || candidates > maxCandidates {
		return ErrSDP
	}
	_, err := fingerprint(sdp)
	return err
}

// Fingerprint is the SHA-256 of a DTLS certificate (RFC 8122 section 5).
type Fingerprint [32]byte

// fingerprint finds the one of a description that checkSDP let through.
func fingerprint(sdp string) (f Fingerprint, err error) {
	// Where a line begins: in the middle of one it is only text.
	_, rest, ok := strings.Cut("\n"+sdp, "\na=fingerprint:sha-256 ")
	if !ok {
		return f, ErrSDP
	}
	text, _, _ := strings.Cut(rest, "\n")
	text = strings.TrimRight(text, "\r ")
	if len(text) != 3*len(f)-1 {
		return f, ErrSDP
	}
	for i := range f {
		if i > 0 && text[3*i-1] != ':' {
			return f, ErrSDP
		}
		high, low := nibble(text[3*i]), nibble(text[3*i+1])
		if high > 15 || low > 15 {
			return f, ErrSDP
		}
		f[i] = high<<4 | low
	}
	return f, nil
}

func nibble(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 0xff
}
