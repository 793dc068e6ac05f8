package peer

import (
	"errors"

	"github.com/toile-party/toile/peer/link"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

// codeOf turns what kept a session from its party into a stable code. The
// sentences are the page's.
func codeOf(err error) string {
	for _, c := range []struct {
		err  error
		code string
	}{
		{signaling.ErrRoomNotFound, "room-not-found"},
		{signaling.ErrRoomFull, "room-full"},
		{signaling.ErrRate, "server-busy"},
		{signaling.ErrFull, "server-busy"},
		{signaling.ErrReplaced, "replaced"},
		{signaling.ErrVersion, "version"},
		{signaling.ErrTampered, "tampered"},
		{signaling.ErrSecret, party.CodeLinkWrong},
		{errNoAnswer, "host-lost"},
		{link.ErrSDP, "tampered"},
		{signaling.ErrServerAway, "server-away"},
		{link.ErrUnsupported, "no-webrtc"},
	} {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	if errors.Is(err, link.ErrUnreachable) {
		return "connect-failed"
	}
	return "server-away"
}
