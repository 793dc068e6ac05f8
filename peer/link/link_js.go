package link

import (
	"context"
	"crypto/sha256"
	"errors"
	"syscall/js"
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Link is one connection, by the browser's RTCPeerConnection
// (https://www.w3.org/TR/webrtc/). Everything runs on the page's one thread,
// so nothing here needs a lock; what waits, waits for the browser.
type Link struct {
	ev      Events
	pc      js.Value
	ice     js.Value // undefined where nobody watches the path
	dc      [channels]js.Value
	funcs   []js.Func
	open    int
	remote  bool
	own     Fingerprint
	peer    Fingerprint
	taken   int // candidates of the other side
	early   []string
	ended   bool
	backlog backlog
	timer   *time.Timer
}

// New makes a link that is not connected yet.
func New(cfg Config, ev Events) (*Link, error) {
	class := js.Global().Get("RTCPeerConnection")
	if class.IsUndefined() {
		return nil, ErrUnsupported
	}
	servers := []any{}
	for _, u := range cfg.ICE {
		servers = append(servers, map[string]any{"urls": u})
	}
	for _, u := range cfg.TURN.URLs {
		servers = append(servers, map[string]any{"urls": u, "username": cfg.TURN.Username, "credential": cfg.TURN.Credential})
	}
	l := &Link{ev: ev}
	if err := try(func() { l.pc = class.New(map[string]any{"iceServers": servers}) }); err != nil {
		return nil, errors.Join(ErrUnsupported, err)
	}
	for ch := range channels {
		l.create(ch)
	}
	l.on(l.pc, "icecandidate", func(e js.Value) {
		c := e.Get("candidate")
		if c.IsNull() || c.Get("candidate").String() == "" {
			l.ev.Candidate("")
			return
		}
		l.ev.Candidate(js.Global().Get("JSON").Call("stringify", c).String())
	})
	l.on(l.pc, "connectionstatechange", func(js.Value) {
		switch l.pc.Get("connectionState").String() {
		case "failed":
			if l.open < int(channels) {
				l.end(ErrUnreachable)
			} else {
				l.end(ErrLost)
			}
		case "closed":
			l.end(ErrRemoteClosed)
		}
	})
	l.timer = time.AfterFunc(openWithin, func() {
		if l.open < int(channels) {
			l.end(ErrUnreachable)
			return
		}
		l.tellPath()
	})
	return l, nil
}

func (l *Link) create(ch Channel) {
	opts := map[string]any{"negotiated": true, "id": int(ch), "ordered": ch != State}
	if ch == State {
		opts["maxRetransmits"] = 0
	}
	dc := l.pc.Call("createDataChannel", labels[ch], opts)
	dc.Set("binaryType", "arraybuffer")
	l.dc[ch] = dc
	l.on(dc, "open", func(js.Value) {
		if l.open++; l.open == int(channels) {
			l.watchPath()
			l.ev.Open()
			l.timer.Reset(settles)
		}
	})
	l.on(dc, "close", func(js.Value) { l.end(ErrRemoteClosed) })
	l.on(dc, "message", func(e js.Value) {
		// The browser stamped the message when it came off the network's
		// thread; a clock read here would count this code's own delay.
		at := clock.Local(e.Get("timeStamp").Float() * 1e6)
		data := e.Get("data")
		if data.Type() != js.TypeObject {
			return // text: no peer of ours sends any
		}
		array := js.Global().Get("Uint8Array").New(data)
		n := array.Length()
		if n > maxReceived {
			l.end(ErrOversize)
			return
		}
		b := make([]byte, n)
		js.CopyBytesToGo(b, array)
		l.ev.Message(ch, b, at)
	})
}

// watchPath tells when the link takes another path. Firefox does not.
func (l *Link) watchPath() {
	if sctp := l.pc.Get("sctp"); sctp.Truthy() && sctp.Get("transport").Get("iceTransport").Truthy() {
		l.ice = sctp.Get("transport").Get("iceTransport")
		l.on(l.ice, "selectedcandidatepairchange", func(js.Value) {
			if l.ev.Moved != nil {
				l.ev.Moved()
			}
			l.tellPath()
		})
	}
}

// tellPath tells by which kind of way the link goes now, as the browser's
// statistics have it: https://www.w3.org/TR/webrtc-stats/#icecandidate-dict*
func (l *Link) tellPath() {
	if l.ev.Path == nil || l.ended {
		return
	}
	go func() {
		stats, err := l.await(context.Background(), l.pc, "getStats")
		if err != nil || l.ended {
			return
		}
		var pair js.Value
		each := func(f func(js.Value)) {
			fn := js.FuncOf(func(_ js.Value, a []js.Value) any { f(a[0]); return nil })
			stats.Call("forEach", fn)
			fn.Release()
		}
		each(func(s js.Value) {
			switch s.Get("type").String() {
			case "transport":
				if id := s.Get("selectedCandidatePairId"); id.Truthy() {
					pair = stats.Call("get", id)
				}
			case "candidate-pair": // Firefox marks it, and has no transport
				if s.Get("selected").Truthy() {
					pair = s
				}
			}
		})
		if !pair.Truthy() {
			return
		}
		relay := func(end string) bool {
			c := stats.Call("get", pair.Get(end))
			return c.Truthy() && c.Get("candidateType").String() == "relay"
		}
		l.ev.Path(relay("localCandidateId") || relay("remoteCandidateId"))
	}()
}

func (l *Link) on(target js.Value, event string, f func(js.Value)) {
	fn := js.FuncOf(func(_ js.Value, args []js.Value) any {
		if !l.ended {
			f(args[0])
		}
		return nil
	})
	l.funcs = append(l.funcs, fn)
	target.Set("on"+event, fn)
}

// end closes everything, once.
func (l *Link) end(reason error) {
	if l.ended {
		return
	}
	l.ended = true
	l.timer.Stop()
	for _, e := range []string{"icecandidate", "connectionstatechange"} {
		l.pc.Set("on"+e, js.Null())
	}
	for _, dc := range l.dc {
		for _, e := range []string{"open", "close", "message"} {
			dc.Set("on"+e, js.Null())
		}
	}
	if l.ice.Truthy() {
		l.ice.Set("onselectedcandidatepairchange", js.Null())
	}
	l.pc.Call("close")
	for _, f := range l.funcs {
		f.Release()
	}
	l.funcs = nil
	l.ev.Closed(reason)
}

// Close closes the link.
func (l *Link) Close() { l.end(nil) }

// Offer makes the description that begins a connection.
func (l *Link) Offer(ctx context.Context) (sdp string, err error) {
	return l.describeSelf(ctx, "createOffer")
}

// Answer takes the other side's offer and makes the answer to it.
func (l *Link) Answer(ctx context.Context, offer string) (sdp string, err error) {
	if err := l.describe(ctx, "offer", offer); err != nil {
		return "", err
	}
	return l.describeSelf(ctx, "createAnswer")
}

// Accept takes the other side's answer.
func (l *Link) Accept(ctx context.Context, answer string) error {
	return l.describe(ctx, "answer", answer)
}

func (l *Link) describeSelf(ctx context.Context, method string) (string, error) {
	d, err := l.await(ctx, l.pc, method)
	if err != nil {
		return "", err
	}
	if _, err := l.await(ctx, l.pc, "setLocalDescription", d); err != nil {
		return "", err
	}
	sdp := d.Get("sdp").String()
	l.own, err = fingerprint(sdp)
	return sdp, err
}

func (l *Link) describe(ctx context.Context, kind, sdp string) error {
	if err := checkSDP(sdp); err != nil {
		return err
	}
	if _, err := l.await(ctx, l.pc, "setRemoteDescription", map[string]any{"type": kind, "sdp": sdp}); err != nil {
		return errors.Join(ErrSDP, err)
	}
	l.peer, _ = fingerprint(sdp) // checked above
	l.remote = true
	early := l.early
	l.early = nil
	for _, c := range early {
		l.add(ctx, c) // one that cannot be used leaves the others
	}
	return nil
}

// AddCandidate takes a candidate of the other side; one that comes before the
// description waits for it.
func (l *Link) AddCandidate(ctx context.Context, candidate string) error {
	if l.taken++; l.taken > maxCandidates {
		return ErrSDP
	}
	if l.remote {
		return l.add(ctx, candidate)
	}
	l.early = append(l.early, candidate)
	return nil
}

func (l *Link) add(ctx context.Context, candidate string) error {
	if candidate == "" {
		return nil // the browser finds the end by itself
	}
	var init js.Value
	if err := try(func() { init = js.Global().Get("JSON").Call("parse", candidate) }); err != nil {
		return ErrSDP
	}
	_, err := l.await(ctx, l.pc, "addIceCandidate", init)
	return err
}

// Fingerprints are the certificates of both ends: this one's, and the one that
// the other side really showed, once the link is open. A browser from before
// getRemoteCertificates is believed to have compared it with the description.
func (l *Link) Fingerprints() (own, peer Fingerprint) {
	own, peer = l.own, l.peer
	sctp := l.pc.Get("sctp")
	if !sctp.Truthy() || sctp.Get("transport").Get("getRemoteCertificates").Type() != js.TypeFunction {
		return own, peer
	}
	list := sctp.Get("transport").Call("getRemoteCertificates")
	if list.Length() > 0 {
		array := js.Global().Get("Uint8Array").New(list.Index(0))
		der := make([]byte, array.Length())
		js.CopyBytesToGo(der, array)
		peer = sha256.Sum256(der)
	}
	return own, peer
}

// Send sends a message, or queues it; it never blocks. On State a message is
// dropped when much waits already: it would come late, and a newer one will.
func (l *Link) Send(ch Channel, data []byte) error {
	dc := l.dc[ch]
	if l.ended || dc.Get("readyState").String() != "open" {
		return ErrClosed
	}
	n := len(data)
	if ch == State {
		n = 0
	}
	waits := func(ch Channel) uint64 { return uint64(l.dc[ch].Get("bufferedAmount").Int()) }
	if err := l.backlog.admit(waits(Control)+waits(Chat), n, time.Now()); err != nil {
		return err
	}
	if ch == State && waits(State) > maxStale {
		return nil
	}
	l.backlog.gave(n)
	array := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(array, data)
	if try(func() { dc.Call("send", array) }) != nil {
		return ErrClosed
	}
	return nil
}

// await calls a method that returns a promise, and waits for it.
func (l *Link) await(ctx context.Context, target js.Value, method string, args ...any) (js.Value, error) {
	type result struct {
		v   js.Value
		err error
	}
	if l.ended {
		return js.Value{}, ErrClosed
	}
	done := make(chan result, 1)
	var yes, no js.Func
	settle := func(r result) {
		done <- r
		yes.Release()
		no.Release()
	}
	yes = js.FuncOf(func(_ js.Value, a []js.Value) any {
		var v js.Value
		if len(a) > 0 {
			v = a[0]
		}
		settle(result{v: v})
		return nil
	})
	no = js.FuncOf(func(_ js.Value, a []js.Value) any {
		settle(result{err: errors.New("link: " + a[0].Call("toString").String())})
		return nil
	})
	if err := try(func() { target.Call(method, args...).Call("then", yes, no) }); err != nil {
		settle(result{err: err})
	}
	select {
	case r := <-done:
		return r.v, r.err
	case <-ctx.Done():
		return js.Value{}, context.Cause(ctx)
	}
}

// try turns what JavaScript throws into an error.
func try(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(js.Error)
			if !ok {
				panic(r)
			}
			err = e
		}
	}()
	f()
	return nil
}
