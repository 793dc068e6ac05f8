//go:build !js

package link

import (
	"reflect"
	"unsafe"

	"github.com/pion/datachannel"
	"github.com/pion/sctp"
)

// commitUnreliable makes pion keep to what was agreed for State: unordered, no
// retransmission (RFC 3758, RFC 7496 section 3.1).
//
// pion/datachannel v1.6.3 sets a stream's reliability only when the in-band
// handshake of RFC 8832 is done, which a negotiated channel does not have: it
// would be reliable and ordered, and one lost packet would hold up every
// clock sample and command behind it for a second. The stream is no exported
// field, so it is reached by its name; if a later version has none of that
// name, the channel is merely slower, and TestStateIsNotHeldUpByALoss fails.
func commitUnreliable(raw datachannel.ReadWriteCloser) {
	dc, ok := raw.(*datachannel.DataChannel)
	if !ok {
		return
	}
	field := reflect.ValueOf(dc).Elem().FieldByName("stream")
	if field.IsValid() && field.Type() == reflect.TypeFor[*sctp.Stream]() {
		stream := *(**sctp.Stream)(unsafe.Pointer(field.UnsafeAddr()))
		stream.SetReliabilityParams(true, sctp.ReliabilityTypeRexmit, 0)
	}
}
