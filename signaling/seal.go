package signaling

import "unicode/utf8"

// Sealed is a signal on its way through the server, which need not understand
// it.
type Sealed []byte

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

// Seal packs a signal for the server to relay. What it makes is encoded and
// not encrypted yet: a server that wants to can read it, and put another in
// its place.
func Seal(s Signal) Sealed {
	switch s := s.(type) {
	case Offer:
		return append(Sealed{signalOffer}, s.SDP...)
	case Answer:
		return append(Sealed{signalAnswer}, s.SDP...)
	case Candidate:
		return append(Sealed{signalCandidate}, s.JSON...)
	}
	panic("signaling: a signal of no kind")
}

// Open unpacks what Seal made.
func Open(b Sealed) (Signal, error) {
	if len(b) == 0 || len(b) > MaxSealed || !utf8.Valid(b[1:]) {
		return nil, ErrMalformed
	}
	switch text := string(b[1:]); b[0] {
	case signalOffer:
		return Offer{text}, nil
	case signalAnswer:
		return Answer{text}, nil
	case signalCandidate:
		return Candidate{text}, nil
	}
	return nil, ErrMalformed
}
