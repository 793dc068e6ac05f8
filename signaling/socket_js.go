package signaling

import (
	"context"
	"syscall/js"
)

// jsSocket is the browser's WebSocket
// (https://websockets.spec.whatwg.org/#the-websocket-interface).
type jsSocket struct {
	ws    js.Value
	funcs []js.Func
}

func dial(ctx context.Context, url string, ev events) (socket, error) {
	class := js.Global().Get("WebSocket")
	if class.IsUndefined() {
		return nil, ErrServerAway
	}
	s, ok := construct(class, url)
	if !ok {
		return nil, ErrServerAway
	}
	s.ws.Set("binaryType", "arraybuffer")
	opened, refused := make(chan struct{}, 1), make(chan struct{}, 1)
	isOpen := false
	s.on("open", func(js.Value) {
		isOpen = true
		opened <- struct{}{}
	})
	s.on("message", func(e js.Value) {
		data := e.Get("data")
		if data.Type() != js.TypeObject {
			return
		}
		array := js.Global().Get("Uint8Array").New(data)
		frame := make([]byte, min(array.Length(), MaxFrame+1))
		js.CopyBytesToGo(frame, array)
		ev.frame(frame)
	})
	s.on("close", func(e js.Value) {
		s.release()
		if !isOpen {
			refused <- struct{}{}
			return
		}
		ev.closed(CloseCode(e.Get("code").Int()).Err())
	})
	select {
	case <-opened:
	case <-refused:
		return nil, ErrServerAway
	case <-ctx.Done():
		s.close()
		return nil, ErrServerAway
	}
	if s.ws.Get("protocol").String() != Subprotocol {
		s.close()
		return nil, ErrVersion
	}
	return s, nil
}

// construct catches what the constructor throws for an address it refuses.
func construct(class js.Value, url string) (s *jsSocket, ok bool) {
	defer func() { ok = recover() == nil }()
	return &jsSocket{ws: class.New(url, Subprotocol)}, true
}

func (s *jsSocket) on(event string, f func(js.Value)) {
	fn := js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	})
	s.funcs = append(s.funcs, fn)
	s.ws.Set("on"+event, fn)
}

// release lets go of the callbacks. After close no event comes.
func (s *jsSocket) release() {
	for _, e := range []string{"onopen", "onmessage", "onclose"} {
		s.ws.Set(e, js.Null())
	}
	for _, f := range s.funcs {
		f.Release()
	}
	s.funcs = nil
}

func (s *jsSocket) send(frame []byte) error {
	if s.ws.Get("readyState").Int() != 1 { // OPEN
		return ErrServerAway
	}
	array := js.Global().Get("Uint8Array").New(len(frame))
	js.CopyBytesToJS(array, frame)
	s.ws.Call("send", array)
	return nil
}

func (s *jsSocket) close() { s.ws.Call("close", 1000) }
