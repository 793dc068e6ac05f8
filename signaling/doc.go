// Package signaling is how peers find one another: the invitation that people
// send, the protocol that introduces them, and its client for the browser and
// for native peers.
//
// A room is known by its number, which is made from its host's keys. The host
// claims it with a signature over the server's nonce, and stays; a guest joins,
// waits until there is a host, exchanges offer, answer and candidates with it
// (RFC 8829), and leaves as soon as the two are connected.
//
//	guest                       server                         host
//	  | <- Hello{nonce} ---------- | ---------- Hello{nonce} -> |
//	  |                            | <- Claim{keys, signature} -|
//	  |                            | -------------- Claimed --> |
//	  | -- Join{room} -----------> |                            |
//	  | <- Joined{peer} ---------- |                            |
//	  | <- Present{keys} --------- |                            |
//	  | -- Relay{knock} --------------------------------------> |
//	  | <- Relay{welcome} ------------------------------------- |
//	  | -- Relay{offer} --------------------------------------> |
//	  | <- Relay{answer} -------------------------------------- |
//	  | <-------------- Relay{candidate}, both ways ----------> |
//	  | -- close ----------------> | ----------- Gone{peer} --> |
//	  | ========= data channels, without the server =========== |
//	  | <----------------- confirmation, both ways -----------> |
//
// The guest refuses keys of which the room's number is not made: a server can
// keep a guest from its host, but not be the host. It keeps nothing: after a
// restart the host claims again, and nobody else can.
//
// Frames are binary WebSocket messages of the subprotocol [Subprotocol]: one
// type byte, then the fields; a list or a string has its length before it.
//
//	type  message  from    fields
//	0x01  Hello    server  nonce 32, count u8, then ICE servers: length u16, URL
//	0x02  Claim    host    Ed25519 key 32, X25519 key 32, signature 64
//	0x03  Claimed  server
//	0x04  Join     guest   room 16
//	0x05  Joined   server  peer 8
//	0x06  Relay    all     peer 8, then the sealed signal to the frame's end
//	0x07  Gone     server  peer 8
//	0x08  Present  server  Ed25519 key 32, X25519 key 32
//	0x09  Absent   server
//	0x0a  TURN     server  username: length u8; credential: length u8; relays: as Hello's
//
// In a Relay from a guest the peer is ignored: it can only speak to the host.
// The server writes whom a Relay is from, so nobody speaks in another's name.
// TURN comes before Claimed or Joined where a server has relays to name, and
// again when its credentials are half as good for as long.
//
// What is relayed is sealed end to end, and begins with one byte that says how:
//
//	type  frame    from   content
//	0x01  knock    guest  e 32, then encrypted: features
//	0x02  welcome  host   e 32, then encrypted: bind 32, features
//	0x03  signal   both   encrypted: a signal's type, then its text
//	0x04  refusal  host   MAC 32: the secret is not the invitation's
//
// Knock and welcome are the two messages of Noise_NKpsk0_25519_ChaChaPoly_SHA256
// (https://noiseprotocol.org/noise.html), whose prologue is "toile/1 hs\x00",
// the room and both keys, and whose pre-shared key is
// HKDF-SHA256(secret, salt: room, info: "toile/1 psk"). So the guest knows that
// the answer is of the host whose keys make the room's number, and the host that
// the guest holds the secret; the signals after them are sealed with keys that
// are gone with the two connections. Their nonces are counters: a signal that is
// missing, repeated or out of order ends the handshake, and the guest may knock
// again. A knock comes with no description of the guest, since whoever records
// it and later learns the host's key could read it; and the host makes no
// connection for it before the offer has shown that whoever knocked is still
// there, so that a knock replayed costs none. It remembers the last 4096 too.
//
// The refusal is HMAC-SHA256(dh, "toile/1 refused\x00" || knock), where dh is the
// Diffie-Hellman result of the knock's e and the host's X: nobody but the host
// tells a guest that its invitation is void.
//
// When the data channels are open, each end first sends
//
//	HMAC-SHA256(bind, "toile/1 confirm\x00" || 'g' or 'h' || h || SHA-256(certificates))
//
// where bind came in the welcome, h is the handshake's hash, and the
// certificates are the SHA-256 fingerprints of the guest's and of the host's
// DTLS certificate as the sender sees them. Nothing else counts before it. How
// a connection to the server ends is told by its close code; close.go has the
// table.
//
// Changelog of the subprotocol: toile.v1, the first.
package signaling
