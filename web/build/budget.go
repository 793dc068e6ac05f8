package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// limit is what one part of a first visit may weigh as it goes over the wire, in KiB.
type limit struct {
	visit visit
	what  string
	kib   int
	one   bool // each file by itself: a visit has one of them
}

// budget is a promise to people on slow lines. 1 KiB = 1024 bytes; brotli 11 for all that compresses.
var budget = []limit{
	{visitPage, "page, scripts and styles", 35, false},
	{visitWords, "words of another language", 8, true},
	{visitFonts, "fonts", 75, false},
	{visitWasm, "wasm", 850, false},
}

// report prints what a first visit weighs, and errs for every part over its limit.
func report(out io.Writer, files []file, limits []limit) error {
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b file) int { return b.sent() - a.sent() })
	var errs []error
	total := 0
	fmt.Fprintf(out, "%-44s %10s %10s %10s\n", "first visit", "raw", "gzip", "brotli")
	for _, l := range limits {
		sum := 0
		for _, f := range files {
			if f.visit != l.visit {
				continue
			}
			if l.one {
				sum = max(sum, f.sent())
			} else {
				sum += f.sent()
			}
			fmt.Fprintf(out, "  %-42s %10d %10s %10s\n", f.name, len(f.data), size(f.gzip), size(f.brotli))
		}
		total += sum
		fmt.Fprintf(out, "%-44s %21s %10.1f KiB of %d\n", l.what, "", float64(sum)/1024, l.kib)
		if over := sum - l.kib*1024; over > 0 {
			errs = append(errs, fmt.Errorf("over budget: %s weigh %.1f KiB, %d bytes more than the %d KiB allowed",
				l.what, float64(sum)/1024, over, l.kib))
		}
	}
	fmt.Fprintf(out, "%-44s %21s %10.1f KiB\n", "total", "", float64(total)/1024)
	return errors.Join(errs...)
}

func size(b []byte) string {
	if b == nil {
		return "-"
	}
	return fmt.Sprint(len(b))
}
