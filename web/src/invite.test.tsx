import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aView } from './fixture';
import { Invite } from './invite';
import { view } from './store';
import { speak } from './text';

declare const happyDOM: { setURL(url: string): void };

let place: HTMLElement;
const before = location.href;
beforeEach(async () => {
  await speak('en');
  place = document.createElement('div');
  document.body.replaceChildren(place);
});
afterEach(async () => {
  await act(() => render(null, place));
  happyDOM.setURL(before);
});
const open = async (url: string, patch = {}) => {
  happyDOM.setURL(url);
  view.value = aView({ role: 'host', server: 'connected', ...patch });
  await act(() => render(<Invite close={() => {}} />, place));
};
const find = (name: string) => place.querySelector<HTMLElement>(`[data-test=${name}]`)!;

test('an invitation can be copied, and scanned from another device', async () => {
  await open('https://toile.example/');
  expect((find('invite-link') as HTMLInputElement).value).toBe(`https://toile.example/#${'A'.repeat(44)}`);
  await vi.waitFor(() => expect(place.querySelector('.qr path')!.getAttribute('d')!.length).toBeGreaterThan(100));
  expect(find('scan').textContent).toMatch(/Scan it/);
});

test.each(['http://localhost:8080/', 'http://127.0.0.1:8080/', 'http://[::1]:8080/'])('%s is nothing to scan: it works on this machine only', async (url) => {
  await open(url);
  expect(place.querySelector<HTMLElement>('.qr')!.hidden).toBe(true);
  expect(find('scan').textContent).toMatch(/this machine only/);
});

test('while the server is away the invitation says so', async () => {
  await open('https://toile.example/', { server: 'away' });
  expect(place.querySelector('.limits')!.textContent).toMatch(/nobody can come in/);
  await open('https://toile.example/');
  expect(place.querySelector('.limits')).toBeNull();
});
