package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/andybalholm/brotli"
)

// dense are formats that are compressed already.
var dense = map[string]bool{".woff2": true, ".webp": true, ".jpg": true, ".png": true, ".mp4": true, ".ico": true}

// compressAll fills in the smaller forms, where there is something to gain.
func compressAll(files []file, c *cache) error {
	var wg sync.WaitGroup
	errs := make([]error, len(files))
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range files {
		f := &files[i]
		if dense[path.Ext(f.name)] || len(f.data) == 0 {
			continue
		}
		wg.Add(1)
		free <- struct{}{}
		go func() {
			defer wg.Done()
			defer func() { <-free }()
			br, err1 := c.compress(f.data, "br", brotli11)
			gz, err2 := c.compress(f.data, "gz", gzip9)
			errs[i] = errors.Join(err1, err2)
			if len(br) < len(f.data) {
				f.brotli = br
			}
			if len(gz) < len(f.data) {
				f.gzip = gz
			}
		}()
	}
	wg.Wait()
	return errors.Join(errs...)
}

func brotli11(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, brotli.BestCompression)
	_, err := w.Write(data)
	err = errors.Join(err, w.Close()) // before Bytes: Close writes the end
	return b.Bytes(), err
}

func gzip9(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	_, err = w.Write(data)
	err = errors.Join(err, w.Close()) // before Bytes: Close writes the end
	return b.Bytes(), err
}

// cache remembers compressed forms by what they were made from: brotli 11 of the wasm costs seconds, and most builds
// change something else. It may be deleted at any time.
type cache struct {
	dir  string
	mu   sync.Mutex // guards used
	used map[string]bool
}

func (c *cache) compress(data []byte, form string, make func([]byte) ([]byte, error)) ([]byte, error) {
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:]) + "." + form
	c.mu.Lock()
	if c.used == nil {
		c.used = map[string]bool{}
	}
	c.used[name] = true
	c.mu.Unlock()
	if b, err := os.ReadFile(filepath.Join(c.dir, name)); err == nil {
		return b, nil
	}
	b, err := make(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", form, err)
	}
	return b, writeFile(filepath.Join(c.dir, name), b)
}

// prune keeps the cache at one build's size.
func (c *cache) prune() {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !c.used[e.Name()] {
			os.Remove(filepath.Join(c.dir, e.Name())) // what cannot be removed does no harm
		}
	}
}
