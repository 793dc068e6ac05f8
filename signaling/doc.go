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
//	  | -- Relay{offer} ---------> | ----- Relay{peer, offer} > |
//	  | <- Relay{answer} --------- | <--- Relay{peer, answer} - |
//	  | <-------------- Relay{candidate}, both ways ----------> |
//	  | ========= data channels, without the server =========== |
//	  | -- close ----------------> | ----------- Gone{peer} --> |
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
//
// In a Relay from a guest the peer is ignored: it can only speak to the host.
// The server writes whom a Relay is from, so nobody speaks in another's name.
//
// The server relays what is sealed and needs to understand none of it. In this
// version a seal hides nothing yet, it only has its place: see [Seal]. How a
// connection ends is told by its close code; close.go has the table.
//
// Changelog of the subprotocol: toile.v1, the first.
package signaling
