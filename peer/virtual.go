package peer

import (
	"context"
	"sync"
	"time"

	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/playback"
	"github.com/toile-party/toile/peer/wire"
)

// observeEvery is how often a film without a screen tells where it is.
const observeEvery = 50 * time.Millisecond

// Virtual is a film without a screen: what a native peer steers, so that it
// takes part like everybody else, keeps time for the party as a host, and can
// be measured. It implements [Player].
type Virtual struct {
	mu      sync.Mutex // guards what follows
	session *Session
	player  playback.VirtualPlayer
}

// NewVirtual makes a film that is ready at once and as long as it needs to be.
func NewVirtual() *Virtual { return &Virtual{} }

// Apply implements Player.
func (v *Virtual) Apply(c playback.Command) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.session != nil {
		v.player.Apply(v.session.Now(), c)
	}
}

// Load implements Loader: every film is ready at once.
func (v *Virtual) Load(m wire.Media) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.player = playback.VirtualPlayer{Duration: m.Duration}
	if v.session != nil {
		v.session.Do(party.Film{State: wire.FilmReady})
	}
}

// Run tells s what the film does until ctx ends.
func (v *Virtual) Run(ctx context.Context, s *Session) {
	v.mu.Lock()
	v.session = s
	v.mu.Unlock()
	s.Do(party.Film{State: wire.FilmReady})
	tick := time.NewTicker(observeEvery)
	defer tick.Stop()
	for {
		v.mu.Lock()
		o := v.player.Observe(s.Now())
		v.mu.Unlock()
		s.Observe(o)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
