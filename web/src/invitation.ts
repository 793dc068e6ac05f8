// The invitation lives in the link's fragment, which no server sees. It is taken out of the address at once, so that
// it is not in the history, a screenshot or what somebody copies from the address bar by chance.
import { forgetHere, recallHere, rememberHere } from './memory';

const key = 'invitation';

/** The invitation that this page was opened with; "" without one. */
export function takeInvitation(): string {
  const fragment = location.hash.slice(1);
  if (!fragment) return '';
  keepInvitation(fragment);
  history.replaceState(history.state, '', location.pathname + location.search);
  return fragment;
}

/** The invitation that this tab had before the page was opened anew; "" without one. */
export function keptInvitation(): string { return recallHere(key) ?? ''; }
export function keepInvitation(invitation: string): void { rememberHere(key, invitation); }
export function forgetInvitation(): void { forgetHere(key); }

/** What friends get. The language is theirs to choose, so the query is left out. */
export function invitationLink(invitation: string): string {
  return `${location.origin}${location.pathname}#${invitation}`;
}
