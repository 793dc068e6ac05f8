package link

import "github.com/toile-party/toile/peer/clock"

// Config is what a link is made from.
type Config struct {
	// ICE are the ICE servers, as URLs.
	ICE []string
	// TURN are relays; none in the zero value.
	TURN TURN
	// Now is not needed here: the browser stamps messages itself.
	Now func() clock.Local
}
