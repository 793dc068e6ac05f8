import { list, plural } from '../format';

const count = plural('en');

export const en = {
  roster: {
    you: 'you',
    host: 'Host', remote: 'has the remote', muted: 'muted', typing: 'writing…', ready: 'ready', asks: 'asks for the remote', hidden: 'tab in the background',
    device: { computer: 'On a computer', phone: 'On a phone', terminal: 'In a terminal' },
    state: { ok: 'Watching', buffering: 'Film is loading', weak: 'Weak connection', 'no-film': 'No film yet' },
    /** How far away this person's film is. */
    offset: (d: string, give: string) => give ? `${d} from the party’s film, give or take ${give}` : `${d} from the party’s film`,
    rtt: (d: string) => `${d} to the host and back`,
  },
  menu: {
    of: (name: string) => `What you can do for ${name}`,
    give: 'Give the remote', take: 'Take the remote back',
    mute: 'Mute in the chat', unmute: 'Let them write again',
    kick: 'Remove…',
  },
  kick: {
    title: (name: string) => `Remove ${name}?`,
    now: (name: string) => `${name} is out at once, and neither their seat nor the link that you all have opens the door any more. Everybody else stays and gets the new link by itself. A link that you sent and nobody has used yet is dead too.`,
    limits: 'It cannot take back what was seen or said. And somebody who is given the new link by a friend can come in again, under any name.',
    approve: 'From now on, ask me before anybody comes in',
    yes: 'Remove',
    no: 'Let them stay',
  },
  /** The host replaces the invitation, without removing anybody. */
  relink: {
    open: 'Replace this link…',
    text: 'This link, wherever it went, opens the door no more. Whoever is inside stays and gets the new one by itself; whoever waits outside needs it from you.',
    yes: 'Replace it', no: 'Keep it', done: 'This is the new link.',
  },
  me: {
    change: 'Change your name and colour',
    save: 'Take this name', back: 'Leave it',
  },
  rules: {
    title: 'House rules',
    drive: 'Who has the remote',
    drives: { host: 'Host only', chosen: 'Chosen', everyone: 'Everyone' },
    driveHint: {
      host: 'Only you play, pause, jump and set the speed.',
      chosen: 'You, and those to whom you give it beside their name.',
      everyone: 'Anybody plays, pauses, jumps and sets the speed.',
    },
    wait: 'When somebody’s film stalls',
    waits: { auto: 'Wait a bit', always: 'Wait', never: 'Go on' },
    waitHint: {
      auto: 'Up to four of you wait for anybody; more of you when a third has no picture. At most 10 seconds.',
      always: 'All stand still for anybody, at most 10 seconds each time.',
      never: 'The film goes on and they catch up. Only you are waited for.',
    },
    lock: 'Lock the door', lockHint: 'Nobody new comes in, with or without the link.',
    approve: 'Let newcomers knock', approveHint: 'You say yes or no to each of them.',
    quiet: 'Quiet in the chat', quietHint: 'You alone write and react.',
    /** What holds here, for who cannot change it. */
    now: {
      host: 'The host has the remote', chosen: 'The host chooses who has the remote', everyone: 'Everyone has the remote',
      locked: 'The door is locked', approve: 'Newcomers knock', muted: 'The chat is quiet',
    },
  },
  /** A rule became another: what the chat says of it. */
  became: {
    host: 'Only the host has the remote', chosen: 'The host chooses who has the remote', everyone: 'Everyone has the remote',
    'wait-auto': 'The film waits a bit when somebody’s stalls', 'wait-always': 'The film waits for everybody whose film stalls',
    'wait-never': 'The film no longer waits when somebody’s stalls',
    'approve-on': 'Newcomers knock first: the host decides who comes in', 'approve-off': 'Newcomers come in without knocking',
    'new-link': 'The host replaced the invitation: the old link opens nothing any more',
    'quiet-on': 'The chat is quiet: only the host writes', 'quiet-off': 'Everybody may write again',
  },
  /** Instead of writing in the chat. */
  hush: { all: 'The chat is quiet: only the host writes.', you: 'The host muted you in the chat.' },
  door: {
    knocks: (name: string) => `${name} is at the door`,
    admit: 'Let in', refuse: 'Refuse',
  },
  asks: {
    text: (name: string) => `${name} asks for the remote`,
    give: 'Give it', not: 'Not now',
  },
  /** Those who knock or ask, and wait for the host's answer. */
  calls: {
    more: (n: number) => count(n, { one: `and ${n} other`, other: `and ${n} others` }),
    waiting: (n: number) => count(n, { one: `${n} waits for your answer`, other: `${n} wait for your answer` }),
  },
  check: {
    title: 'Is everyone ready?',
    alone: 'Send the link, and press play when everybody is here.', ask: 'Everyone ready?', start: 'Start together',
    startHint: 'Counts 3, 2, 1 for all at the same instant.',
    by: (name: string) => `${name} asks: are you ready?`,
    ready: 'I’m ready', notYet: 'Not yet after all',
    missing: (names: string[], n: number) => `${list('en', names, n)} ${n === 1 ? 'is' : 'are'} not ready yet`,
    you: 'You', youMissing: 'Only you are missing',
    then: 'The film starts when everybody is.',
    anyway: 'Start anyway', stop: 'Call it off',
  },
  countdown: {
    label: (n: number) => count(n, { one: 'The film starts in 1 second', other: `The film starts in ${n} seconds` }),
    stop: 'Stop',
  },
  /** Before a film of a site that one has not agreed to. */
  site: {
    title: (site: string) => `This film comes from ${site}`,
    text: 'That site sees your address as soon as the film loads here. It has heard nothing of you yet.',
    yes: 'Load the film',
  },
  hostsFilm: 'Only the host puts a film on',
  captions: {
    title: 'Captions',
    off: 'Off', isOff: 'Captions: off', on: (name: string) => `Captions: ${name}`,
    none: 'This film brings no captions.',
    file: 'A file of mine…', bad: 'That is no file of subtitles (.srt, .vtt)',
    size: 'Size', sizes: { s: 'Small', m: 'Medium', l: 'Large' },
  },
  talk: {
    erased: 'This line was taken back',
    reply: (name: string) => `Answer ${name}`, replyShort: 'Answer',
    replying: (name: string) => `To ${name}:`, noReply: 'Answer nobody',
    quoted: (name: string) => `Show what ${name} said`,
    erase: 'Take this line back',
    goTo: (at: string) => `Go to ${at} in the film, with everybody`, goThere: 'Go there', goThereAt: (at: string) => `Go there, to ${at}, with everybody`,
    writing: (names: string[], n: number) => `${list('en', names, n)} ${n === 1 ? 'is' : 'are'} writing…`,
    names: 'People you can call',
    emoji: 'Emoji', search: 'Search emoji', none: 'No emoji is called that', kinds: 'Kinds of emoji',
    found: (n: number) => count(n, { one: `${n} emoji found`, other: `${n} emoji found` }),
    groups: { 0: 'Smileys', 1: 'People', 3: 'Animals and nature', 4: 'Food and drink', 5: 'Places', 6: 'Activities', 7: 'Objects', 8: 'Symbols', 9: 'Flags' } as Record<number, string>,
    react: 'React for everybody to see',
    reactions: ['Tears of joy', 'Heart', 'Wow', 'Crying', 'Applause', 'Fire', 'Popcorn'],
    clear: 'Clear the chat…', clearAsk: 'Clear the chat for everybody?', clearText: 'Everything that was said goes, for all of you. It cannot be taken back.', clearYes: 'Clear it', clearNo: 'Keep it',
    only: 'Chat only', onlyHint: 'The film plays on another screen: this one is for the chat.', film: 'Show the film here',
  },
};
