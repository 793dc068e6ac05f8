package signaling

// claimText is what a host signs: that it is the host of a room, for the
// server at origin, on the connection with this nonce. Another server, or the
// same one on another day, can do nothing with the signature.
func claimText(origin string, room RoomID, nonce [32]byte) []byte {
	b := append([]byte("toile/1 claim\x00"), origin...)
	b = append(append(b, 0), room[:]...)
	return append(b, nonce[:]...)
}

// Claim makes the identity's claim to its room, at the server of this origin
// ([Origin]) and on the connection whose Hello has this nonce.
func (id *Identity) Claim(origin string, nonce [32]byte) Claim {
	return Claim{Keys: id.public, Signature: ed25519Sign(&id.edSeed, claimText(origin, id.Room(), nonce))}
}

// Origin is the name of the server at a WebSocket address or in a Host header,
// as it is signed: the lower-case host, and the port unless it is the scheme's
// own, which clients leave out or not as they like.
func Origin(address string) string {
	for _, scheme := range []string{"ws://", "wss://"} {
		if len(address) >= len(scheme) && lower(address[:len(scheme)]) == scheme {
			address = address[len(scheme):]
			break
		}
	}
	for i := range len(address) {
		if c := address[i]; c == '/' || c == '?' || c == '#' {
			address = address[:i]
			break
		}
	}
	for _, port := range []string{":80", ":443"} {
		if n := len(address) - len(port); n > 0 && address[n:] == port && (address[n-1] == ']' || !hasColon(address[:n])) {
			address = address[:n]
			break
		}
	}
	return lower(address)
}

func hasColon(s string) bool {
	for i := range len(s) {
		if s[i] == ':' {
			return true
		}
	}
	return false
}

// lower folds ASCII only: a host name on the wire has no other letters.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
