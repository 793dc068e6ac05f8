package wire

import (
	"github.com/toile-party/toile/peer/clock"
	"github.com/toile-party/toile/peer/playback"
)

// Rates that a party may play at; the widest that browsers agree on is wider
// (HTML does not bound it), but sound is lost beyond these.
const (
	MinRate = 0.25
	MaxRate = 4.0
)

// Parse reads one frame. The result holds no reference to b. It tells
// [ErrMalformed] or [ErrUnknown].
func Parse(b []byte) (Message, error) {
	if len(b) == 0 || len(b) > MaxFrame {
		return nil, ErrMalformed
	}
	r := reader{b: b[1:]}
	var m Message
	switch b[0] {
	case typePing:
		m = Ping{N: r.u32(), Sent: clock.Local(r.span())}
	case typePong:
		m = Pong{N: r.u32(), Sent: clock.Local(r.span()), Received: clock.Party(r.span()), Replied: clock.Party(r.span())}
	case typeState:
		m = r.state()
	case typeAck:
		m = Ack{Epoch: r.u32(), Rev: r.u32()}
	case typeHealth:
		m = r.health()
	case typeHello:
		v := Hello{Version: r.u16()}
		copy(v.Secret[:], r.take(len(v.Secret)))
		copy(v.Resume[:], r.take(len(v.Resume)))
		m = v
	case typeWelcome:
		m = r.welcome()
	case typeJoin:
		m = Join{Name: r.string(MaxName), Hue: r.hue(), Device: r.device()}
	case typeSeated:
		v := Seated{You: PersonID(r.u32())}
		copy(v.Token[:], r.take(len(v.Token)))
		m = v
	case typeEntered:
		m = Entered{Person: r.person()}
	case typeLeft:
		m = Left{ID: PersonID(r.u32())}
	case typeRequest:
		m = r.request()
	case typeStatus:
		m = Status{Epoch: r.u32(), Rev: r.u32(), Ready: r.bool(), OneWayP95: r.length(), Condition: r.condition(),
			Ahead: r.length(), Ample: r.bool(), Hidden: r.bool()}
	case typeShowing:
		m = Showing{Media: r.media()}
	case typeRules:
		m = r.rules()
	case typeWaiting:
		m = r.waiting()
	case typeBye:
		m = Bye{Code: r.string(MaxCode)}
	case typePost:
		m = Post{ID: r.u32(), Text: r.string(MaxText), Reply: r.u32()}
	case typeLine:
		m = r.line()
	case typeKnocking:
		m = Knocking{}
	case typeCue:
		m = r.cue()
	case typeCard:
		m = Card{Name: r.string(MaxName), Hue: r.hue(), Device: r.device()}
	case typeReady:
		m = Ready{On: r.bool()}
	case typeAsk:
		m = Ask{On: r.bool()}
	case typeInvite:
		m = Invite{Fragment: r.string(MaxInvitation)}
	case typeReact:
		m = React{Emoji: r.string(MaxEmoji)}
	case typeReaction:
		m = r.reaction()
	case typeErase:
		m = Erase{Seq: r.u32()}
	case typeErased:
		m = Erased{Seq: r.u32()}
	case typeCleared:
		m = Cleared{Upto: r.u32()}
	case typeTyping:
		m = Typing{On: r.bool()}
	case typeTypists:
		m = Typists{Who: r.ids()}
	case typeHidden:
		m = Hidden{Who: r.ids()}
	case typeRelayed:
		m = Relayed{Who: r.ids()}
	default:
		return nil, ErrUnknown
	}
	if r.bad {
		return nil, ErrMalformed
	}
	return m, nil
}

func (r *reader) state() State {
	return State{Timeline: r.timeline(), Speed: r.float(MinRate, MaxRate), Resuming: r.bool()}
}

func (r *reader) timeline() playback.Timeline {
	t := playback.Timeline{
		Epoch: r.u32(), Rev: r.u32(), Media: playback.MediaID(r.u32()),
		Anchor: clock.Party(r.span()), Position: r.length(),
		Rate: r.float(0, MaxRate),
	}
	if t.Rate != 0 && t.Rate < MinRate {
		r.bad = true
	}
	return t
}

func (r *reader) health() Health {
	var h Health
	for range r.count(MaxPeople) {
		h.People = append(h.People, HealthOf{ID: PersonID(r.u32()), Condition: r.condition()})
	}
	return h
}

func (r *reader) welcome() Welcome {
	w := Welcome{Version: r.u16(), You: PersonID(r.u32())}
	copy(w.Token[:], r.take(len(w.Token)))
	w.Media, w.State = r.media(), r.state()
	for range r.count(MaxPeople) {
		w.People = append(w.People, r.person())
	}
	w.Rules, w.Cue = r.rules(), r.cue()
	return w
}

func (r *reader) ids() (ids []PersonID) {
	for range r.count(MaxPeople) {
		ids = append(ids, PersonID(r.u32()))
	}
	return ids
}

func (r *reader) waiting() Waiting {
	w := Waiting{For: r.ids()}
	w.Since, w.Until = clock.Party(r.span()), clock.Party(r.span())
	return w
}

func (r *reader) request() Request {
	q := Request{Kind: RequestKind(r.enum(uint8(RequestCountdown))), Position: r.length(), Rate: r.float(0, MaxRate)}
	if q.Kind == 0 || q.Kind == RequestRate && q.Rate < MinRate {
		r.bad = true
	}
	return q
}

func (r *reader) condition() Condition {
	return Condition{
		Film: FilmState(r.enum(uint8(FilmFailed))), Weak: r.bool(), Measured: r.bool(),
		Offset: r.span(), RTT: r.length(), Uncertainty: r.length(),
	}
}

func (r *reader) person() Person {
	return Person{
		ID: PersonID(r.u32()), Name: r.string(MaxName), Hue: r.hue(), Host: r.bool(),
		Condition: r.condition(), Device: r.device(),
		Drives: r.bool(), Muted: r.bool(), Ready: r.bool(), Asks: r.bool(),
	}
}

func (r *reader) media() Media {
	return Media{
		ID: playback.MediaID(r.u32()), Kind: MediaKind(r.enum(uint8(MediaFile))),
		URL: r.string(MaxURL), Title: r.string(MaxTitle), Name: r.string(MaxTitle),
		Size: r.size(), Duration: r.length(),
	}
}
