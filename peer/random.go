package peer

import "time"

// jitter spreads the returns of many hosts after a server's restart.
func jitter(d time.Duration) time.Duration {
	var b [1]byte
	random(b[:])
	return d/2 + d*time.Duration(b[0])/256
}
