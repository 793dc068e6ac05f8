// Lucide's icons (ISC), drawn as elements: the page's policy lets no text become markup.
import { h, type VNode } from 'preact';

type Shape = [tag: string, attributes: Record<string, string>];
const drawn = new Map<string, Shape[]>();

/** Reads what an icon is drawn of: its file is a flat list of shapes. */
export function parse(svg: string): Shape[] {
  return [...svg.matchAll(/<(path|rect|circle|line|polyline|polygon|ellipse)\s([^>]*?)\/?>/g)].map(([, tag, attributes]) => [
    tag!, Object.fromEntries([...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!])),
  ]);
}

/** Draws the text of an icon's file. */
export function Icon({ of }: { of: string }): VNode {
  let shapes = drawn.get(of);
  if (!shapes) drawn.set(of, shapes = parse(of));
  return (
    <svg class="i" aria-hidden="true" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">
      {shapes.map(([tag, attributes], i) => h(tag, { key: i, ...attributes }))}
    </svg>
  );
}
