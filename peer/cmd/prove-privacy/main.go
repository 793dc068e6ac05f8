// Command prove-privacy shows what Toile's server learns of a party, by looking
// for everything else.
//
//	prove-privacy -server bin/signaling
//
// It starts the server as a process of its own, with its log at the most
// talkative level, and gives a party through a tap: every byte to and from the
// server, over TCP and over UDP, is kept. The names, the chat, the film, the
// invitation's secret and all of the offers and candidates are canaries made up
// for this evening. It then looks for each of them, in the ways in which text is
// usually written down, in what went over the wire, in what the server logged,
// and in the server's memory, which is read while the party runs.
//
// A search that finds nothing may be blind. So it must find what the server
// does know, the room's number, and it must find a leak that is planted at the
// end. It needs Linux, for /proc, and no privileges. It exits with 0 when the
// server knows what it should and nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	server := flag.String("server", "bin/signaling", "the server to look into")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	ok, err := prove(ctx, *server, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "prove-privacy:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// prove gives the party and reports to out. False: the server knows too much,
// or the search is blind.
func prove(ctx context.Context, binary string, out io.Writer) (bool, error) {
	s, err := startServer(ctx, binary)
	if err != nil {
		return false, err
	}
	defer s.stop()
	evening, err := giveParty(ctx, s)
	if err != nil {
		return false, fmt.Errorf("the party did not come about: %w", err)
	}
	places := s.places()
	fmt.Fprintf(out, "A party of two was held through %s.\nLooked at: %d bytes on the wire, %d bytes of log, %d bytes of memory (read %d times).\n\n",
		binary, places.size(onWire), places.size(inLog), places.size(inMemory), s.dumps)
	leaks := report(out, "What must not be there", evening.canaries, places)
	fmt.Fprintln(out)
	seen := report(out, "What the server does know (the search must find it)", evening.known, places)
	fmt.Fprintf(out, "\nIt also knows the addresses that connected to it, when, and this of what it relayed:\n  %s\n\n", s.tap.summary())

	planted, err := plantLeak(ctx, s)
	if err != nil {
		return false, fmt.Errorf("planting a leak: %w", err)
	}
	found := report(out, "A leak that was planted (the search must find it)", []canary{planted}, s.places())
	fmt.Fprintln(out)
	switch {
	case seen[onWire] == 0 || seen[inMemory] == 0 || found[onWire] == 0 || found[inMemory] == 0 || found[inLog] == 0:
		fmt.Fprintln(out, "FAILED: the search does not find what is there; what it did not find proves nothing.")
		return false, nil
	case leaks != [places_]int{}:
		fmt.Fprintln(out, "FAILED: the server knows what it should not.")
		return false, nil
	}
	fmt.Fprintln(out, "The server knows nothing else.")
	return true, nil
}
