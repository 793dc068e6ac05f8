package party

import "github.com/toile-party/toile/peer/wire"

// maxHistory is how many lines a party remembers, in memory only.
const maxHistory = 200

// history is the party's one order of lines and notices.
type history struct {
	lines []Line // never changed in place: views hold it
	rev   uint32
	seq   uint32 // of the last line, also when it is gone
}

func (h *history) last() uint32 { return h.seq }

func (h *history) add(l Line) {
	from := max(0, len(h.lines)+1-maxHistory)
	h.lines = append(append(make([]Line, 0, len(h.lines)-from+1), h.lines[from:]...), l)
	h.seq = max(h.seq, l.Seq)
	h.rev++
}

// find gives the line of a number.
func (h *history) find(seq uint32) (Line, bool) {
	for _, l := range h.lines {
		if l.Seq == seq && seq != 0 {
			return l, true
		}
	}
	return Line{}, false
}

// spoken tells whether a line can be answered.
func (h *history) spoken(seq uint32) bool {
	l, ok := h.find(seq)
	return ok && l.Kind == wire.LineText
}

// post finds the line that a person's post became.
func (h *history) post(who wire.PersonID, id uint32) (wire.Line, bool) {
	for _, l := range h.lines {
		if l.Who == who && l.Post == id && l.Kind == wire.LineText {
			return l.Line, true
		}
	}
	return wire.Line{}, false
}

// erase takes the text of a spoken line away, and leaves its place.
func (h *history) erase(seq uint32) {
	lines := append([]Line(nil), h.lines...)
	for i := range lines {
		if lines[i].Seq == seq && lines[i].Kind == wire.LineText && !lines[i].Erased {
			lines[i].Text, lines[i].Erased = "", true
			h.lines = lines
			h.rev++
			return
		}
	}
}

// clear takes away every spoken line up to a number. Notices stay: they tell
// what happened to the film.
func (h *history) clear(upto uint32) {
	lines := make([]Line, 0, len(h.lines))
	for _, l := range h.lines {
		if l.Kind != wire.LineText || l.Seq > upto {
			lines = append(lines, l)
		}
	}
	if len(lines) != len(h.lines) {
		h.lines = lines
		h.rev++
	}
}
