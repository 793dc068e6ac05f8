package playback

import "time"

// latencies is what was learned of how long this device takes. A start after a
// seek and one without differ, and so do muted and audible ones, by the audio
// path's buffers; one average over them would be right for none.
type latencies struct {
	starts   [2][2]learned // by after a seek, by muted
	standing learned       // from a Start to standing ready
	jumps    learned
	prompt   bool
}

type learned struct {
	value time.Duration
	n     int
}

// What Chromium needs, before anything was learned. An element that is prompt,
// as Firefox's is, needs nothing.
const (
	firstSeekAudible = 77 * time.Millisecond
	firstSeekMuted   = 40 * time.Millisecond
	firstJump        = 100 * time.Millisecond
	firstReady       = 350 * time.Millisecond
)

const (
	alpha      = 0.25 // of what is new: starts of one device scatter by 7 ms
	alphaFirst = 0.5
	// A first start this far off is not chance but another kind of device, whose
	// own time it tells.
	stranger = 30 * time.Millisecond
)

func (l *learned) take(v time.Duration) {
	a := alpha
	if l.n == 0 {
		a = alphaFirst
		if (v - l.value).Abs() > stranger {
			a = 1
		}
	}
	l.n++
	l.value += time.Duration(a * float64(v-l.value))
}

func (l *latencies) slot(seek, muted bool) *learned {
	i, j := 0, 0
	if seek {
		i = 1
	}
	if muted {
		j = 1
	}
	s := &l.starts[i][j]
	if s.n == 0 {
		switch {
		case !seek || l.prompt:
			s.value = 0
		case muted:
			s.value = firstSeekMuted
		default:
			s.value = firstSeekAudible
		}
	}
	return s
}

// start is how long before the film is to move play() must be called.
func (l *latencies) start(seek, muted bool) time.Duration { return l.slot(seek, muted).value }

// started learns from a start that was late by d. What is far off was not a
// start's doing.
func (l *latencies) started(seek, muted bool, d time.Duration) {
	s := l.slot(seek, muted)
	if d.Abs() > 300*time.Millisecond {
		return
	}
	s.take(max(s.value+d, 0))
}

// ready learns how long it takes from a Start to standing ready on it.
func (l *latencies) ready(d time.Duration) {
	if l.standing.n == 0 {
		l.standing.value = firstReady
	}
	l.standing.take(min(d, 2*time.Second))
}

// lead is how far ahead an ambush is laid.
func (l *latencies) lead() time.Duration {
	r := l.standing.value
	if l.standing.n == 0 {
		r = firstReady
	}
	return max(400*time.Millisecond, min(2*r+150*time.Millisecond, 2500*time.Millisecond))
}

// jump is how long a seek takes while the film plays.
func (l *latencies) jump() time.Duration {
	if l.jumps.n == 0 {
		return firstJump
	}
	return l.jumps.value
}

// jumped learns from a jump that was late by d.
func (l *latencies) jumped(d time.Duration) {
	if d.Abs() < 500*time.Millisecond {
		l.jumps.value = l.jump()
		l.jumps.take(max(0, l.jumps.value+d))
	}
}
