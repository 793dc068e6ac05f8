package server

import "time"

// bucket is a token bucket. Its owner guards it, and tells it the time.
type bucket struct {
	tokens, burst float64
	rate          float64 // tokens a second
	at            time.Time
}

// full is a bucket that nothing was taken from yet.
func full(rate, burst float64, now time.Time) bucket {
	return bucket{tokens: burst, rate: rate, burst: burst, at: now}
}

// perMinute is a bucket of n in a minute, which may all come at once.
func perMinute(n int, now time.Time) bucket { return full(float64(n)/60, float64(n), now) }

// take takes n tokens, or none when there are fewer.
func (b *bucket) take(n float64, now time.Time) bool {
	b.refill(now)
	if b.tokens < n {
		return false
	}
	b.tokens -= n
	return true
}

// refill adds what time brought. A clock that went backwards brings nothing.
func (b *bucket) refill(now time.Time) {
	if d := now.Sub(b.at); d > 0 {
		b.tokens = min(b.burst, b.tokens+d.Seconds()*b.rate)
		b.at = now
	}
}

// wait is how long until there is a token.
func (b *bucket) wait(now time.Time) time.Duration {
	b.refill(now)
	if b.tokens >= 1 {
		return 0
	}
	return time.Duration((1 - b.tokens) / b.rate * float64(time.Second))
}

// grow makes the bucket one of another size, with what is in it.
func (b *bucket) grow(rate, burst float64) { b.rate, b.burst = rate, burst }
