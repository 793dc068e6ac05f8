package luck

import (
	"container/heap"
	"time"
)

// Agenda is what is still to happen, in true time. What is due at one instant
// happens in the order in which it was put down. It is not safe for concurrent
// use.
type Agenda struct {
	now   time.Duration
	queue queue
	order int
}

// NewAgenda makes one that begins at an instant.
func NewAgenda(begin time.Duration) Agenda { return Agenda{now: begin} }

// Now is the true time.
func (a *Agenda) Now() time.Duration { return a.now }

// At lets f happen at t, After when d has passed.
func (a *Agenda) At(t time.Duration, f func()) {
	a.order++
	heap.Push(&a.queue, entry{t, a.order, f})
}

// After lets f happen when d has passed.
func (a *Agenda) After(d time.Duration, f func()) { a.At(a.now+d, f) }

// Run lets d pass.
func (a *Agenda) Run(d time.Duration) {
	end := a.now + d
	for len(a.queue) > 0 && a.queue[0].at <= end {
		e := heap.Pop(&a.queue).(entry)
		a.now = max(a.now, e.at)
		e.do()
	}
	a.now = end
}

type entry struct {
	at    time.Duration
	order int
	do    func()
}

type queue []entry

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].order < q[j].order
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(entry)) }
func (q *queue) Pop() any {
	old := *q
	e := old[len(old)-1]
	old[len(old)-1] = entry{} // or what it holds lives on
	*q = old[:len(old)-1]
	return e
}
