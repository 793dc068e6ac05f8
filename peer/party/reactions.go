package party

import (
	"time"

	"github.com/toile-party/toile/peer/clock"
)

// Reactions are shown for a few seconds; a page that was away may see them a
// little later, never a heap of old ones.
const (
	reactionFor  = 5 * time.Second
	maxReactions = 64
)

// reactions are those of the last seconds.
type reactions struct {
	list []Reaction // never changed in place: views hold it
	rev  uint32
	next uint32 // a host's: the last ID given
}

func (r *reactions) add(n Reaction, now clock.Local) {
	list := make([]Reaction, 0, len(r.list)+1)
	for _, o := range r.list {
		if now.Sub(o.At) < reactionFor && o.ID != n.ID {
			list = append(list, o)
		}
	}
	if len(list) == maxReactions {
		list = list[1:]
	}
	r.list = append(list, n)
	r.rev++
}

// expire forgets those whose time is over.
func (r *reactions) expire(now clock.Local) {
	if len(r.list) > 0 && now.Sub(r.list[len(r.list)-1].At) >= reactionFor {
		r.list = nil
		r.rev++
	}
}
