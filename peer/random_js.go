package peer

import "syscall/js"

// random fills b from the browser's own generator (Web Cryptography API,
// section 10.1.1). Package crypto/rand would do the same and bring fmt and
// math/big into every first visit.
func random(b []byte) {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.Global().Get("crypto").Call("getRandomValues", array)
	js.CopyBytesToGo(b, array)
}
