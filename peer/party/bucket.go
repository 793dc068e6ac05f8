package party

import "github.com/toile-party/toile/peer/clock"

// bucket is a token bucket: it refuses what comes faster than rate once
// burst is used up.
type bucket struct {
	tokens, burst, rate float64
	at                  clock.Local
}

func newBucket(burst, perSecond float64) bucket {
	return bucket{tokens: burst, burst: burst, rate: perSecond}
}

func (b *bucket) take(now clock.Local) bool {
	b.tokens = min(b.burst, b.tokens+now.Sub(b.at).Seconds()*b.rate)
	b.at = now
	if b.tokens < 1 {
		return false
	}
	b.tokens--
	return true
}
