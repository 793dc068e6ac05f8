package server

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/toile-party/toile/signaling"
)

// TURN is an operator's relay, which takes whoever has credentials made with
// the secret that it shares with this server: the "TURN REST API"
// (draft-uberti-behave-turn-rest-00), coturn's use-auth-secret. Peers get
// theirs once they have claimed or joined a room, and nobody before.
type TURN struct {
	URLs   []string // RFC 7065; nil: there is none
	Secret []byte
}

// grantFor is how long credentials are good. A host that stays gets new ones
// for the guests to come at half of that; an allocation that has begun lasts
// for as long as its link.
const grantFor = 4 * time.Hour

// mint makes credentials for one peer. The name in them is of nobody: the relay
// counts allocations by it.
func (t TURN) mint(now time.Time) signaling.TURN {
	var name [8]byte
	rand.Read(name[:])
	user := fmt.Sprintf("%d:%x", now.Add(grantFor).Unix(), name)
	mac := hmac.New(sha1.New, t.Secret)
	mac.Write([]byte(user))
	return signaling.TURN{URLs: t.URLs, Username: user, Credential: base64.StdEncoding.EncodeToString(mac.Sum(nil))}
}

// grant tells a peer of the relay, if there is one.
func (c *conn) grant() {
	if len(c.server.cfg.TURN.URLs) == 0 {
		return
	}
	now := c.server.now()
	c.granted.Store(now.Unix())
	c.send(c.server.cfg.TURN.mint(now))
}

// renew tells a host that stays of the relay anew. What waits for it already
// may be its guests' doing, and must not cost it the connection: where there is
// no room the next beat tries again.
func (c *conn) renew() {
	if now := c.server.now(); c.stale() && c.offer(c.server.cfg.TURN.mint(now), hostFrames) {
		c.granted.Store(now.Unix())
	}
}

// stale tells whether a peer's credentials will soon be of no use.
func (c *conn) stale() bool {
	at := c.granted.Load()
	return at != 0 && c.server.now().Sub(time.Unix(at, 0)) >= grantFor/2
}
