// Package wire is what peers say to one another on their data channels: the
// messages, their codec and its version. It is pure: no I/O, no clock.
//
// A frame is one type byte and the fields of that message in the order of its
// struct, big endian: u8, u32, i64, f64 as they are, a string as a uvarint
// length and its bytes, a list as a uvarint count and its items. A reader
// ignores bytes that follow the fields it knows, and [Parse] tells
// [ErrUnknown] for a type it does not know, so that a newer peer may add
// either. Every length has a limit; a frame over [MaxFrame] is refused.
//
// Who a message is from is never in the message: it is the link it came on.
//
//	type  message  channel  from   meaning
//	0x01  Ping     state    guest  what time is it for you (RFC 5905 section 8)
//	0x02  Pong     state    host   the host's stamps for one Ping
//	0x03  State    state    host   the whole Timeline; newest (Epoch, Rev) wins
//	0x04  Ack      state    guest  the Timeline that the guest now follows
//	0x05  Health   state    host   how everybody is doing, at most once a second
//	0x10  Hello    control  guest  first on every link: version, secret, resume token
//	0x11  Welcome  control  host   what is on, who is here; a seat, if one was resumed
//	0x12  Join     control  guest  take a seat under this name
//	0x13  Seated   control  host   the seat, and the token that takes it back
//	0x14  Entered  control  host   a person took a seat, or changed
//	0x15  Left     control  host   a person is no longer here
//	0x16  Request  control  guest  please play, pause, seek, count down ...
//	0x17  Status   state    guest  how the guest's film does: on change, several times, and at 1 Hz
//	0x18  Showing  control  host   another film is on
//	0x19  Rules    control  host   who may drive, come in, speak
//	0x1a  Bye      control  both   why the sender goes, or why the other must
//	0x1b  Knocking control  host   the Join is heard; the host decides
//	0x1c  Cue      control  host   the ready check, countdown and undo there are
//	0x1d  Card     control  guest  another name, colour or device of one's own
//	0x1e  Ready    control  guest  the answer to a ready check
//	0x1f  Ask      control  guest  asks for the remote
//	0x29  Invite   control  host   the invitation was replaced
//	0x30  Waiting  control  host   for whom the room stands still
//	0x31  Hidden   control  host   all whose page is hidden, when that changed; older peers pass over it
//	0x32  Relayed  control  host   all whose link to the host goes by a relay, when that changed; older peers pass over it
//	0x20  Post     chat     guest  a line to say; ID grows by one, for deduplication
//	0x21  Line     chat     host   a line or a notice, in the one order of the party
//	0x22  React    chat     guest  let an emoji float over the film
//	0x23  Reaction chat     host   does so for everybody at one party instant
//	0x24  Erase    chat     guest  take a line of one's own back
//	0x25  Erased   chat     host   the text of one line is gone
//	0x26  Cleared  chat     host   every spoken line up to one is gone
//	0x27  Typing   chat     guest  writes, or no longer does
//	0x28  Typists  chat     host   all who write
//
// The state channel is unordered and never retransmits: each message on it is
// whole in itself, so losing or reordering one costs nothing but time. The
// control and chat channels are reliable and ordered. Until Hello is accepted
// a host takes nothing else from a guest, and a guest nothing before Welcome.
//
// Changelog of [Version]:
//
//	1  the first
//	2  Waiting; Status tells Ahead, Ample and Hidden; Request can go on; Rules, Cue and all of
//	   0x1b to 0x29; a Condition tells its Uncertainty;
//	   Status came on the control channel before
package wire
