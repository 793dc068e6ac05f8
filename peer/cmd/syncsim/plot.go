package main

import (
	"bytes"
	"fmt"
	"html"
	"math"
)

// The picture is the one of web/e2e/bench/plot.mjs: how large a share of the
// pairs is closer than so many ms, on a logarithmic scale, readable on light and
// dark ground.
const (
	plotW, plotH             = 760, 380
	left, right, top, bottom = 56, 190, 40, 44
	plotLeast, plotMost      = 0.01, 1000.0
	plotStyle                = `text{font:12px system-ui,sans-serif;fill:#495057}.t{font-size:14px;font-weight:600}.g{stroke:#adb5bd;stroke-opacity:.35}@media(prefers-color-scheme:dark){text{fill:#ced4da}}`
)

var colours = [...]string{"#d9480f", "#868e96", "#1971c2", "#74c0fc", "#0b7285", "#2f9e44", "#9c36b5", "#e8a800", "#f08c00"}

func plot(title string, curves []curve) []byte {
	x := func(v float64) float64 {
		v = min(plotMost, max(plotLeast, v))
		return left + (plotW-left-right)*math.Log(v/plotLeast)/math.Log(plotMost/plotLeast)
	}
	y := func(q float64) float64 { return plotH - bottom - (plotH-top-bottom)*q }
	var b bytes.Buffer
	title = html.EscapeString("Simulated: how far two films are apart: " + title)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s"><style>%s</style>`+"\n", plotW, plotH, title, plotStyle)
	fmt.Fprintf(&b, `<text class="t" x="%d" y="22">%s</text>`+"\n", left, title)
	for v := plotLeast; v <= plotMost*1.001; v *= 10 {
		fmt.Fprintf(&b, `<path class="g" d="M%.1f %dV%d"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>`, x(v), top, plotH-bottom, x(v), plotH-bottom+16, math.Round(v*100)/100)
	}
	for _, q := range []float64{0, 0.25, 0.5, 0.75, 0.95, 1} {
		fmt.Fprintf(&b, `<path class="g" d="M%d %.1fH%d"/><text x="%d" y="%.1f" text-anchor="end">%.0f %%</text>`, left, y(q), plotW-right, left-6, y(q)+4, 100*q)
	}
	fmt.Fprintf(&b, "\n"+`<text x="%d" y="%d" text-anchor="middle">ms apart, at most</text>`+"\n", (left+plotW-right)/2, plotH-8)
	for i, c := range curves {
		colour := colours[i%len(colours)]
		fmt.Fprintf(&b, `<path fill="none" stroke-width="2" stroke="%s" d="`, colour)
		for k := range 201 {
			fmt.Fprintf(&b, "%c%.1f %.1f", "ML"[min(k, 1)], x(quantile(c.sorted, float64(k)/200)), y(float64(k)/200))
		}
		fmt.Fprintf(&b, `"/><path d="M%d %dh16" stroke="%s" stroke-width="3"/><text x="%d" y="%d">%s</text>`+"\n",
			plotW-right+12, top+12+20*i, colour, plotW-right+34, top+16+20*i, html.EscapeString(c.name))
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
