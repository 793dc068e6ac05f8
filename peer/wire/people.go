package wire

// Device is what a person watches on, as far as it was told.
type Device uint8

// The devices.
const (
	DeviceUnknown Device = iota
	DeviceComputer
	DevicePhone
	DeviceTerminal
)

// Knocking answers a [Join] where the host decides about each newcomer: it is
// heard, and Seated or Bye follows.
type Knocking struct{}

// Card changes one's own name, colour and device.
type Card struct {
	Name   string // empty: as it was
	Hue    uint16
	Device Device
}

// Invite tells that the invitation was replaced. Fragment is the whole of it,
// as in a link.
type Invite struct{ Fragment string }

func (Knocking) Channel() Channel { return ChannelControl }
func (Card) Channel() Channel     { return ChannelControl }
func (Invite) Channel() Channel   { return ChannelControl }

func (m Knocking) append(b []byte) []byte { return append(b, typeKnocking) }

func (m Card) append(b []byte) []byte {
	return append(put16(putString(append(b, typeCard), m.Name), m.Hue), byte(m.Device))
}

func (m Invite) append(b []byte) []byte { return putString(append(b, typeInvite), m.Fragment) }

func (r *reader) device() Device { return Device(r.enum(uint8(DeviceTerminal))) }
