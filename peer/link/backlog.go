package link

import "time"

// stalledFor is how long a peer may take nothing of what waits for it on the
// reliable channels, before its link is given up.
const stalledFor = 10 * time.Second

// backlog bounds what waits for one peer on its reliable channels: a peer that
// does not read costs maxBacklog at most, and not for long. One that reads
// slowly is let be, as long as it reads. The zero value is ready.
type backlog struct {
	given uint64    // payload bytes handed to the channels
	taken uint64    // the most that left them
	since time.Time // when taken last grew, or nothing waited
}

// admit tells whether n more bytes may be sent while so many wait: it gives
// [ErrBacklog] when not.
func (b *backlog) admit(waiting uint64, n int, now time.Time) error {
	if taken := b.given - min(waiting, b.given); taken > b.taken || waiting == 0 || b.since.IsZero() {
		b.taken, b.since = max(taken, b.taken), now
	}
	if waiting+uint64(n) > maxBacklog || now.Sub(b.since) >= stalledFor {
		return ErrBacklog
	}
	return nil
}

// gave notes what was handed to a channel.
func (b *backlog) gave(n int) { b.given += uint64(n) }
