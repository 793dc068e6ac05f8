package main

import (
	"time"

	"github.com/toile-party/toile/peer/luck"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/peertest"
	"github.com/toile-party/toile/peer/rival"
	"github.com/toile-party/toile/peer/wire"
)

// troupe is a party under way, by whatever rule.
type troupe interface {
	Now() time.Duration
	Run(d time.Duration)
	Do(do rival.Action, to time.Duration) // by person 0
	Join()
	Stall(person int, d time.Duration)
	People() int
	Position(person int) time.Duration
	Spent(person int) luck.Cost
}

type system struct {
	name string
	open func(e luck.Evening) troupe
}

const ourName = "toile"

// systems are ours first. "exact rates" gives a rule an element that does what
// rates say, which its own product does not have: its best case.
func systems() []system {
	theirs := func(name string, exact bool, rule func(*rival.Room) rival.Rule) system {
		return system{name, func(e luck.Evening) troupe { return &theirs{rival.NewRoom(e, exact, rule)} }}
	}
	return []system{
		{ourName, func(e luck.Evening) troupe { return &ours{peertest.NewStage(e, film, 0)} }},
		theirs("no correction", false, rival.Naive),
		theirs("jellyfin", false, rival.Jellyfin),
		theirs("jellyfin as it ships", false, rival.JellyfinShipped),
		theirs("jellyfin, exact rates", true, rival.Jellyfin),
		theirs("opentogethertube", false, rival.OpenTogetherTube),
		theirs("syncplay", true, rival.Syncplay),
		theirs("mediasync", false, rival.MediaSync),
		theirs("mediasync, exact rates", true, rival.MediaSync),
	}
}

var film = wire.Media{URL: "https://films.example/a.mp4", Title: "A", Duration: 2 * time.Hour}

type ours struct{ *peertest.Stage }

func (o *ours) Do(do rival.Action, to time.Duration) {
	host := o.Nodes()[0]
	switch do {
	case rival.Play:
		host.Do(party.Play{})
	case rival.Pause:
		host.Do(party.Pause{})
	case rival.Seek:
		host.Do(party.Seek{Position: to})
	}
}

func (o *ours) Join()                        { o.Enter() }
func (o *ours) Stall(i int, d time.Duration) { o.Nodes()[i].Stall(d) }
func (o *ours) People() int                  { return len(o.Nodes()) }
func (o *ours) Position(i int) time.Duration { return o.Nodes()[i].Position() }
func (o *ours) Spent(i int) luck.Cost        { return o.Nodes()[i].Spent() }

type theirs struct{ *rival.Room }

func (t *theirs) Join()                        { t.Enter() }
func (t *theirs) Stall(i int, d time.Duration) { t.Clients[i].Stall(d) }
func (t *theirs) People() int                  { return len(t.Clients) }
func (t *theirs) Position(i int) time.Duration { return t.Clients[i].Position() }
func (t *theirs) Spent(i int) luck.Cost        { return t.Clients[i].Spent() }
