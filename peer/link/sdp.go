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
	return nil
}
