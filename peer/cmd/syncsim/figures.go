package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
)

// figure is one result. A nil Value is one that does not exist.
type figure struct {
	Name      string   `json:"name"`
	Condition string   `json:"condition"`
	System    string   `json:"system"`
	Value     *float64 `json:"value"`
	Unit      string   `json:"unit"`
	Samples   int      `json:"samples"`
}

type figures []figure

// prefix keeps what was simulated apart from what was measured.
const prefix = "simulated: "

func (f *figures) add(name, condition, system string, value float64, unit string, samples int) {
	one := figure{Name: prefix + name, Condition: condition, System: system, Unit: unit, Samples: samples}
	if !math.IsNaN(value) && !math.IsInf(value, 0) {
		value = math.Round(value*1e4) / 1e4
		one.Value = &value
	}
	*f = append(*f, one)
}

// spread adds p50, p95, p99 and the worst of sorted values.
func (f *figures) spread(name, condition, system string, sorted []float64) {
	for _, q := range []struct {
		name string
		q    float64
	}{{" p50", 0.5}, {" p95", 0.95}, {" p99", 0.99}, {" max", 1}} {
		f.add(name+q.name, condition, system, quantile(sorted, q.q), "ms", len(sorted))
	}
}

func (f figures) write(file string) error {
	b, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(b, '\n'), 0o644)
}

// gather puts the simulated and the measured figures into one list. Either may
// be missing: the other is worth having alone.
func gather(dir string) error {
	all := figures{}
	for _, name := range []string{"sim.json", "real.json"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		var some figures
		if err := json.Unmarshal(b, &some); err != nil {
			return err
		}
		all = append(all, some...)
	}
	return all.write(filepath.Join(dir, "sync.json"))
}

// quantile is the value below which a share q of sorted values lies, one that
// was there; NaN of none.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}
