//go:build !js

package peer

import "crypto/rand"

func random(b []byte) { rand.Read(b) } // never fails: crypto/rand ends the program instead
