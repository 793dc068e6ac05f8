//go:build !js

package link

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/pion/datachannel"
	"github.com/pion/webrtc/v4"
)

// Link is one connection. Its methods may be called from any goroutine, but
// not Close from an event.
type Link struct {
	cfg Config
	ev  Events
	pc  *webrtc.PeerConnection

	sending sync.Mutex // guards backlog
	backlog backlog

	mu      sync.Mutex // guards what follows
	dc      [channels]*webrtc.DataChannel
	raw     [channels]datachannel.ReadWriteCloser
	open    int
	remote  bool // the remote description is set
	own     Fingerprint
	peer    Fingerprint
	taken   int // candidates of the other side
	told    int // candidates of this side
	heldOff int // those of this side that are kept to itself
	early   []string
	ended   bool
	readers sync.WaitGroup
	timer   *time.Timer
	done    chan struct{} // closed when nothing of the link runs any more
}

// New makes a link that is not connected yet.
func New(cfg Config, ev Events) (*Link, error) {
	conf := webrtc.Configuration{}
	if len(cfg.ICE) > 0 && cfg.Mux == nil {
		conf.ICEServers = append(conf.ICEServers, webrtc.ICEServer{URLs: cfg.ICE})
	}
	if t := cfg.TURN; len(t.URLs) > 0 && cfg.Mux == nil {
		conf.ICEServers = append(conf.ICEServers, webrtc.ICEServer{URLs: t.URLs, Username: t.Username, Credential: t.Credential})
	}
	if cfg.relayed {
		conf.ICETransportPolicy = webrtc.ICETransportPolicyRelay
	}
	pc, err := cfg.api().NewPeerConnection(conf)
	if err != nil {
		return nil, err
	}
	l := &Link{cfg: cfg, ev: ev, pc: pc, done: make(chan struct{})}
	for ch := range channels {
		if err := l.create(ch); err != nil {
			pc.Close()
			return nil, err
		}
	}
	pc.OnICECandidate(l.local)
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		switch s {
		case webrtc.PeerConnectionStateFailed:
			l.end(l.broke())
		case webrtc.PeerConnectionStateClosed:
			l.end(ErrRemoteClosed)
		}
	})
	pc.SCTP().Transport().ICETransport().OnSelectedCandidatePairChange(func(*webrtc.ICECandidatePair) {
		if !l.isOpen() { // it is the choice of the first
			return
		}
		if l.ev.Moved != nil {
			l.ev.Moved()
		}
		l.tellPath()
	})
	l.timer = time.AfterFunc(openWithin, func() {
		if !l.isOpen() {
			l.end(ErrUnreachable)
			return
		}
		l.tellPath()
	})
	return l, nil
}

func (l *Link) create(ch Channel) error {
	negotiated, id, ordered := true, uint16(ch), ch != State
	opts := webrtc.DataChannelInit{Negotiated: &negotiated, ID: &id, Ordered: &ordered}
	if ch == State {
		none := uint16(0)
		opts.MaxRetransmits = &none
	}
	dc, err := l.pc.CreateDataChannel(labels[ch], &opts)
	if err != nil {
		return err
	}
	l.dc[ch] = dc
	dc.OnOpen(func() { l.opened(ch, dc) })
	return nil
}

func (l *Link) opened(ch Channel, dc *webrtc.DataChannel) {
	raw, err := dc.Detach()
	if err != nil {
		l.end(ErrLost)
		return
	}
	if ch == State {
		commitUnreliable(raw)
	}
	l.mu.Lock()
	if l.ended {
		l.mu.Unlock()
		return
	}
	l.raw[ch] = raw
	l.open++
	all := l.open == int(channels)
	l.readers.Add(1)
	l.mu.Unlock()
	if all {
		l.ev.Open()
		l.timer.Reset(settles)
	}
	go l.read(ch, raw)
}

// read takes one channel's messages. The buffer's size is the limit: pion
// itself enforces none on what it receives.
func (l *Link) read(ch Channel, raw datachannel.ReadWriteCloser) {
	defer l.readers.Done()
	buf := make([]byte, maxReceived)
	for {
		n, _, err := raw.ReadDataChannel(buf)
		at := l.cfg.Now()
		switch {
		case errors.Is(err, io.ErrShortBuffer):
			go l.end(ErrOversize)
			return
		case err != nil:
			go l.end(ErrRemoteClosed)
			return
		}
		if !l.isEnded() {
			l.ev.Message(ch, append([]byte(nil), buf[:n]...), at)
		}
	}
}

// tellPath tells by which kind of way the link goes now.
func (l *Link) tellPath() {
	pair, err := l.pc.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
	if l.ev.Path == nil || err != nil || pair == nil || l.isEnded() {
		return
	}
	l.ev.Path(pair.Local.Typ == webrtc.ICECandidateTypeRelay || pair.Remote.Typ == webrtc.ICECandidateTypeRelay)
}

func (l *Link) isOpen() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open == int(channels)
}

func (l *Link) isEnded() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended
}

// broke names a failure of ICE by when it came.
func (l *Link) broke() error {
	if l.isOpen() {
		return ErrLost
	}
	return ErrUnreachable
}

