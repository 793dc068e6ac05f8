package wire

import (
	"encoding/binary"
	"math"
	"time"
	"unicode/utf8"
)

func putBool(b []byte, v bool) []byte {
	if v {
		return append(b, 1)
	}
	return append(b, 0)
}

func put16(b []byte, v uint16) []byte { return binary.BigEndian.AppendUint16(b, v) }
func put32(b []byte, v uint32) []byte { return binary.BigEndian.AppendUint32(b, v) }
func put64[T ~int64](b []byte, v T) []byte {
	return binary.BigEndian.AppendUint64(b, uint64(v))
}
func putFloat(b []byte, v float64) []byte {
	return binary.BigEndian.AppendUint64(b, math.Float64bits(v))
}
func putString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// reader takes fields off a frame. The first fault sticks: every later field
// is zero, and bad tells that the frame is to be refused.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad = true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) u8() uint8 {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

// bool is strict, so that a frame has one encoding only.
func (r *reader) bool() bool {
	v := r.u8()
	if v > 1 {
		r.bad = true
	}
	return v == 1
}

// enum refuses values after last: what they mean is not known here.
func (r *reader) enum(last uint8) uint8 {
	v := r.u8()
	if v > last {
		r.bad = true
		return 0
	}
	return v
}

func (r *reader) u16() uint16 {
	if b := r.take(2); b != nil {
		return binary.BigEndian.Uint16(b)
	}
	return 0
}

func (r *reader) hue() uint16 {
	v := r.u16()
	if v >= 360 {
		r.bad = true
		return 0
	}
	return v
}

func (r *reader) u32() uint32 {
	if b := r.take(4); b != nil {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

func (r *reader) i64() int64 {
	if b := r.take(8); b != nil {
		return int64(binary.BigEndian.Uint64(b))
	}
	return 0
}

// maxSpan bounds every time on the wire, so that sums of two of them cannot
// overflow: a film of a year is no film.
const maxSpan = 365 * 24 * time.Hour

// span is a duration or a moment that may be negative.
func (r *reader) span() time.Duration {
	d := time.Duration(r.i64())
	if d > maxSpan || d < -maxSpan {
		r.bad = true
		return 0
	}
	return d
}

// length is a duration that cannot be negative.
func (r *reader) length() time.Duration {
	d := r.span()
	if d < 0 {
		r.bad = true
		return 0
	}
	return d
}

// size is a number of bytes.
func (r *reader) size() int64 {
	v := r.i64()
	if v < 0 {
		r.bad = true
		return 0
	}
	return v
}

// float is finite and within [low, high].
func (r *reader) float(low, high float64) float64 {
	v := math.Float64frombits(uint64(r.i64()))
	if !(v >= low && v <= high) { // so written, NaN is refused as well
		r.bad = true
		return 0
	}
	return v
}

func (r *reader) count(max int) int {
	v, n := binary.Uvarint(r.b)
	if r.bad || n <= 0 || v > uint64(max) {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

func (r *reader) string(max int) string {
	b := r.take(r.count(max))
	if !utf8.Valid(b) {
		r.bad = true
		return ""
	}
	return string(b)
}
