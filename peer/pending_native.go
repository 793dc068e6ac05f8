//go:build !js

package peer

const (
	// maxNewcomers bounds the handshakes under way at a host; each may cost a
	// connection.
	maxNewcomers = 16
	// maxGuests bounds a party: a connection is 340 KiB and 18 goroutines.
	maxGuests = 200
)
