package signaling

import "errors"

// Subprotocol is the WebSocket subprotocol (RFC 6455 section 1.9), which names
// the version.
const Subprotocol = "toile.v1"

// Limits of frames and their fields, in bytes.
const (
	MaxFirstFrame = 1 << 10  // before a claim or a join
	MaxFrame      = 16 << 10 // after it
	MaxSealed     = 12 << 10
	MaxICE        = 8 // servers
	MaxICEURL     = 256
)

// ErrMalformed is a frame that is cut short, too long or of no known type.
var ErrMalformed = errors.New("signaling: malformed frame")

// RoomID is a room's number: what its host's keys come down to, see
// [PublicKeys.Room].
type RoomID [16]byte

// PeerID is a guest's number at the server, made by the server for one
// connection.
type PeerID [8]byte

// Message is one of the messages of the package's table.
type Message interface{ append(b []byte) []byte }

// Hello is what the server says first.
type Hello struct {
	Nonce [32]byte // fresh for each connection
	ICE   []string // ICE servers to use, as URLs (RFC 7064, RFC 7065)
}

// Claim opens the room of the host who holds these keys. A newer valid claim
// takes the room over: that is a host who reloads.
type Claim struct {
	Keys      PublicKeys
	Signature [64]byte // Ed25519, over the room, the nonce and the server's origin
}

// Claimed answers Claim.
type Claimed struct{}

// Join asks to be introduced to a room's host.
type Join struct{ Room RoomID }

// Joined answers Join. Present comes with it, or later, when there is a host.
type Joined struct{ Peer PeerID }

// Present tells a guest that a host is there, or that another connection of
// the host took the place of the one that was. What was said to the earlier
// one is lost.
type Present struct{ Keys PublicKeys }

// Absent tells a guest that the host left the server. It may wait for another.
type Absent struct{}

// Relay carries a sealed signal between a guest and its host.
type Relay struct {
	Peer PeerID
	Data Sealed
}

// Gone tells a host that a guest left the server.
type Gone struct{ Peer PeerID }

const (
	typeHello   = 0x01
	typeClaim   = 0x02
	typeClaimed = 0x03
	typeJoin    = 0x04
	typeJoined  = 0x05
	typeRelay   = 0x06
	typeGone    = 0x07
	typePresent = 0x08
	typeAbsent  = 0x09
	typeTURN    = 0x0a
)

// Append appends the frame of m to b.
func Append(b []byte, m Message) []byte { return m.append(b) }

func (m Hello) append(b []byte) []byte {
	return appendURLs(append(append(b, typeHello), m.Nonce[:]...), m.ICE)
}

func (m Claim) append(b []byte) []byte {
	return append(m.Keys.append(append(b, typeClaim)), m.Signature[:]...)
}
func (m Claimed) append(b []byte) []byte { return append(b, typeClaimed) }
func (m Join) append(b []byte) []byte    { return append(append(b, typeJoin), m.Room[:]...) }
func (m Joined) append(b []byte) []byte  { return append(append(b, typeJoined), m.Peer[:]...) }
func (m Relay) append(b []byte) []byte {
	return append(append(append(b, typeRelay), m.Peer[:]...), m.Data...)
}
func (m Gone) append(b []byte) []byte    { return append(append(b, typeGone), m.Peer[:]...) }
func (m Present) append(b []byte) []byte { return m.Keys.append(append(b, typePresent)) }
func (m Absent) append(b []byte) []byte  { return append(b, typeAbsent) }

func (k PublicKeys) append(b []byte) []byte { return append(append(b, k.Ed[:]...), k.X[:]...) }

// read takes keys from the start of b and gives what follows.
func (k *PublicKeys) read(b []byte) (rest []byte, ok bool) {
	if len(b) < len(k.Ed)+len(k.X) {
		return nil, false
	}
	b = b[copy(k.Ed[:], b):]
	return b[copy(k.X[:], b):], true
}

// Parse reads one frame. The result holds no reference to b. Bytes after the
// fields of a message are ignored, but for Relay, whose signal they are.
func Parse(b []byte) (Message, error) {
	if len(b) == 0 || len(b) > MaxFrame {
		return nil, ErrMalformed
	}
	kind, b := b[0], b[1:]
	switch kind {
	case typeHello:
		return parseHello(b)
	case typeClaim:
		var m Claim
		rest, ok := m.Keys.read(b)
		if !ok || copy(m.Signature[:], rest) < len(m.Signature) {
			break
		}
		return m, nil
	case typeClaimed:
		return Claimed{}, nil
	case typeJoin:
		var m Join
		if copy(m.Room[:], b) < len(m.Room) {
			break
		}
		return m, nil
	case typePresent:
		var m Present
		if _, ok := m.Keys.read(b); !ok {
			break
		}
		return m, nil
	case typeAbsent:
		return Absent{}, nil
	case typeTURN:
		return parseTURN(b)
	case typeJoined, typeGone, typeRelay:
		var peer PeerID
		if copy(peer[:], b) < len(peer) {
			break
		}
		switch data := b[len(peer):]; {
		case kind == typeJoined:
			return Joined{peer}, nil
		case kind == typeGone:
			return Gone{peer}, nil
		case len(data) <= MaxSealed:
			return Relay{peer, append(Sealed(nil), data...)}, nil
		}
	}
	return nil, ErrMalformed
}

func parseHello(b []byte) (Message, error) {
	var m Hello
	n := copy(m.Nonce[:], b)
	if n < len(m.Nonce) {
		return nil, ErrMalformed
	}
	var err error
	m.ICE, err = parseURLs(b[n:])
	return m, err
}
