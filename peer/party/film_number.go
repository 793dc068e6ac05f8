package party

import (
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// filmNumber numbers a film by what it is, so that a host that reloads, and has
// forgotten how many films there were before, gives the same number to the same
// film and another to any other: guests that come back go on with the film they
// have, and never take another for it. last is the number of the film before:
// one that is put on again begins anew. Two films share a number once in 2^32.
func filmNumber(m wire.Media, last playback.MediaID) playback.MediaID {
	// FNV-1a (RFC 9923), each text ended by a byte that no UTF-8 has. Not what
	// changes while the same film is on: its title and its duration.
	h := uint32(2166136261)
	add := func(b byte) { h = (h ^ uint32(b)) * 16777619 }
	add(byte(m.Kind))
	for i := range 8 {
		add(byte(m.Size >> (8 * i)))
	}
	for _, text := range [...]string{m.URL, m.Name} {
		for i := range len(text) {
			add(text[i])
		}
		add(0xff)
	}
	id := playback.MediaID(h)
	for id == 0 || id == last { // 0 is no film
		id++
	}
	return id
}
