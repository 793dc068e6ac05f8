import { render } from 'preact';
import { act } from 'preact/test-utils';
import { useRef } from 'preact/hooks';
import { beforeEach, expect, test } from 'vitest';
import { useKeptFocus } from './focus';

function Room({ has, barred = false }: { has: string; barred?: boolean }) {
  const room = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(room, heading);
  return (
    <div ref={room}>
      <h1 ref={heading} tabIndex={-1}>Film</h1>
      <section>{has.includes('a') && <p><button id="a" disabled={barred}>a</button></p>}{has.includes('b') && <button id="b">b</button>}</section>
      {has.includes('c') && <aside><button id="c">c</button></aside>}
    </div>
  );
}

let place: HTMLElement;
beforeEach(() => {
  place = document.createElement('div');
  document.body.replaceChildren(place);
});
const draw = async (has: string, barred = false) => {
  await act(() => render(<Room has={has} barred={barred} />, place));
  await new Promise((done) => setTimeout(done));
};
const at = () => document.activeElement?.id || document.activeElement?.localName;

test('the focus of a control that goes is kept near by', async () => {
  await draw('abc');
  document.getElementById('a')!.focus();
  await draw('bc');
  expect(at()).toBe('b');
});

test('where nothing is left near by, the heading has it', async () => {
  await draw('abc');
  document.getElementById('c')!.focus();
  await draw('ab');
  expect(at()).toBe('h1');
});

test('a control that stays keeps the focus, and who had none gets none', async () => {
  await draw('abc');
  document.getElementById('b')!.focus();
  await draw('b');
  expect(at()).toBe('b');
  document.getElementById('b')!.blur();
  await draw('abc');
  expect(at()).toBe('body');
});
