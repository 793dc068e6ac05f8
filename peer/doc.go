// Package peer is a live participant of a party: the shell round the pure
// machines of package party. A [Session] owns one machine, its links and its
// timer, and is all there is to hosting or joining; the browser's page and the
// native command are two users of it.
//
// One goroutine, that of [Session.Run], touches the machine. Everything
// foreign (pion, WebSocket, JavaScript) only puts events into the mailbox and
// never waits:
//
//	foreign callback -> mailbox -> Handle(now, event) -> effects -> link, player, page
//
// The rendezvous runs beside the loop: a host stays with the signaling server
// to receive newcomers, and comes back to it when it was away; a guest leaves
// it as soon as its channels are open.
package peer
