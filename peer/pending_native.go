//go:build !js

package peer

// maxNewcomers bounds the handshakes under way at a host; each may cost a
// connection.
const maxNewcomers = 16
