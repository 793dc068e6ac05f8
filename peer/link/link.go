// Package link is one connection to one peer: three data channels over WebRTC,
// by pion natively and by the browser's own RTCPeerConnection in a page. The
// two are one API, so that what stands on it is the same code.
//
// The channels are negotiated beforehand (RFC 8832 section 6: no handshake, no
// channel that was not agreed), and candidates trickle (RFC 8838):
//
//	guest                              host
//	New, Offer ---- sdp ------------>  New, Answer
//	Accept <------- sdp ------------
//	AddCandidate <- Events.Candidate -> AddCandidate
//	Events.Open                        Events.Open
//
// Why the page does not link pion: the browser has WebRTC, and pion's build
// for it weighs as much again as all of the peer.
package link

import (
	"errors"
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Channel is a data channel, by its stream id.
type Channel uint8

// State is unordered and never retransmits; Control and Chat are reliable and
// ordered.
const (
	State Channel = iota
	Control
	Chat
	channels
)

// TURN are relays (RFC 8656), with what opens them, for two networks that let
// nothing through to one another. They pass on what they cannot read.
type TURN struct {
	URLs                 []string // RFC 7065
	Username, Credential string
}

var labels = [channels]string{"state", "control", "chat"}

// Limits in bytes and time.
const (
	maxReceived = 64 << 10 // a longer message ends the link
	maxBacklog  = 1 << 20  // queued on the reliable channels together
	maxStale    = 32 << 10 // queued on State; more would only come late
	openWithin  = 20 * time.Second
	settles     = 2 * time.Second // after which ICE has found the way that it keeps
)

var (
	// ErrUnsupported: this browser has no WebRTC.
	ErrUnsupported = errors.New("link: no WebRTC here")
	// ErrUnreachable: no way to the other side was found.
	ErrUnreachable = errors.New("link: peer unreachable")
	// ErrLost: the connection broke after it was open.
	ErrLost = errors.New("link: connection lost")
	// ErrRemoteClosed: the other side closed it.
	ErrRemoteClosed = errors.New("link: closed by peer")
	// ErrOversize: the other side sent a message that is too long.
	ErrOversize = errors.New("link: oversize message")
	// ErrBacklog: the other side does not read what is sent to it.
	ErrBacklog = errors.New("link: peer does not read")
	// ErrClosed: this side closed it.
	ErrClosed = errors.New("link: closed")
	// ErrSDP: a session description that is not one of ours.
	ErrSDP = errors.New("link: unacceptable session description")
)

// Events is what a link tells. The functions are called from goroutines that
// are not the caller's, never block the link if they return soon, and are not
// called any more after Closed. Messages of one channel come in order, one
// after the other.
type Events struct {
	// Candidate gives a local candidate to signal to the other side, as the
	// JSON of an RTCIceCandidateInit; "": there are no more.
	Candidate func(json string)
	// Open is called once, when every channel is open.
	Open func()
	// Message gives a message, which the receiver then owns, and when it came.
	Message func(ch Channel, data []byte, at clock.Local)
	// Moved tells that an open link goes another way through the network from
	// now on. Not every browser tells. nil: nobody wants to know.
	Moved func()
	// Path tells by which kind of way an open link goes: some seconds after it
	// is open, and when that changes, as far as the browser tells. nil: nobody
	// wants to know.
	Path func(relayed bool)
	// Untold tells that this side has no address that it may tell: only those
	// of private networks. Browsers do not tell; nil: nobody wants to know.
	Untold func()
	// Closed is called once, last. The reason is nil when this side closed.
	Closed func(reason error)
}
