package wire

import (
	"encoding/binary"

	"github.com/toile-party/toile/peer/playback"
)

const (
	typePing     = 0x01
	typePong     = 0x02
	typeState    = 0x03
	typeAck      = 0x04
	typeHealth   = 0x05
	typeHello    = 0x10
	typeWelcome  = 0x11
	typeJoin     = 0x12
	typeSeated   = 0x13
	typeEntered  = 0x14
	typeLeft     = 0x15
	typeRequest  = 0x16
	typeStatus   = 0x17
	typeShowing  = 0x18
	typeRules    = 0x19
	typeBye      = 0x1a
	typeKnocking = 0x1b
	typeCue      = 0x1c
	typeCard     = 0x1d
	typeReady    = 0x1e
	typeAsk      = 0x1f
	typePost     = 0x20
	typeLine     = 0x21
	typeReact    = 0x22
	typeReaction = 0x23
	typeErase    = 0x24
	typeErased   = 0x25
	typeCleared  = 0x26
	typeTyping   = 0x27
	typeTypists  = 0x28
	typeInvite   = 0x29
	typeWaiting  = 0x30
	typeHidden   = 0x31
	typeRelayed  = 0x32
)

// Append appends the frame of m to b. The caller keeps to the limits of this
// package; a frame that breaks one is refused by the reader.
func Append(b []byte, m Message) []byte { return m.append(b) }

func (m Ping) append(b []byte) []byte {
	b = put32(append(b, typePing), m.N)
	return put64(b, m.Sent)
}

func (m Pong) append(b []byte) []byte {
	b = put32(append(b, typePong), m.N)
	b = put64(b, m.Sent)
	b = put64(b, m.Received)
	return put64(b, m.Replied)
}

func (m State) append(b []byte) []byte { return putState(append(b, typeState), m) }

func (m Ack) append(b []byte) []byte { return put32(put32(append(b, typeAck), m.Epoch), m.Rev) }

func (m Health) append(b []byte) []byte {
	b = putCount(append(b, typeHealth), len(m.People))
	for _, p := range m.People {
		b = putCondition(put32(b, uint32(p.ID)), p.Condition)
	}
	return b
}

func (m Hello) append(b []byte) []byte {
	b = put16(append(b, typeHello), m.Version)
	b = append(b, m.Secret[:]...)
	return append(b, m.Resume[:]...)
}

func (m Welcome) append(b []byte) []byte {
	b = put16(append(b, typeWelcome), m.Version)
	b = put32(b, uint32(m.You))
	b = append(b, m.Token[:]...)
	b = putMedia(b, m.Media)
	b = putState(b, m.State)
	b = putCount(b, len(m.People))
	for _, p := range m.People {
		b = putPerson(b, p)
	}
	return putCue(putRules(b, m.Rules), m.Cue)
}

func (m Join) append(b []byte) []byte {
	return append(put16(putString(append(b, typeJoin), m.Name), m.Hue), byte(m.Device))
}

func (m Seated) append(b []byte) []byte {
	return append(put32(append(b, typeSeated), uint32(m.You)), m.Token[:]...)
}

func (m Entered) append(b []byte) []byte { return putPerson(append(b, typeEntered), m.Person) }

func (m Left) append(b []byte) []byte { return put32(append(b, typeLeft), uint32(m.ID)) }

func (m Request) append(b []byte) []byte {
	b = append(b, typeRequest, byte(m.Kind))
	b = put64(b, m.Position)
	return putFloat(b, m.Rate)
}

func (m Status) append(b []byte) []byte {
	b = put32(append(b, typeStatus), m.Epoch)
	b = put32(b, m.Rev)
	b = putBool(b, m.Ready)
	b = put64(b, m.OneWayP95)
	b = putCondition(b, m.Condition)
	b = put64(b, m.Ahead)
	return putBool(putBool(b, m.Ample), m.Hidden)
}

func (m Waiting) append(b []byte) []byte {
	b = putIDs(append(b, typeWaiting), m.For)
	return put64(put64(b, m.Since), m.Until)
}

func (m Showing) append(b []byte) []byte { return putMedia(append(b, typeShowing), m.Media) }

func (m Bye) append(b []byte) []byte { return putString(append(b, typeBye), m.Code) }

func putCount(b []byte, n int) []byte { return binary.AppendUvarint(b, uint64(n)) }

func putTimeline(b []byte, t playback.Timeline) []byte {
	b = put32(put32(b, t.Epoch), t.Rev)
	b = put32(b, uint32(t.Media))
	b = put64(b, t.Anchor)
	b = put64(b, t.Position)
	return putFloat(b, t.Rate)
}

func putState(b []byte, s State) []byte {
	return putBool(putFloat(putTimeline(b, s.Timeline), s.Speed), s.Resuming)
}

func (m Hidden) append(b []byte) []byte { return putIDs(append(b, typeHidden), m.Who) }

func (m Relayed) append(b []byte) []byte { return putIDs(append(b, typeRelayed), m.Who) }

func putIDs(b []byte, ids []PersonID) []byte {
	b = putCount(b, len(ids))
	for _, id := range ids {
		b = put32(b, uint32(id))
	}
	return b
}

func putCondition(b []byte, c Condition) []byte {
	b = append(b, byte(c.Film))
	b = putBool(b, c.Weak)
	b = putBool(b, c.Measured)
	b = put64(b, c.Offset)
	return put64(put64(b, c.RTT), c.Uncertainty)
}

func putPerson(b []byte, p Person) []byte {
	b = putString(put32(b, uint32(p.ID)), p.Name)
	b = putBool(put16(b, p.Hue), p.Host)
	b = append(putCondition(b, p.Condition), byte(p.Device))
	return putBool(putBool(putBool(putBool(b, p.Drives), p.Muted), p.Ready), p.Asks)
}

func putMedia(b []byte, m Media) []byte {
	b = append(put32(b, uint32(m.ID)), byte(m.Kind))
	b = putString(b, m.URL)
	b = putString(b, m.Title)
	b = putString(b, m.Name)
	return put64(put64(b, m.Size), m.Duration)
}
