package peer

import "sync"

// mailbox takes events from anywhere without ever making the giver wait.
// What bounds it is the loop that empties it and the limits of the links.
type mailbox struct {
	ready chan struct{}

	mu     sync.Mutex // guards what follows
	events []any
	spare  []any
	shut   bool
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

func (m *mailbox) put(ev any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.shut {
		return
	}
	m.events = append(m.events, ev)
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// drain returns what has come, in order. The slice is valid until the next
// call.
func (m *mailbox) drain() []any {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := m.events
	m.events = m.spare[:0]
	m.spare = out
	return out
}

// close makes every later put a no-op, so that late callbacks hold nothing.
func (m *mailbox) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shut, m.events, m.spare = true, nil, nil
}
