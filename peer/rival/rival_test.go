package rival

import (
	"testing"
	"time"

	"github.com/toile-party/toile/peer/impair"
	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/playback"
)

const ms = time.Millisecond

// party lets five people play a film for a while by a rule, over a network that
// takes 50 ms each way.
func party(t *testing.T, exact bool, rule func(*Room) Rule) *Room {
	t.Helper()
	p := impair.Path{Delay: 50 * ms}
	r := NewRoom(luck.Evening{Seed: 4, Network: impair.Condition{Forth: p, Back: p}}, exact, rule)
	for range 5 {
		r.Enter()
	}
	r.Run(10 * time.Second)
	r.Do(Play, 0)
	r.Run(20 * time.Second)
	return r
}

// late is how far behind person 0 each of the others is.
func late(r *Room) (all []time.Duration) {
	for _, c := range r.Clients[1:] {
		all = append(all, r.Clients[0].Position()-c.Position())
	}
	return all
}

func TestCommandsThatAreObeyedOnArrivalLeaveTheWayThereAsSkew(t *testing.T) {
	for name, rule := range map[string]func(*Room) Rule{"naive": Naive, "ott": OpenTogetherTube, "syncplay": Syncplay} {
		for i, d := range late(party(t, true, rule)) {
			if d < 20*ms || d > 100*ms {
				t.Errorf("%s: person %d is %v behind who sits at the server; 50 ms away, they should be about that much late", name, i+1, d)
			}
		}
	}
}

func TestJellyfinStartsByItsClock(t *testing.T) {
	for i, d := range late(party(t, false, JellyfinShipped)) {
		if d.Abs() > 60*ms {
			t.Errorf("person %d is %v behind: a start at an instant leaves what elements differ by", i+1, d)
		}
	}
}

func TestJellyfinCorrectsWhatIsAboveItsThreshold(t *testing.T) {
	r := party(t, true, Jellyfin)
	c := r.Clients[2]
	before := c.Spent().Integral
	c.Film.Apply(c.now(), jumpBy(c, 300*ms))
	r.Run(5 * time.Second)
	if d := late(r)[1].Abs(); d > 100*ms {
		t.Errorf("five seconds after a jump of 300 ms it is still %v off", d)
	}
	if got := c.Spent().Integral - before; got < 150*ms || got > time.Second {
		t.Errorf("it played %v faster or slower, want about the jump", got)
	}
}

func TestJellyfinPausesEverybodyForANewcomer(t *testing.T) {
	r := party(t, false, Jellyfin)
	r.Enter()
	r.Run(100 * ms)
	for i, c := range r.Clients[:5] {
		if !c.paused() {
			t.Errorf("person %d plays on", i)
		}
	}
	r.Run(3 * time.Second)
	for i, c := range r.Clients {
		if c.paused() {
			t.Errorf("three seconds later person %d still stands", i)
		}
	}
}

func TestSyncplaySlowsDownWhoIsAheadBySeconds(t *testing.T) {
	r := party(t, true, Syncplay)
	c := r.Clients[2]
	c.Film.Apply(c.now(), jumpBy(c, 2*time.Second))
	r.Run(3 * time.Second)
	if c.Film.Speed() != syncplayRate {
		t.Fatalf("two seconds ahead it runs at %v", c.Film.Speed())
	}
	r.Run(time.Minute)
	if d := late(r)[1].Abs(); c.Film.Speed() != 1 || d > 300*ms {
		t.Errorf("a minute later it runs at %v and is %v off", c.Film.Speed(), d)
	}
}

func TestOpenTogetherTubeMovesFilmsThatAreASecondOff(t *testing.T) {
	r := party(t, true, OpenTogetherTube)
	c := r.Clients[2]
	c.Film.Apply(c.now(), jumpBy(c, 900*ms))
	r.Run(3 * time.Second)
	if d := late(r)[1]; d > -700*ms {
		t.Errorf("less than a second off is let be, and it is %v behind", d)
	}
	c.Film.Apply(c.now(), jumpBy(c, 600*ms))
	r.Run(3 * time.Second)
	if d := late(r)[1].Abs(); d > 300*ms {
		t.Errorf("more than a second off it was moved, and is %v off", d)
	}
}

func TestMediaSyncConvergesWhereRatesAreExact(t *testing.T) {
	for i, d := range late(party(t, true, MediaSync)) {
		if d.Abs() > 25*ms {
			t.Errorf("person %d is %v off: its own aim is 25 ms", i+1, d)
		}
	}
}

// jumpBy moves a client's film, whatever its rule wants.
func jumpBy(c *Client, d time.Duration) playback.Command {
	return playback.Command{Do: playback.Jump, Position: c.Position() + d, Rate: c.Film.Speed()}
}
