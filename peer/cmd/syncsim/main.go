// Command syncsim is the simulated side of the sync bench: our party as it is,
// its machines, clock filter and servo, beside other systems' rules, all of them
// through the same evenings (package luck), in simulated time.
//
//	syncsim [-quick] [-out out/bench]     prints tables; writes sim.json and plots
//	syncsim -gather [-out out/bench]      puts sim.json and real.json into sync.json
//
// The same seeds give the same figures, but for how much time the machines
// took. Each figure is one object: name, condition, system, value, unit,
// samples; a value that does not exist is null.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", filepath.Join("out", "bench"), "folder for the figures")
	quick := flag.Bool("quick", false, "fewer seeds, under half a minute")
	only := flag.String("conditions", "", "names of conditions, with commas; all")
	seeds := flag.Int("seeds", 0, "evenings for each condition; 0: as the plan says")
	gathers := flag.Bool("gather", false, "only put sim.json and real.json together")
	flag.Parse()
	if err := os.MkdirAll(*out, 0o755); err != nil {
		log.Fatal("syncsim: ", err)
	}
	var err error
	if *gathers {
		err = gather(*out)
	} else {
		p := full
		if *quick {
			p = short
		}
		if *seeds > 0 {
			p.seeds = *seeds
		}
		err = simulate(*out, p, *only)
	}
	if err != nil {
		log.Fatal("syncsim: ", err)
	}
}

func simulate(out string, p plan, only string) error {
	began := time.Now()
	var f figures
	fmt.Printf("Simulated: %d evenings of %d people for each network and system, %v of each in steady state.\n", p.seeds, p.guests+1, p.run)
	fmt.Println("Skews are of films, in ms, between all pairs of people, on a 20 Hz grid; × is ours as 1.")
	for _, c := range conditions() {
		if only != "" && !contains(only, c.name) || only == "" && slices.Contains(p.without, c.name) {
			continue
		}
		curves, err := f.compare(c, p)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, "sim-cdf-"+c.name+".svg"), plot(c.title, curves), 0o644); err != nil {
			return err
		}
	}
	if only == "" {
		f.scale(p)
		f.troubles(p)
	}
	fmt.Printf("\n%d figures in %s, after %.0f s\n", len(f), filepath.Join(out, "sim.json"), time.Since(began).Seconds())
	return f.write(filepath.Join(out, "sim.json"))
}

func contains(list, name string) bool { return slices.Contains(strings.Split(list, ","), name) }
