import { beforeEach, expect, test } from 'vitest';
import { forgetInvitation, invitationLink, keptInvitation, takeInvitation } from './invitation';

const invitation = 'AQCUyvxtI4x3H50GZ3OSrMmzf-souXbDJNukkT8YgglF';

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, '', '/?lang=fr');
});

test('the invitation is taken out of the address, and the tab keeps it', () => {
  location.hash = `#${invitation}`;
  expect(takeInvitation()).toBe(invitation);
  expect(location.href).not.toContain(invitation);
  expect(location.hash).toBe('');
  expect(location.search).toBe('?lang=fr');
  expect(takeInvitation()).toBe('');
  expect(keptInvitation()).toBe(invitation); // for after a reload
  forgetInvitation();
  expect(keptInvitation()).toBe('');
});

test('a link for friends has the invitation and not the language', () => {
  expect(invitationLink(invitation)).toBe(`${location.origin}/#${invitation}`);
});
