package signaling

import "unicode/utf8"

// Signal is what two peers tell each other in order to connect.
type Signal interface{ signal() }

type (
	// Offer is a guest's session description (RFC 8829).
	Offer struct{ SDP string }
	// Answer is the host's.
	Answer struct{ SDP string }
	// Candidate is one way to reach the sender, an RTCIceCandidateInit as JSON;
	// empty: there are no more.
	Candidate struct{ JSON string }
)

func (Offer) signal()     {}
func (Answer) signal()    {}
func (Candidate) signal() {}

const (
	signalOffer     = 0x01
	signalAnswer    = 0x02
	signalCandidate = 0x03
)

// Limits of signals in bytes.
const (
	MaxSDP       = 8 << 10
	MaxCandidate = 1 << 10
)

func appendSignal(b []byte, s Signal) []byte {
	switch s := s.(type) {
	case Offer:
		return append(append(b, signalOffer), s.SDP...)
	case Answer:
		return append(append(b, signalAnswer), s.SDP...)
	case Candidate:
		return append(append(b, signalCandidate), s.JSON...)
	}
	panic("signaling: a signal of no kind")
}

func parseSignal(b []byte) (Signal, error) {
	if len(b) == 0 || len(b) > 1+MaxSDP || !utf8.Valid(b[1:]) {
		return nil, ErrMalformed
	}
	switch text := string(b[1:]); b[0] {
	case signalOffer:
		return Offer{text}, nil
	case signalAnswer:
		return Answer{text}, nil
	case signalCandidate:
		if len(text) <= MaxCandidate {
			return Candidate{text}, nil
		}
	}
	return nil, ErrMalformed
}
