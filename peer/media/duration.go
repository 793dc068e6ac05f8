// Package media tells what is being watched: for now how long it is, which a
// host without a browser must know to stop at the end.
package media

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ErrUnknown tells that the length could not be found; the film may be fine.
var ErrUnknown = errors.New("media: length unknown")

// maxBoxes bounds the walk over a file's boxes: a film has about five.
const maxBoxes = 64

// Duration reads the length of an MP4 film from its movie header (ISO/IEC
// 14496-12 section 8.2.2). It reads box headers and that box only, wherever
// the file keeps them.
func Duration(r io.ReaderAt, size int64) (time.Duration, error) {
	moov, end, err := find(r, 0, size, "moov")
	if err != nil {
		return 0, err
	}
	at, end, err := find(r, moov, end, "mvhd")
	if err != nil || end-at < 20 {
		return 0, ErrUnknown
	}
	b := make([]byte, min(end-at, 32))
	if _, err := r.ReadAt(b, at); err != nil {
		return 0, ErrUnknown
	}
	var scale, length uint64
	switch {
	case b[0] == 0:
		scale, length = uint64(binary.BigEndian.Uint32(b[12:])), uint64(binary.BigEndian.Uint32(b[16:]))
	case b[0] == 1 && len(b) == 32:
		scale, length = uint64(binary.BigEndian.Uint32(b[20:])), binary.BigEndian.Uint64(b[24:])
	}
	if scale == 0 || length == 0 || length/scale > 365*24*3600 {
		return 0, ErrUnknown
	}
	return time.Duration(float64(length) / float64(scale) * float64(time.Second)), nil
}

// find looks for a box between at and end and returns where its body lies.
func find(r io.ReaderAt, at, end int64, name string) (from, to int64, err error) {
	var head [16]byte
	for range maxBoxes {
		if end-at < 8 {
			break
		}
		n, _ := r.ReadAt(head[:min(16, end-at)], at)
		if n < 8 {
			break
		}
		size, body := int64(binary.BigEndian.Uint32(head[:])), at+8
		switch {
		case size == 1 && n == 16:
			size, body = int64(binary.BigEndian.Uint64(head[8:])), at+16
		case size == 0:
			size = end - at
		}
		if size < body-at || size > end-at {
			break
		}
		if string(head[4:8]) == name {
			return body, at + size, nil
		}
		at += size
	}
	return 0, 0, ErrUnknown
}

// DurationAt is Duration for a film behind an address, by range requests.
func DurationAt(ctx context.Context, url string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	r := &ranges{ctx: ctx, url: url}
	if _, err := r.ReadAt(make([]byte, 1), 0); err != nil || r.size <= 0 {
		return 0, ErrUnknown
	}
	return Duration(r, r.size)
}

// ranges reads parts of a film over HTTP (RFC 9110 section 14).
type ranges struct {
	ctx  context.Context
	url  string
	size int64
}

func (r *ranges) ReadAt(b []byte, at int64) (int, error) {
	req, err := http.NewRequestWithContext(r.ctx, http.MethodGet, r.url, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Range", "bytes="+strconv.FormatInt(at, 10)+"-"+strconv.FormatInt(at+int64(len(b))-1, 10))
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusPartialContent {
		return 0, ErrUnknown
	}
	_, total, _ := strings.Cut(res.Header.Get("Content-Range"), "/")
	r.size, _ = strconv.ParseInt(total, 10, 64)
	return io.ReadFull(res.Body, b)
}
