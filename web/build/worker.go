package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
)

// offlineFiles are what the service worker keeps: it names them too.
var offlineFiles = []string{"offline.html", "offline.css", "offline.js"}

// stampWorker writes the hash of what the service worker keeps into it.
func stampWorker(files []file) error {
	find := func(name string) int { return slices.IndexFunc(files, func(f file) bool { return f.name == name }) }
	sum := sha256.New()
	for _, name := range offlineFiles {
		i := find(name)
		if i < 0 {
			return fmt.Errorf("there is no %s for the service worker to keep", name)
		}
		sum.Write(files[i].data)
	}
	worker, mark := find("sw.js"), []byte("{{edition}}")
	if worker < 0 || bytes.Count(files[worker].data, mark) != 1 {
		return errors.New("web/public/sw.js: {{edition}} does not stand there once")
	}
	files[worker].data = bytes.Replace(files[worker].data, mark, []byte(hex.EncodeToString(sum.Sum(nil)[:6])), 1)
	return nil
}