// end closes everything, once, on a goroutine of its own: pion's Close waits
// for callbacks, and this may be one.
func (l *Link) end(reason error) {
	l.mu.Lock()
	if l.ended {
		l.mu.Unlock()
		return
	}
	l.ended = true
	l.mu.Unlock()
	l.timer.Stop()
	go func() {
		l.pc.Close()
		l.readers.Wait()
		l.ev.Closed(reason)
		close(l.done)
	}()
}

// Close closes the link, and returns when nothing of it runs any more.
func (l *Link) Close() {
	l.end(nil)
	<-l.done
}

// Offer makes the description that begins a connection.
func (l *Link) Offer(ctx context.Context) (sdp string, err error) {
	offer, err := l.pc.CreateOffer(nil)
	if err != nil {
		return "", err
	}
	return offer.SDP, l.describeSelf(offer)
}

// Answer takes the other side's offer and makes the answer to it.
func (l *Link) Answer(ctx context.Context, offer string) (sdp string, err error) {
	if err := l.describe(webrtc.SDPTypeOffer, offer); err != nil {
		return "", err
	}
	answer, err := l.pc.CreateAnswer(nil)
	if err != nil {
		return "", err
	}
	return answer.SDP, l.describeSelf(answer)
}

func (l *Link) describeSelf(d webrtc.SessionDescription) error {
	own, err := fingerprint(d.SDP)
	if err != nil {
		return err
	}
	l.mu.Lock()
	l.own = own
	l.mu.Unlock()
	return l.pc.SetLocalDescription(d)
}

// Accept takes the other side's answer.
func (l *Link) Accept(ctx context.Context, answer string) error {
	return l.describe(webrtc.SDPTypeAnswer, answer)
}

func (l *Link) describe(kind webrtc.SDPType, sdp string) error {
	if err := checkSDP(sdp); err != nil {
		return err
	}
	if err := l.pc.SetRemoteDescription(webrtc.SessionDescription{Type: kind, SDP: sdp}); err != nil {
		return errors.Join(ErrSDP, err)
	}
	peer, _ := fingerprint(sdp) // checked above
	l.mu.Lock()
	l.remote, l.peer = true, peer
	early := l.early
	l.early = nil
	l.mu.Unlock()
	for _, c := range early {
		l.add(c) // one that cannot be used leaves the others
	}
	return nil
}

// AddCandidate takes a candidate of the other side; one that comes before the
// description waits for it.
func (l *Link) AddCandidate(ctx context.Context, candidate string) error {
	l.mu.Lock()
	if l.taken++; l.taken > maxCandidates {
		l.mu.Unlock()
		return ErrSDP
	}
	if !l.remote {
		defer l.mu.Unlock()
		l.early = append(l.early, candidate)
		return nil
	}
	l.mu.Unlock()
	return l.add(candidate)
}

func (l *Link) add(candidate string) error {
	var init webrtc.ICECandidateInit
	if candidate != "" {
		if err := json.Unmarshal([]byte(candidate), &init); err != nil {
			return ErrSDP
		}
	}
	return l.pc.AddICECandidate(init)
}

func (l *Link) local(c *webrtc.ICECandidate) {
	if l.isEnded() {
		return
	}
	if c == nil {
		l.mu.Lock()
		none := l.told == 0 && l.heldOff > 0
		l.mu.Unlock()
		if none && l.ev.Untold != nil {
			l.ev.Untold()
		}
		l.ev.Candidate("")
		return
	}
	told, ok := l.cfg.told(*c)
	l.mu.Lock()
	if ok {
		l.told++
	} else {
		l.heldOff++
	}
	l.mu.Unlock()
	if !ok {
		return
	}
	if b, err := json.Marshal(told.ToJSON()); err == nil {
		l.ev.Candidate(string(b))
	}
}

// Fingerprints are the certificates of both ends: this one's, and the one that
// the other side really showed, once the link is open.
func (l *Link) Fingerprints() (own, peer Fingerprint) {
	l.mu.Lock()
	own, peer = l.own, l.peer
	l.mu.Unlock()
	if t := l.pc.SCTP(); t != nil && t.Transport() != nil {
		if der := t.Transport().GetRemoteCertificate(); len(der) > 0 {
			peer = sha256.Sum256(der)
		}
	}
	return own, peer
}

// Send sends a message, or queues it; it never blocks. On State a message is
// dropped when much waits already: it would come late, and a newer one will.
func (l *Link) Send(ch Channel, data []byte) error {
	l.mu.Lock()
	raw, dcs, ended := l.raw[ch], l.dc, l.ended
	l.mu.Unlock()
	if raw == nil || ended {
		return ErrClosed
	}
	n := len(data)
	if ch == State {
		n = 0
	}
	l.sending.Lock()
	defer l.sending.Unlock()
	if err := l.backlog.admit(dcs[Control].BufferedAmount()+dcs[Chat].BufferedAmount(), n, time.Now()); err != nil {
		return err
	}
	if ch == State && dcs[State].BufferedAmount() > maxStale {
		return nil
	}
	l.backlog.gave(n)
	if _, err := raw.WriteDataChannel(data, false); err != nil {
		return ErrClosed
	}
	return nil
}
