import { expect, test } from 'vitest';
import { decode, readCues } from './subtitles';

test('SubRip: numbers, commas, and another format\'s codes', () => {
  expect(readCues('1\r\n00:00:01,500 --> 00:00:03,250\r\n{\\an8}Ça va ?\r\n<i>Oui.</i>\r\n\r\n2\r\n00:01:02,000 --> 00:01:04,5\r\nBien\r\n'))
    .toEqual([{ from: 1.5, to: 3.25, text: 'Ça va ?\n<i>Oui.</i>' }, { from: 62, to: 64.5, text: 'Bien' }]);
});

test('WebVTT: a header, notes, names, settings, and hours left out', () => {
  expect(readCues('\ufeffWEBVTT - title\n\nNOTE a note\n\nintro\n00:02.000 --> 00:04.000 line:0 align:start\nHello\n\n01:00:00.000 --> 01:00:01.000\nLate'))
    .toEqual([{ from: 2, to: 4, text: 'Hello' }, { from: 3600, to: 3601, text: 'Late' }]);
});

test('cues come in the order of time; what lasts no time and what says nothing is left out', () => {
  expect(readCues('00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n\n00:03.000 --> 00:03.000\nx\n\n00:03.000 --> 00:04.000\n\n').map((c) => c.text)).toEqual(['a', 'b']);
});

test('a film or a letter has no cues', () => {
  expect(readCues('\0\0\0ftypisom')).toEqual([]);
  expect(readCues('Dear Ana, --> see you')).toEqual([]);
});

test.each([
  ['utf-8', [0xc3, 0xa9], 'é'], ['windows-1252', [0xe9, 0x20, 0xe0], 'é à'],
  ['utf-16le', [0xff, 0xfe, 0xe9, 0x00], 'é'], ['utf-16be', [0xfe, 0xff, 0x00, 0xe9], 'é'],
])('a file in %s is read', (_, bytes, text) => { expect(decode(new Uint8Array(bytes))).toBe(text); });
