package impair

import (
	"container/heap"
	"errors"
	"net"
	"sync"
	"time"
)

// Conn is a packet connection over another one, with its packets impaired by
// Back on their way in and by Forth on their way out. It is safe for concurrent
// use. Deadlines of reads are not supported, and nobody here uses them.
type Conn struct {
	net.PacketConn
	in, out line
	ready   chan packet
	done    chan struct{}
	once    sync.Once
	wait    sync.WaitGroup
}

// New impairs conn and owns it: Close closes it too.
func New(conn net.PacketConn, forth, back Path, seed uint64) *Conn {
	c := &Conn{PacketConn: conn, ready: make(chan packet, 4096), done: make(chan struct{})}
	start := time.Now()
	c.out = line{model: newDraw(forth, seed), start: start, wake: make(chan struct{}, 1)}
	c.in = line{model: newDraw(back, seed+1), start: start, wake: make(chan struct{}, 1)}
	c.wait.Add(3)
	go c.read()
	go c.carry(&c.in, func(p packet) {
		select {
		case c.ready <- p:
		default: // the reader is not there: a queue has an end
		}
	})
	go c.carry(&c.out, func(p packet) { c.PacketConn.WriteTo(p.data, p.addr) })
	return c
}

type packet struct {
	data []byte
	addr net.Addr
	at   time.Duration
	n    uint64
}

// line is one direction with what is under way on it.
type line struct {
	mu    sync.Mutex // guards what follows
	model *draw
	start time.Time
	queue queue
	n     uint64
	wake  chan struct{}
}

func (l *line) put(data []byte, addr net.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, lost := l.model.next(time.Since(l.start))
	if lost {
		return
	}
	l.n++
	heap.Push(&l.queue, packet{append([]byte(nil), data...), addr, at, l.n})
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// take returns what is due, or how long until something is.
func (l *line) take() (p packet, wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) == 0 {
		return p, time.Hour, false
	}
	if wait = l.queue[0].at - time.Since(l.start); wait > 0 {
		return p, wait, false
	}
	return heap.Pop(&l.queue).(packet), 0, true
}

func (c *Conn) carry(l *line, deliver func(packet)) {
	defer c.wait.Done()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		p, wait, ok := l.take()
		if ok {
			deliver(p)
			continue
		}
		timer.Reset(wait)
		select {
		case <-timer.C:
		case <-l.wake:
		case <-c.done:
			return
		}
	}
}

func (c *Conn) read() {
	defer c.wait.Done()
	buf := make([]byte, 64<<10)
	for {
		n, addr, err := c.PacketConn.ReadFrom(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil {
			c.in.put(buf[:n], addr)
		}
	}
}

// ReadFrom implements net.PacketConn.
func (c *Conn) ReadFrom(b []byte) (int, net.Addr, error) {
	select {
	case p := <-c.ready:
		return copy(b, p.data), p.addr, nil
	case <-c.done:
		return 0, nil, net.ErrClosed
	}
}

// WriteTo implements net.PacketConn. It returns before the packet leaves.
func (c *Conn) WriteTo(b []byte, addr net.Addr) (int, error) {
	c.out.put(b, addr)
	return len(b), nil
}

// Close implements net.PacketConn; what is under way is lost.
func (c *Conn) Close() error {
	err := net.ErrClosed
	c.once.Do(func() {
		close(c.done)
		err = c.PacketConn.Close()
		c.wait.Wait()
	})
	return err
}

type queue []packet

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	return q[i].at < q[j].at || q[i].at == q[j].at && q[i].n < q[j].n
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(packet)) }
func (q *queue) Pop() any {
	old := *q
	p := old[len(old)-1]
	*q = old[:len(old)-1]
	return p
}
