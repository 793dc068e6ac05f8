//go:build !js

package peer

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// stopwatch is this device's monotonic clock. It starts away from zero, so
// that no moment looks like one that was never set.
func stopwatch() func() clock.Local {
	start := time.Now().Add(-time.Second)
	return func() clock.Local { return clock.Local(time.Since(start)) }
}
