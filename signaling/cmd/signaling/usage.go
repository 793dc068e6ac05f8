package main

import (
	"flag"
	"fmt"
	"io"
)

const usage = `signaling is Toile's server: the page, the introductions and STUN, in one process.

To try it:            signaling
For everybody:        signaling -domain toile.example
Behind a TLS proxy:   signaling -listen 127.0.0.1:8080 -trusted-proxy 127.0.0.1,::1

docs/operate.md tells of each, of what the proxy has to do, and of metrics and limits.
`

// chapters are the flags in the order in which people need them.
var chapters = [...]struct {
	title string
	flags []string
}{
	{"Where it is reached", []string{"listen", "domain", "http", "certs", "tls-cert", "tls-key", "trusted-proxy", "origin"}},
	{"How peers find one another", []string{"stun", "ice", "turn", "turn-secret"}},
	{"To watch over it", []string{"log", "metrics", "drain"}},
	{"What it takes at most", []string{"sockets", "rooms", "per-address", "new-per-minute", "joins-per-minute", "waiting"}},
	{"To try it out", []string{"sample"}},
}

// printUsage tells what there is to say, to w.
func printUsage(w io.Writer, all *flag.FlagSet) {
	fmt.Fprint(w, usage)
	for _, c := range chapters {
		fmt.Fprintf(w, "\n%s:\n", c.title)
		for _, name := range c.flags {
			f := all.Lookup(name)
			one := flag.NewFlagSet("", flag.ContinueOnError) // which sorts what it prints by name, so one at a time
			one.SetOutput(w)
			one.Var(f.Value, f.Name, f.Usage)
			one.Lookup(name).DefValue = f.DefValue
			one.PrintDefaults()
		}
	}
}
