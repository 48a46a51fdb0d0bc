import type { NodeResult, RunResult } from '@signalbox/model';
import { escaped } from './markup.ts';

/** What a badge says. */
export type BadgeWord = RunResult | NodeResult | 'never built';

const WORDS: Readonly<Record<BadgeWord, readonly [text: string, colour: string]>> = {
  succeeded: ['succeeded', '#2e7d32'],
  succeededWithIssues: ['partially succeeded', '#b26a00'],
  partiallySucceeded: ['partially succeeded', '#b26a00'],
  failed: ['failed', '#c62828'],
  canceled: ['canceled', '#616161'],
  skipped: ['skipped', '#616161'],
  abandoned: ['abandoned', '#616161'],
  'never built': ['never built', '#616161'],
};

const HEIGHT = 20;
const PADDING = 6;
/** About as wide as a letter of this font and size is. */
const LETTER = 6.5;

/** The right half of a badge. */
export interface BadgeText {
  readonly text: string;
  /** `#rrggbb`; white letters must be readable on it. */
  readonly colour: string;
}

/** How something ended, as a badge says it. */
export function badgeText(word: BadgeWord): BadgeText {
  const [text, colour] = WORDS[word];
  return { text, colour };
}

/** A picture of a label, and what is said about it. */
export function badgeSvg(label: string, { text, colour }: BadgeText): string {
  const [left, right] = [widthOf(label), widthOf(text)];
  const box = (x: number, width: number, fill: string): string =>
    `<rect x="${x}" width="${width}" height="${HEIGHT}" fill="${fill}"/>`;
  const write = (x: number, what: string): string => `<text x="${x}" y="14">${escaped(what)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img">`,
    `<title>${escaped(label)}: ${escaped(text)}</title>`,
    box(0, left, '#424242'),
    box(left, right, colour),
    '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">',
    write(PADDING, label),
    write(left + PADDING, text),
    '</g></svg>',
  ].join('');
}

function widthOf(text: string): number {
  return Math.ceil(text.length * LETTER) + 2 * PADDING;
}
