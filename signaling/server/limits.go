package server

import "time"

// Limits are those that depend on whom a server is for. A field of zero is its
// default.
type Limits struct {
	// Sockets is how many peers may be connected at once; default 25000.
	Sockets int
	// Rooms is how many rooms there may be at once; default 20000.
	Rooms int
	// AddressSockets is how many peers of one address (IPv6: of one /64, which
	// is one home) may be connected at once; default 50. Schools and mobile
	// networks put many people behind one address.
	AddressSockets int
	// AddressRate is how many sockets one address may open in a minute, and
	// how many of them at once; default 30.
	AddressRate int
	// RoomGuests is how many guests may be on their way into one room at once;
	// default 200. Guests who have arrived do not count: they have left.
	RoomGuests int
	// RoomJoins is how many guests may ask for one room in a minute; default 60.
	RoomJoins int
}

func (l Limits) orDefault() Limits {
	for field, value := range map[*int]int{
		&l.Sockets: 25000, &l.Rooms: 20000, &l.AddressSockets: 50, &l.AddressRate: 30, &l.RoomGuests: 200, &l.RoomJoins: 60,
	} {
		if *field == 0 {
			*field = value
		}
	}
	return l
}

// DefaultLimits are the limits of a server that was told of none.
func DefaultLimits() Limits { return Limits{}.orDefault() }

// Limits that nobody needs to change.
const (
	handshakeWithin = 5 * time.Second  // to write the answer to an upgrade
	firstWithin     = 10 * time.Second // to say who one is
	pingEvery       = 25 * time.Second // proxies cut what is silent for a minute
	deadAfter       = 60 * time.Second
	writeWithin     = 5 * time.Second
	lingerWithin    = time.Second // for a goodbye to arrive
	hostWithin      = 10 * time.Minute

	queueFrames = 64 // per socket, and then it is closed
	queueBytes  = 256 << 10
	hostFrames  = 128 // of guests, to their host; over that it is the guest who is closed

	guestRate  = 20 // frames a second; candidates come in bursts
	guestBurst = 60
	hostRate   = 200
	hostBurst  = 500

	// Bytes a second, of frames with all that is around them: what is in no
	// message, such as pings and empty fragments, costs its sender too.
	guestBytes      = 64 << 10
	guestBytesBurst = 1 << 20
	hostBytes       = 512 << 10
	hostBytesBurst  = 8 << 20

	// TCP connections, counted before a byte of them is read.
	spareConns    = 1024 // beside the sockets: the page is loaded by these
	addressSpread = 4    // times AddressSockets

	maxVisitors = 1 << 17 // addresses that are remembered at once
	retryAfter  = 10 * time.Second
)
