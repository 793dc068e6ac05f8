package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func box(name string, body ...[]byte) []byte {
	b := bytes.Join(body, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(b)+8)), name...), b...)
}

// movie is a file whose header says how long it is, after its data.
func movie(version byte, scale uint32, length uint64) []byte {
	h := []byte{version, 0, 0, 0}
	if version == 0 {
		h = append(h, make([]byte, 8)...)
		h = binary.BigEndian.AppendUint32(h, scale)
		h = binary.BigEndian.AppendUint32(h, uint32(length))
	} else {
		h = append(h, make([]byte, 16)...)
		h = binary.BigEndian.AppendUint32(h, scale)
		h = binary.BigEndian.AppendUint64(h, length)
	}
	h = append(h, make([]byte, 80)...)
	return bytes.Join([][]byte{box("ftyp", []byte("isom")), box("mdat", make([]byte, 1000)), box("moov", box("free"), box("mvhd", h))}, nil)
}

func TestLengthIsReadWhereverTheHeaderIs(t *testing.T) {
	for version := range byte(2) {
		b := movie(version, 1000, 30020)
		got, err := Duration(bytes.NewReader(b), int64(len(b)))
		if err != nil || got != 30020*time.Millisecond {
			t.Errorf("version %d: %v, %v; want 30.02s", version, got, err)
		}
	}
}

func TestLengthOfWhatIsNoFilmIsUnknown(t *testing.T) {
	whole := movie(0, 1000, 30000)
	for name, b := range map[string][]byte{
		"nothing": {}, "text": []byte("hello, this is no film at all"), "a cut film": whole[:len(whole)-90],
		"no scale": movie(0, 0, 5), "no length": movie(0, 1000, 0), "a box of no size": append([]byte{0, 0, 0, 1}, "moov"...),
	} {
		if got, err := Duration(bytes.NewReader(b), int64(len(b))); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestLengthBehindAnAddress(t *testing.T) {
	b := movie(0, 600, 600*90)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/film.mp4" {
			http.ServeContent(w, r, "film.mp4", time.Time{}, bytes.NewReader(b))
			return
		}
		http.NotFound(w, r)
	}))
	defer srv.Close()
	if got, err := DurationAt(t.Context(), srv.URL+"/film.mp4"); err != nil || got != 90*time.Second {
		t.Errorf("%v, %v; want 1m30s", got, err)
	}
	if got, err := DurationAt(t.Context(), srv.URL+"/none.mp4"); !errors.Is(err, ErrUnknown) {
		t.Errorf("a film that is not there: %v, %v", got, err)
	}
}

func FuzzDuration(f *testing.F) {
	f.Add(movie(0, 1000, 30020))
	f.Add(movie(1, 1000, 30020))
	f.Fuzz(func(t *testing.T, b []byte) {
		if d, err := Duration(bytes.NewReader(b), int64(len(b))); err == nil && d < 0 {
			t.Errorf("a film of %v", d)
		}
	})
}
