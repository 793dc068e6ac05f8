package clock

import (
	"math"
	"slices"
	"time"
)

const (
	// driftBlock is how much time one point of the regression stands for, and
	// driftBlocks how many are kept: ten minutes, over which a crystal's rate
	// holds (temperature moves it by about 1e-6 in that time).
	driftBlock  = 10 * time.Second
	driftBlocks = 60
	driftLeast  = 5 // points before a line is drawn through them

	// driftPrior is how far apart the rates of two devices usually are, one
	// standard deviation: quartz is sold within 20 to 50 parts per million.
	driftPrior = 15e-6
)

// drift learns how much faster the host's clock runs than this one. A line
// through the offsets of the last minutes tells it, the median of the slopes
// between all pairs of them (Theil and Sen), which a minute of a full queue
// does not bend. What a few points say is weighed against what is usual, so
// that the estimate begins at zero and there is no moment at which it jumps.
type drift struct {
	at     [driftBlocks]Local
	theta  [driftBlocks]float64
	n      int
	until  Local // end of the block that is being filled
	slope  float64
	se     float64 // of slope; zero: not learned yet
	slopes []float64
}

// reset forgets the points; the scratch stays.
func (d *drift) reset() { *d = drift{slopes: d.slopes[:0]} }

// spread is one standard error of slope, also before anything was learned.
func (d *drift) spread() float64 {
	if d.n < driftLeast {
		return driftPrior
	}
	return d.se
}

// add takes the offset that held at one instant.
func (d *drift) add(at Local, theta float64) {
	if d.n == driftBlocks {
		copy(d.at[:], d.at[1:])
		copy(d.theta[:], d.theta[1:])
		d.n--
	}
	d.at[d.n], d.theta[d.n] = at, theta
	d.n++
	if d.n >= driftLeast {
		d.fit()
	}
}

func (d *drift) fit() {
	s := d.slopes[:0]
	for i := range d.n {
		for j := range i {
			s = append(s, (d.theta[i]-d.theta[j])/float64(d.at[i]-d.at[j]))
		}
	}
	slices.Sort(s)
	d.slopes = s
	slope := s[len(s)/2]

	// The scatter about the line, by its median: 1.4826 of it is a standard
	// deviation where the scatter is normal.
	origin := d.at[d.n/2]
	rest := make([]float64, d.n)
	mean := 0.0
	for i := range d.n {
		rest[i] = d.theta[i] - d.theta[d.n/2] - slope*float64(d.at[i]-origin)
		mean += float64(d.at[i] - origin)
	}
	mean /= float64(d.n)
	slices.Sort(rest)
	middle := rest[d.n/2]
	width := 0.0
	for i := range rest {
		rest[i] = math.Abs(rest[i] - middle)
		x := float64(d.at[i]-origin) - mean
		width += x * x
	}
	slices.Sort(rest)
	// Few points make their own scatter look small.
	few := float64(d.n) / float64(d.n-3)
	se := 1.4826*rest[d.n/2]*few/math.Sqrt(width) + 0.2e-6
	weight := driftPrior * driftPrior / (driftPrior*driftPrior + se*se)
	d.slope = slope * weight
	d.se = se * math.Sqrt(weight)
}
