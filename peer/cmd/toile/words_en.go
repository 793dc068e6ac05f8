package main

import (
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

var english = words{
	usage: `Watch together, peer to peer.

  toile host [flags] URL-or-file   open a party and print its link
  toile join [flags] LINK          join the party behind a link

`,
	inside:       "\nIn the party, what you type is said in the chat, but for these:\n\n",
	moreHelp:     "toile -help lists the commands of a party, toile host -help the flags.\n",
	unknownFmt:   "There is no command %s. /help lists them all.",
	oddFilmFmt:   "%q does not begin like a film that is known here. It is shown anyway; whether it plays, the browsers will tell.",
	missing:      "there is no such file or folder",
	forbidden:    "this program may not open it",
	notFile:      "it is not a file",
	notFilm:      "it is no film",
	notAddress:   "it is not a whole address",
	notRoom:      "what is in it is no room",
	unreadable:   "it cannot be read or written",
	flagName:     "your name in the party",
	flagHue:      "your colour, in degrees (0 to 359)",
	flagServer:   "the signaling server's page, for host and for a bare link",
	flagLAN:      "tell private addresses too, for people in one network (by itself when the server's address is one; -lan=false never)",
	untold:       "This machine has no address on the Internet, and STUN found none: nobody can connect. If your friends are in the same network as you, start again with -lan, which tells them its private addresses.",
	flagLoopback: "connect over this machine's loopback too, for trying things out",
	flagRoom:     "host: a file that keeps the room, so that its link is good again after a restart",
	share:        "The party is open. Send this link to your friends:",
	hint:         "Type to chat. /play starts the film; /help lists the rest.",
	notYet:       "The host is not here yet: you will be let in when they come. /quit gives up.",
	seated:       "You are in.",
	here:         "Here:",
	comeBack:     "/back tries to come back.",
	help: `/play  /pause  /seek 1:23  /speed 1.5   drive the film
/undo  /count 5  /count 0                 take back a jump; start in 5 seconds, call it off
/check  /ready  /ready no                 ask whether everybody is ready; answer
/ask  /ask no                             ask the host for the remote
/name NAME  /react 😀  /erase             another name, a reaction, take your last line back
/who  /link  /back  /quit                 who is here, the link, come back, leave
As a host:
/kick NAME                                remove somebody; everybody who stays gets a new link
/newlink                                  replace the link, and remove nobody
/mute NAME  /unmute NAME                  who may not write
/grant NAME  /revoke NAME                 who has the remote
/allow host|chosen|everyone               who may drive
/lock  /unlock  /approve on|off           nobody new comes in; who is new knocks
/admit NAME  /refuse NAME                 answer a knock
/quiet on|off  /clear                     only you write; empty the chat
/wait auto|always|never  /rules           whether the film waits for people; all the rules

Somebody who was removed still knows the film and what was said until then, and
comes back if anybody gives them the new link.`,
	mayNot:       "You may not do that. /ask asks the host for the remote.",
	badSeek:      "Give a moment of the film: /seek 83, /seek 1:23 or /seek 1:02:03.",
	badSpeed:     "Give a speed from 0.25 to 4: /speed 1.25.",
	away:         "The signaling server is away: the party goes on, but nobody new can join for the moment.",
	connected:    "The signaling server is back: friends can join again.",
	paused:       "❚❚ paused at %s",
	playing:      "▶ playing from %s",
	soon:         "… starting together at %s",
	filmAt:       "On: %s — %s",
	copyOf:       "On: %s (%d bytes); everybody plays their own copy.",
	noFilmFmt:    "%q cannot be shown: %s. Give the address of a film (https://…/film.mp4) or a file.",
	noRoomFmt:    "The room cannot be kept in %q: %s. Give another file.",
	badServerFmt: "%q is not the address of a signaling server. It looks like http://localhost:8080 or https://toile.example.",
	host:         "host",
	lines: [...]string{
		wire.LineJoined: "%s joined", wire.LineLeft: "%s left", wire.LineLost: "%s lost the connection",
		wire.LinePlayed: "%s pressed play at %s", wire.LinePaused: "%s paused at %s",
		wire.LineSought: "%s jumped to %s", wire.LineRated: "%s set the speed to ×%s", wire.LineMedia: "%s put on %s",
		wire.LineKicked: "%s was removed by the host; the old link is dead", wire.LineMuted: "%s was muted by the host", wire.LineUnmuted: "%s may write again",
		wire.LineRenamed: "%s is now called %s", wire.LineRules: "%s decided who may drive: %s", wire.LineGranted: "%s has the remote too",
		wire.LineRevoked: "%s gave back the remote", wire.LineCleared: "the host cleared the chat", wire.LineLocked: "the door is locked: nobody new comes in",
		wire.LineUnlocked: "the door is open again", wire.LineWaited: "the film waited for %s",
	},
	drives: "has the remote", muted: "muted", isReady: "ready", asksFor: "asks for the remote",
	youDrive:  "You have the remote.",
	newLink:   "The link is a new one; the old one opens nothing any more:",
	knocked:   "You knocked. The host decides.",
	quiet:     "You may not write at the moment: the host wants it quiet.",
	nobody:    "Nobody here has that name, or several have one that begins so. /who lists them.",
	nothing:   "There is nothing to take back.",
	knocks:    "%s knocks. /admit or /refuse.",
	asks:      "%s asks for the remote. /grant gives it.",
	check:     "%s asks: is everybody ready? /ready",
	counting:  "… the film starts soon, for everybody at once",
	calledOff: "… called off",
	undo:      "/undo goes back to %s",
	badName:   "Give a name of your own; “host” and the like are taken.",
	badEmoji:  "Give one emoji: /react 😀",
	badCount:  "Give seconds from 1 to 60, or 0 to call it off.",
	badAllow:  "Say who: /allow host, /allow chosen or /allow everyone.",
	badWait:   "Say when: /wait auto, /wait always or /wait never.",
	became: map[string]string{
		wire.RuleWaitAuto: "the film waits a bit for whoever's stalls", wire.RuleWaitAlways: "the film waits for whoever's stalls",
		wire.RuleWaitNever: "the film waits for nobody but the host", wire.RuleApproveOn: "newcomers knock: the host decides who comes in",
		wire.RuleApproveOff: "newcomers come in without knocking", wire.RuleQuietOn: "quiet: the host alone writes",
		wire.RuleNewLink: "the host replaced the link", wire.RuleQuietOff: "everybody may write again",
	},
	rulesFmt: "  drive: %s   wait: %s   locked: %s   approve: %s   quiet: %s",
	devices:  [...]string{wire.DeviceComputer: "computer", wire.DevicePhone: "phone", wire.DeviceTerminal: "terminal"},
	sync: map[party.SyncState]string{
		party.Measuring: "measuring", party.Adrift: "out of sync", party.Close: "nearly in sync", party.Synced: "in sync",
	},
	codes: map[string]string{
		"link-invalid":   "This is not a whole invitation. Copy the link again, to its last character.",
		"link-version":   "This invitation was made by another version of Toile. Open the link in a browser, or update this program.",
		"link-wrong":     "The host does not know this invitation: a character of the link is wrong, or it was replaced. Ask for the link again.",
		"room-not-found": "There is no party behind this link: its host did not come, or a character of the link is wrong. Ask the host, then try again.",
		"room-full":      "The party is full. Ask the host.",
		"party-over":     "The host closed the party. Good night.",
		"host-lost":      "The connection to the host broke. The film goes on from what is here.",
		"host-away":      "The host is away. The film goes on from what is here, and you will be together again when the host is back.",
		"kicked":         "The host removed you from the party. Your link opens it no more; only the host can give you another.",
		"locked":         "The door is locked: the host lets nobody new in. Ask the host, then try again.",
		"refused":        "You knocked, and the host said no.",
		"unanswered":     "You knocked, and the host has not looked. Tell the host that you are here, then try again.",
		"rejoining":      "Coming back…",
		"connect-failed": "The host is there, but no way leads to it through these networks. Try another network on one of the two sides.",
		"server-busy":    "The signaling server has too many visitors, or too many from your network at once. Wait a minute, then try again.",
		"server-away":    "The signaling server does not answer. Check its address and your network, then try again.",
		"tampered":       "What came through the server was not what your host sent, so it was refused. Try again, or use another server or network.",
		"version":        "The host runs another version of Toile. Update the older one of the two.",
		"replaced":       "This seat was taken over from another window.",
		"protocol":       "The two sides did not understand each other. Update the older one of the two.",
	},
}
