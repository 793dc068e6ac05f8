package peer

import (
	"syscall/js"

	"github.com/toile-party/toile/peer/clock"
)

// stopwatch is performance.now(), which the page's own stamps are told in and
// MessageEvent.timeStamp too (High Resolution Time, section 4).
func stopwatch() func() clock.Local {
	performance := js.Global().Get("performance")
	return func() clock.Local { return clock.Local(performance.Call("now").Float() * 1e6) }
}
