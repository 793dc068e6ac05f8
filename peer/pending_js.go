package peer

const (
	// maxNewcomers bounds the handshakes under way at a host; each may cost a
	// connection, of which a browser has few.
	maxNewcomers = 8
	// maxGuests bounds a party. A browser makes 500 connections at most in the
	// life of a page, those that were closed and not yet collected among them.
	maxGuests = 50
)
