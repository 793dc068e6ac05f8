package peer

// maxNewcomers bounds the handshakes under way at a host; each may cost a
// connection, of which a browser has few.
const maxNewcomers = 8
