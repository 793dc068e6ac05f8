import { expect, test } from 'vitest';
import { complete, fileTitle, foreignSite, isInvitation, judge, judgeTyped, titleOf } from './address';

const page = 'https://toile.example/';

test.each([
  ['https://cdn.example/film.mp4', 'ok'],
  ['/sample/film.mp4', 'ok'],
  ['https://toile.example/film.mp4', 'ok'],
  ['http://cdn.example/film.mp4', 'insecure'],
  ['https://192.168.1.1/film.mp4', 'local'],
  ['https://100.64.3.1/f', 'local'],
  ['https://0x7f000001/f', 'local'],
  ['https://nas.local/f', 'local'],
  ['https://localhost/f', 'local'],
  ['https://localhost./f', 'local'],
  ['https://nas.local./f', 'local'],
  ['https://192.168.1.1./f', 'local'],
  ['https://NAS.home.arpa/f', 'local'],
  ['https://router/f', 'local'],
  ['https://localhost.example/f', 'ok'],
  ['https://cdn.example./f', 'ok'],
  ['https://[ff02::1]/f', 'local'],
  ['https://[64:ff9b::a00:1]/f', 'local'],
  ['https://[2001:db8::1]/f', 'ok'],
  ['https://[fe80::1]/f', 'local'],
  ['https://[::1]/f', 'local'],
  ['https://[fd00::1]/f', 'local'],
  ['data:video/mp4,x', 'bad'],
  ['https://[::ffff:10.0.0.1]/f', 'local'],
  ['https://8.8.8.8/f', 'ok'],
  ['https://ana:secret@cdn.example/f', 'bad'],
  ['javascript:alert(1)', 'bad'],
  ['file:///etc/passwd', 'bad'],
  ['https://', 'bad'],
  [`https://cdn.example/${'a'.repeat(2100)}`, 'bad'],
])('%s is %s', (address, want) => { expect(judge(address, page)).toBe(want); });

test('a page without TLS may play its own films', () => {
  expect(judge('http://192.168.1.5:8080/film.mp4', 'http://192.168.1.5:8080/')).toBe('ok');
});

test('an address without its scheme means https', () => {
  expect(complete(' cdn.example/film.mp4 ')).toBe('https://cdn.example/film.mp4');
  expect(complete('https://cdn.example/f')).toBe('https://cdn.example/f');
  expect(complete('/sample/f.mp4')).toBe('/sample/f.mp4');
  expect(complete('')).toBe('');
});

test('a link is taken out of the sentence around it', () => {
  expect(complete('Tonight: https://cdn.example/f.mp4, at nine!')).toBe('https://cdn.example/f.mp4');
  expect(complete('We watch https://cdn.example/f.mp4, at nine!')).toBe('https://cdn.example/f.mp4');
  expect(complete('https://cdn.example/my film.mp4')).toBe('https://cdn.example/my film.mp4');
});

test('a word and an invitation are no film', () => {
  const invitation = `${page}#${'A'.repeat(44)}`;
  expect(judgeTyped('hello', page)).toBe('bad');
  expect(judgeTyped(invitation, page)).toBe('bad');
  expect(judgeTyped('/sample/f.mp4', page)).toBe('ok');
  expect(judgeTyped('https://cdn.example/f.mp4#t=10', page)).toBe('ok');
  expect(isInvitation(`Come: ${invitation}`)).toBe(true);
  expect(isInvitation('https://cdn.example/f.mp4#t=10')).toBe(false);
});

test('a title is what an address or a file tells', () => {
  expect(titleOf('https://cdn.example/films/Le%20voyage_dans_la_lune.mp4?x=1#t')).toBe('Le voyage dans la lune');
  expect(titleOf('https://cdn.example/')).toBe('cdn.example');
  expect(titleOf('https://cdn.example/%E0%A4%A.mp4')).toBe('%E0%A4%A');
  expect(fileTitle('Nosferatu (1922).mkv')).toBe('Nosferatu (1922)');
});

test('the site of a film is told when it is not the page\'s own', () => {
  expect(foreignSite('https://cdn.example/f', page)).toBe('cdn.example');
  expect(foreignSite('/f', page)).toBe('');
  expect(foreignSite('http://[', page)).toBe('');
});
