package main

import (
	"github.com/toile-party/toile/peer/party"
	"github.com/toile-party/toile/peer/wire"
)

var french = words{
	usage: `Regarder ensemble, de pair à pair.

  toile host [options] ADRESSE-ou-fichier   ouvre une séance et affiche son lien
  toile join [options] LIEN                 rejoint la séance d’un lien

`,
	inside:       "\nDans la séance, ce que vous écrivez va dans la discussion, sauf :\n\n",
	moreHelp:     "toile -help donne les commandes d’une séance, toile host -help les options.\n",
	unknownFmt:   "Il n’y a pas de commande %s. /help les donne toutes.",
	oddFilmFmt:   "%q ne commence pas comme un film connu ici. Il est montré quand même ; les navigateurs diront s’il passe.",
	missing:      "il n’y a ni fichier ni dossier de ce nom",
	forbidden:    "ce programme n’a pas le droit de l’ouvrir",
	notFile:      "ce n’est pas un fichier",
	notFilm:      "ce n’est pas un film",
	notAddress:   "ce n’est pas une adresse entière",
	notRoom:      "ce qu’il contient n’est pas une salle",
	unreadable:   "il ne se laisse ni lire ni écrire",
	flagName:     "votre nom dans la séance",
	flagHue:      "votre couleur, en degrés (0 à 359)",
	flagServer:   "la page du serveur de signalisation, pour host et pour un lien nu",
	flagLAN:      "donner aussi les adresses privées, pour un même réseau (d’office si l’adresse du serveur en est une ; -lan=false jamais)",
	untold:       "Cette machine n’a pas d’adresse sur Internet, et STUN n’en a pas trouvé : personne ne peut se connecter. Si vos amis sont sur le même réseau que vous, recommencez avec -lan, qui leur donne ses adresses privées.",
	flagLoopback: "se connecter aussi par la boucle locale, pour essayer",
	flagRoom:     "host : un fichier qui garde la salle, pour que son lien serve encore après un redémarrage",
	share:        "La séance est ouverte. Envoyez ce lien à vos amis :",
	hint:         "Écrivez pour discuter. /play lance le film ; /help donne le reste.",
	notYet:       "L’hôte n’est pas encore là : la porte s’ouvrira à son arrivée. /quit renonce.",
	seated:       "Vous y êtes.",
	here:         "Présents :",
	comeBack:     "/back essaie de revenir.",
	help: `/play  /pause  /seek 1:23  /speed 1,5   piloter le film
/undo  /count 5  /count 0                 défaire un saut ; départ dans 5 secondes, l’annuler
/check  /ready  /ready non                demander si tout le monde est prêt ; répondre
/ask  /ask non                            demander la télécommande à l’hôte
/name NOM  /react 😀  /erase              changer de nom, réagir, effacer votre dernier message
/who  /link  /back  /quit                 qui est là, le lien, revenir, partir
Pour l’hôte :
/kick NOM                                 exclure quelqu’un ; ceux qui restent reçoivent un nouveau lien
/newlink                                  remplacer le lien, sans exclure personne
/mute NOM  /unmute NOM                    qui ne peut pas écrire
/grant NOM  /revoke NOM                   qui a la télécommande
/allow host|chosen|everyone               qui peut piloter
/lock  /unlock  /approve on|off           personne d’autre n’entre ; les nouveaux frappent
/admit NOM  /refuse NOM                   répondre à qui frappe
/quiet on|off  /clear                     vous seul écrivez ; vider les messages
/wait auto|always|never  /rules           si le film attend les gens ; toutes les règles

Une personne exclue connaît encore le film et ce qui s’est dit jusque-là, et
revient si quelqu’un lui donne le nouveau lien.`,
	mayNot:       "Vous ne pouvez pas le faire. /ask demande la télécommande à l’hôte.",
	badSeek:      "Donnez un moment du film : /seek 83, /seek 1:23 ou /seek 1:02:03.",
	badSpeed:     "Donnez une vitesse de 0,25 à 4 : /speed 1,25.",
	away:         "Le serveur de signalisation est absent : la séance continue, mais personne ne peut s’y joindre pour l’instant.",
	connected:    "Le serveur de signalisation est de retour : vos amis peuvent de nouveau se joindre à vous.",
	paused:       "❚❚ en pause à %s",
	playing:      "▶ lecture depuis %s",
	soon:         "… départ ensemble à %s",
	filmAt:       "À l’affiche : %s — %s",
	copyOf:       "À l’affiche : %s (%d octets) ; chacun lit sa propre copie.",
	noFilmFmt:    "Impossible de montrer %q : %s. Donnez l’adresse d’un film (https://…/film.mp4) ou un fichier.",
	noRoomFmt:    "La salle ne peut être gardée dans %q : %s. Donnez un autre fichier.",
	badServerFmt: "%q n’est pas l’adresse d’un serveur de signalisation. Elle ressemble à http://localhost:8080 ou https://toile.example.",
	host:         "hôte",
	lines: [...]string{
		wire.LineJoined: "%s est là", wire.LineLeft: "%s est parti", wire.LineLost: "%s a perdu la connexion",
		wire.LinePlayed: "%s a lancé la lecture à %s", wire.LinePaused: "%s a mis en pause à %s",
		wire.LineSought: "%s est allé à %s", wire.LineRated: "%s a réglé la vitesse à ×%s", wire.LineMedia: "%s a mis %s",
		wire.LineKicked: "%s : exclusion par l’hôte ; l’ancien lien ne vaut plus rien", wire.LineMuted: "%s ne peut plus écrire", wire.LineUnmuted: "%s peut de nouveau écrire",
		wire.LineRenamed: "%s s’appelle désormais %s", wire.LineRules: "%s a décidé qui peut piloter : %s", wire.LineGranted: "%s a aussi la télécommande",
		wire.LineRevoked: "%s a rendu la télécommande", wire.LineCleared: "l’hôte a effacé les messages", wire.LineLocked: "la porte est fermée à clé : personne d’autre n’entre",
		wire.LineUnlocked: "la porte est de nouveau ouverte", wire.LineWaited: "le film a attendu %s",
	},
	drives: "a la télécommande", muted: "sans voix", isReady: "prêt", asksFor: "demande la télécommande",
	youDrive:  "Vous avez la télécommande.",
	newLink:   "Le lien a changé ; l’ancien n’ouvre plus rien :",
	knocked:   "Vous avez frappé. L’hôte décide.",
	quiet:     "Vous ne pouvez pas écrire pour l’instant : l’hôte veut le silence.",
	nobody:    "Personne ici ne porte ce nom, ou plusieurs ont un nom qui commence ainsi. /who les donne.",
	nothing:   "Il n’y a rien à reprendre.",
	knocks:    "%s frappe. /admit ou /refuse.",
	asks:      "%s demande la télécommande. /grant la donne.",
	check:     "%s demande : tout le monde est prêt ? /ready",
	counting:  "… le film part bientôt, pour tous au même instant",
	calledOff: "… annulé",
	undo:      "/undo revient à %s",
	badName:   "Donnez un nom à vous ; « hôte » et ses pareils sont pris.",
	badEmoji:  "Donnez un seul emoji : /react 😀",
	badCount:  "Donnez des secondes de 1 à 60, ou 0 pour annuler.",
	badAllow:  "Dites qui : /allow host, /allow chosen ou /allow everyone.",
	badWait:   "Dites quand : /wait auto, /wait always ou /wait never.",
	became: map[string]string{
		wire.RuleWaitAuto: "le film attend un peu celui qui cale", wire.RuleWaitAlways: "le film attend celui qui cale",
		wire.RuleWaitNever: "le film n’attend plus que l’hôte", wire.RuleApproveOn: "les arrivants frappent : l’hôte décide qui entre",
		wire.RuleApproveOff: "les arrivants entrent sans frapper", wire.RuleQuietOn: "silence : l’hôte seul écrit",
		wire.RuleNewLink: "l’hôte a remplacé le lien", wire.RuleQuietOff: "tout le monde peut de nouveau écrire",
	},
	rulesFmt: "  pilotage : %s   attente : %s   porte fermée : %s   accord : %s   silence : %s",
	devices:  [...]string{wire.DeviceComputer: "ordinateur", wire.DevicePhone: "téléphone", wire.DeviceTerminal: "terminal"},
	sync: map[party.SyncState]string{
		party.Measuring: "mesure en cours", party.Adrift: "décalé", party.Close: "presque ensemble", party.Synced: "ensemble",
	},
	codes: map[string]string{
		"link-invalid":   "Ce n’est pas une invitation entière. Copiez de nouveau le lien, jusqu’au dernier caractère.",
		"link-version":   "Cette invitation vient d’une autre version de Toile. Ouvrez le lien dans un navigateur, ou mettez ce programme à jour.",
		"link-wrong":     "L’hôte ne connaît pas cette invitation : un caractère du lien est faux, ou elle a été remplacée. Redemandez le lien.",
		"room-not-found": "Il n’y a pas de séance derrière ce lien : l’hôte n’est pas venu, ou un caractère du lien est faux. Demandez-lui, puis réessayez.",
		"room-full":      "La séance est complète. Demandez à l’hôte.",
		"party-over":     "L’hôte a fermé la séance. Bonne nuit.",
		"host-lost":      "La connexion avec l’hôte s’est rompue. Le film continue avec ce qui est là.",
		"host-away":      "L’hôte s’est absenté. Le film continue avec ce qui est là, et la séance se retrouve à son retour.",
		"kicked":         "L’hôte vous a exclu de la séance. Votre lien ne l’ouvre plus ; lui seul peut vous en donner un autre.",
		"locked":         "La porte est fermée à clé : l’hôte ne laisse entrer personne d’autre. Demandez-lui, puis réessayez.",
		"refused":        "Vous avez frappé, et l’hôte a dit non.",
		"unanswered":     "Vous avez frappé, et l’hôte n’a pas regardé. Dites-lui que vous êtes là, puis réessayez.",
		"rejoining":      "Retour en cours…",
		"connect-failed": "L’hôte est là, mais aucun chemin n’y mène à travers ces réseaux. Essayez un autre réseau d’un des deux côtés.",
		"server-busy":    "Le serveur a trop de visiteurs, ou trop à la fois depuis votre réseau. Attendez une minute, puis réessayez.",
		"server-away":    "Le serveur de signalisation ne répond pas. Vérifiez son adresse et votre réseau, puis réessayez.",
		"tampered":       "Ce qui est passé par le serveur n’est pas ce que votre hôte a envoyé : refusé. Réessayez, ou changez de serveur ou de réseau.",
		"version":        "L’hôte utilise une autre version de Toile. Mettez à jour la plus ancienne des deux.",
		"replaced":       "Cette place a été reprise depuis une autre fenêtre.",
		"protocol":       "Les deux côtés ne se sont pas compris. Mettez à jour le plus ancien des deux.",
	},
}
