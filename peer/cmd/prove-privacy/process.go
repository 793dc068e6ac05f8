package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// process is the server, its log, its tap and what its memory held.
type process struct {
	cmd *exec.Cmd
	tap *tap

	mu  sync.Mutex // guards log
	log bytes.Buffer

	memory [][]byte
	dumps  int
	lines  chan struct{} // closed when its output ends
}

func startServer(ctx context.Context, binary string) (*process, error) {
	tcp, err := freeTCP()
	if err != nil {
		return nil, err
	}
	udp, err := freeUDP()
	if err != nil {
		return nil, err
	}
	t, err := newTap(tcp, udp)
	if err != nil {
		return nil, err
	}
	p := &process{tap: t, lines: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, binary, "-listen", tcp, "-stun", udp, "-log", "debug",
		"-ice", "stun:"+t.udp.LocalAddr().String())
	out, w := io.Pipe()
	p.cmd.Stdout, p.cmd.Stderr = w, w
	if err := p.cmd.Start(); err != nil {
		t.close()
		return nil, err
	}
	open := make(chan struct{})
	go func() {
		defer close(p.lines)
		r := bufio.NewScanner(out)
		first := true
		for r.Scan() {
			p.mu.Lock()
			fmt.Fprintln(&p.log, r.Text())
			p.mu.Unlock()
			if first && strings.Contains(r.Text(), "http://") {
				first = false
				close(open)
			}
		}
	}()
	exited := make(chan error, 1)
	go func() {
		err := p.cmd.Wait()
		w.Close()
		exited <- err
	}()
	select {
	case <-open:
		return p, nil
	case err := <-exited:
		t.close()
		return nil, fmt.Errorf("%s ended at once: %w\n%s", binary, errors.Join(err), p.logged())
	case <-ctx.Done():
		p.stop()
		return nil, context.Cause(ctx)
	}
}

func (p *process) stop() {
	p.cmd.Process.Kill()
	<-p.lines
	p.tap.close()
}

func (p *process) logged() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return bytes.Clone(p.log.Bytes())
}

func (p *process) places() (h haystacks) {
	h[onWire], h[inLog], h[inMemory] = p.tap.wire(), [][]byte{p.logged()}, p.memory
	return h
}

// readMemory keeps what the server's memory holds now: all that it may write
// to, which is its heap, its stacks and its variables (proc_pid_mem(5)).
func (p *process) readMemory() error {
	dir := fmt.Sprintf("/proc/%d/", p.cmd.Process.Pid)
	maps, err := os.ReadFile(dir + "maps")
	if err != nil {
		return err
	}
	mem, err := os.Open(dir + "mem")
	if err != nil {
		return err
	}
	defer mem.Close()
	total := 0
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var mode string
		if n, _ := fmt.Sscanf(line, "%x-%x %s", &from, &to, &mode); n != 3 || !strings.HasPrefix(mode, "rw") {
			continue
		}
		// A page at a time where a whole region cannot be read, or was reserved
		// and never used.
		for at := from; at < to; {
			b := make([]byte, min(to-at, 1<<20))
			n, err := mem.ReadAt(b, at)
			if n > 0 && len(bytes.TrimLeft(b[:n], "\x00")) > 0 {
				p.memory = append(p.memory, b[:n])
				total += n
			}
			if n == 0 && err != nil {
				n = len(b)
			}
			at += int64(n)
		}
	}
	if total == 0 {
		return errors.New("no memory of the server could be read")
	}
	p.dumps++
	return nil
}

func freeTCP() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func freeUDP() (string, error) {
	l, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.LocalAddr().String(), nil
}
