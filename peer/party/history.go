package party

import "github.com/toile-party/toile/peer/wire"

// maxHistory is how many lines a party remembers, in memory only.
const maxHistory = 200

// history is the party's one order of lines and notices.
type history struct {
	lines []Line // never changed in place: views hold it
	rev   uint32
}

func (h *history) last() uint32 {
	if len(h.lines) == 0 {
		return 0
	}
	return h.lines[len(h.lines)-1].Seq
}

func (h *history) add(l Line) {
	from := max(0, len(h.lines)+1-maxHistory)
	h.lines = append(append(make([]Line, 0, len(h.lines)-from+1), h.lines[from:]...), l)
	h.rev++
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
