package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/toile-party/toile/peer"
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/signaling"
)

func TestRoomIsTheSameAfterARestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "room")
	show := func(party.View) {}
	start := func() (*peer.Session, peer.Config) {
		t.Helper()
		cfg := peer.Config{Show: show}
		if err := keepRoom(file, &cfg); err != nil {
			t.Fatal(err)
		}
		return peer.NewHost(cfg), cfg
	}
	first, cfg := start()
	if st, err := os.Stat(file); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", st.Mode(), err)
	}
	if again, _ := start(); again.Invitation() != first.Invitation() {
		t.Errorf("after a restart the invitation is %v, was %v", again.Invitation(), first.Invitation())
	}
	// Somebody was removed, and the link replaced: the old one stays void.
	now := first.Invitation()
	now.Secret = signaling.Secret{42}
	cfg.Show(party.View{Invitation: now.Fragment()})
	if again, _ := start(); again.Invitation() != now {
		t.Errorf("after a rotation and a restart the invitation is %v, want %v", again.Invitation(), now)
	}
	for _, bad := range []string{"", "x", "not a room at all, but of some length, so that there is something to read in it"} {
		if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := keepRoom(file, &peer.Config{Show: show}); !errors.Is(err, errRoom) {
			t.Errorf("%q is taken for a room: %v", bad, err)
		}
	}
	if err := keepRoom(filepath.Join(t.TempDir(), "no", "such", "folder"), &peer.Config{Show: show}); err == nil {
		t.Error("where nothing can be kept nobody is told")
	}
}

// A host that was killed comes back to its room, and a guest with the old link
// to it.
func TestKilledHostHasItsRoomAgain(t *testing.T) {
	url := house(t)
	file := filepath.Join(t.TempDir(), "room")
	args := []string{"host", "-name", "Ana", "-loopback", "-room", file, "-server", url, "https://films.example/a.mp4"}
	first := open(t, "en_GB.UTF-8", args...)
	link := first.until(`(http\S+#\S{44})`)[1]
	second := open(t, "en_GB.UTF-8", args...) // the first is as good as dead: its claim is replaced
	if got := second.until(`(http\S+#\S{44})`)[1]; got != link {
		t.Fatalf("the link was %s and is %s", link, got)
	}
	first.until(`taken over`)
	guest := open(t, "en_GB.UTF-8", "join", "-name", "Luc", "-loopback", link)
	guest.until(`Here: Ana, Luc\*`)
	second.until(`— Luc joined`)
}
