// Package party is the middle of the house: two state machines, [Host] and
// [Guest], that turn events into effects.
//
//	intent -> event -> machine -> effect -> link -> event -> machine -> command -> video -> observation
//
// The machines are pure. They hold no goroutine, channel, lock, log or clock:
// the time comes in as now, what came from outside as an [Event], and what is
// to be done goes out as a list of [Effect]s, in order. The same state and the
// same event give the same effects, so a whole party runs in a test from one
// seed. A machine tells by Deadline when it wants to be called with a nil
// event; the shell (package peer) owns the timer.
//
// The host owns one truth, the Timeline; all else is a replica or an
// observation. It steers its own film by the same code as a guest does, with
// an exact clock: the host is its own first guest.
//
// Invariants: a person is known by the link a message came on, never by what
// the message says; no message but Hello counts before Hello was accepted;
// (Epoch, Rev) only grows; a line has one place in one history.
package party
