package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/toile-party/toile/peer"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

var errRoom = errors.New("not a room's file")

// keepRoom gives a host the room that file holds, so that its link is good
// again after a crash or a restart, and writes the file when there is none and
// whenever the link changes. Whoever can read the file can be this host.
func keepRoom(file string, cfg *peer.Config) error {
	b, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		cfg.Identity = signaling.NewIdentity(random)
		random(cfg.Invitation.Secret[:])
		if err := writeRoom(file, cfg.Identity, cfg.Invitation.Secret); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		n := len(b) - len(cfg.Invitation.Secret)
		if n < 0 {
			return errRoom
		}
		if cfg.Identity, err = signaling.ParseIdentity(b[:n]); err != nil {
			return errRoom
		}
		copy(cfg.Invitation.Secret[:], b[n:])
	}
	id, last, show := cfg.Identity, "", cfg.Show
	cfg.Show = func(v party.View) {
		show(v)
		if v.Invitation == last {
			return
		}
		last = v.Invitation
		if inv, err := signaling.ParseInvitation(v.Invitation); err == nil {
			writeRoom(file, id, inv.Secret) // where it fails, the party goes on
		}
	}
	return nil
}

// writeRoom replaces the file whole or not at all.
func writeRoom(file string, id *signaling.Identity, secret signaling.Secret) error {
	f, err := os.CreateTemp(filepath.Dir(file), ".room-*") // for its owner's eyes only
	if err != nil {
		return err
	}
	_, err = f.Write(append(id.Bytes(), secret[:]...))
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

func random(b []byte) { rand.Read(b) } // never fails: crypto/rand ends the program instead
