import { list, plural } from '../format';
import type { Inside } from './inside';

const count = plural('fr');

export const fr = {
  roster: {
    you: 'vous',
    host: 'Hôte', remote: 'a la télécommande', muted: 'sans parole', typing: 'écrit…', ready: 'est prêt', asks: 'demande la télécommande', hidden: 'onglet en arrière-plan',
    device: { computer: 'Sur ordinateur', phone: 'Sur téléphone', terminal: 'Dans un terminal' },
    state: { ok: 'Regarde', buffering: 'Le film se charge', weak: 'Connexion faible', 'no-film': 'Pas encore de film' },
    offset: (d: string, give: string) => give ? `${d} par rapport au film de la séance, à ${give} près` : `${d} par rapport au film de la séance`,
    rtt: (d: string) => `${d} aller-retour jusqu’à l’hôte`,
  },
  menu: {
    of: (name: string) => `Ce que vous pouvez faire pour ${name}`,
    give: 'Donner la télécommande', take: 'Reprendre la télécommande',
    mute: 'Faire taire', unmute: 'Rendre la parole',
    kick: 'Exclure…',
  },
  kick: {
    title: (name: string) => `Exclure ${name} ?`,
    now: (name: string) => `${name} sort aussitôt ; ni sa place ni le lien que vous avez tous n’ouvrent plus la porte. Les autres restent et reçoivent d’eux-mêmes le nouveau lien. Un lien envoyé dont personne ne s’est encore servi ne vaut plus rien non plus.`,
    limits: 'Ce qui a été vu ou dit ne se reprend pas. Et qui reçoit le nouveau lien d’un ami peut revenir, sous n’importe quel nom.',
    approve: 'Désormais, me demander avant de laisser entrer',
    yes: 'Exclure',
    no: 'Ne pas exclure',
  },
  relink: {
    open: 'Remplacer ce lien…',
    text: 'Ce lien, où qu’il soit parti, n’ouvrira plus la porte. Qui est dans la salle y reste et reçoit le nouveau de lui-même ; qui attend dehors en aura besoin.',
    yes: 'Le remplacer', no: 'Le garder', done: 'Voici le nouveau lien.',
  },
  me: {
    change: 'Changer de nom et de couleur',
    save: 'Prendre ce nom', back: 'Ne rien changer',
  },
  rules: {
    title: 'Règles de la salle',
    drive: 'Qui tient la télécommande',
    drives: { host: 'L’hôte', chosen: 'Au choix', everyone: 'Tous' },
    driveHint: {
      host: 'Vous seul lancez, mettez en pause, sautez et réglez la vitesse.',
      chosen: 'Vous, et ceux à qui vous la donnez à côté de leur nom.',
      everyone: 'Chacun lance, met en pause, saute et règle la vitesse.',
    },
    wait: 'Quand le film de quelqu’un cale',
    waits: { auto: 'Un peu', always: 'Attendre', never: 'Continuer' },
    waitHint: {
      auto: 'Jusqu’à quatre, vous attendez n’importe qui ; au-delà, quand un tiers n’a plus d’image. Dix secondes au plus.',
      always: 'Tous attendent, qui que ce soit, dix secondes au plus chaque fois.',
      never: 'Le film continue et le retard se rattrape. On n’attend que vous.',
    },
    lock: 'Fermer la porte à clé', lockHint: 'Personne d’autre n’entre, même avec le lien.',
    approve: 'Faire frapper les arrivants', approveHint: 'Vous dites oui ou non à chacun.',
    quiet: 'Silence dans les messages', quietHint: 'Vous seul écrivez et réagissez.',
    now: {
      host: 'L’hôte tient la télécommande', chosen: 'L’hôte choisit qui tient la télécommande', everyone: 'Tous ont la télécommande',
      locked: 'La porte est fermée à clé', approve: 'Les arrivants frappent', muted: 'Silence dans les messages',
    },
  },
  became: {
    host: 'Seul l’hôte a la télécommande', chosen: 'L’hôte choisit qui a la télécommande', everyone: 'Tout le monde a la télécommande',
    'wait-auto': 'Le film attend un peu quand celui de quelqu’un cale', 'wait-always': 'Le film attend tous ceux dont le film cale',
    'wait-never': 'Le film n’attend plus quand celui de quelqu’un cale',
    'approve-on': 'Les arrivants frappent : l’hôte décide qui entre', 'approve-off': 'Les arrivants entrent sans frapper',
    'new-link': 'L’hôte a remplacé l’invitation : l’ancien lien n’ouvre plus rien',
    'quiet-on': 'Silence dans les messages : seul l’hôte écrit', 'quiet-off': 'Tout le monde peut de nouveau écrire',
  },
  hush: { all: 'Silence : l’hôte seul écrit.', you: 'L’hôte vous a privé de parole.' },
  door: {
    knocks: (name: string) => `${name} est à la porte`,
    admit: 'Faire entrer', refuse: 'Refuser',
  },
  asks: {
    text: (name: string) => `${name} demande la télécommande`,
    give: 'Donner', not: 'Pas maintenant',
  },
  calls: {
    more: (n: number) => count(n, { one: `et ${n} autre`, other: `et ${n} autres` }),
    waiting: (n: number) => count(n, { one: `${n} attend votre réponse`, other: `${n} attendent votre réponse` }),
  },
  check: {
    title: 'Tout le monde est prêt ?',
    alone: 'Envoyez le lien, et lancez la lecture quand tout le monde est là.', ask: 'Tous prêts ?', start: 'Lancer ensemble',
    startHint: 'Compte 3, 2, 1 pour tous au même instant.',
    by: (name: string) => `${name} demande : tout le monde est prêt ?`,
    ready: 'C’est bon pour moi', notYet: 'Finalement, pas encore',
    missing: (names: string[], n: number) => n === 1 ? `On n’attend plus que ${list('fr', names, n)}` : `On attend encore ${list('fr', names, n)}`,
    you: 'vous', youMissing: 'On n’attend plus que vous',
    then: 'Le film commence dès que tous le sont.',
    anyway: 'Lancer quand même', stop: 'Laisser tomber',
  },
  countdown: {
    label: (n: number) => count(n, { one: `Le film commence dans ${n} seconde`, other: `Le film commence dans ${n} secondes` }),
    stop: 'Arrêter',
  },
  site: {
    title: (site: string) => `Ce film vient de ${site}`,
    text: 'Ce site voit votre adresse dès que le film se charge ici. Il n’a encore rien su de vous.',
    yes: 'Charger le film',
  },
  hostsFilm: 'Seul l’hôte peut mettre un film',
  captions: {
    title: 'Sous-titres',
    off: 'Aucun', isOff: 'Sous-titres : aucun', on: (name: string) => `Sous-titres : ${name}`,
    none: 'Ce film n’apporte pas de sous-titres.',
    file: 'Un fichier à moi…', bad: 'Ce n’est pas un fichier de sous-titres (.srt, .vtt)',
    size: 'Taille', sizes: { s: 'Petite', m: 'Moyenne', l: 'Grande' },
  },
  talk: {
    erased: 'Ce message a été retiré',
    reply: (name: string) => `Répondre à ${name}`, replyShort: 'Répondre',
    replying: (name: string) => `À ${name} :`, noReply: 'Ne répondre à personne',
    quoted: (name: string) => `Montrer ce que ${name} a dit`,
    erase: 'Retirer ce message',
    goTo: (at: string) => `Aller à ${at} dans le film, avec tout le monde`, goThere: 'Y aller', goThereAt: (at: string) => `Y aller, à ${at}, avec tout le monde`,
    writing: (names: string[], n: number) => `${list('fr', names, n)} ${n === 1 ? 'écrit' : 'écrivent'}…`,
    names: 'Personnes à interpeller',
    emoji: 'Émojis', search: 'Chercher un émoji', none: 'Aucun émoji ne s’appelle ainsi', kinds: 'Sortes d’émojis',
    found: (n: number) => count(n, { one: `${n} émoji trouvé`, other: `${n} émojis trouvés` }),
    groups: { 0: 'Visages', 1: 'Personnes', 3: 'Animaux et nature', 4: 'À manger et à boire', 5: 'Lieux', 6: 'Activités', 7: 'Objets', 8: 'Symboles', 9: 'Drapeaux' } as Record<number, string>,
    react: 'Réagir devant tout le monde',
    reactions: ['Larmes de rire', 'Cœur', 'Oh !', 'En pleurs', 'Bravo', 'Feu', 'Pop-corn'],
    clear: 'Effacer la discussion…', clearAsk: 'Effacer la discussion pour tout le monde ?', clearText: 'Tout ce qui a été dit disparaît, pour vous tous. C’est sans retour.', clearYes: 'Effacer', clearNo: 'Tout garder',
    only: 'Discussion seule', onlyHint: 'Le film passe sur un autre écran : celui-ci est pour la discussion.', film: 'Montrer le film ici',
  },
} satisfies Inside;
