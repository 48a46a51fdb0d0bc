import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DEFAULT_LOCK_POLICY } from '../../packages/model/src/index.ts';
import { root } from '../run.ts';

/** What two settings of a lock are to each other. */
export type PairEntry =
  /** A case of `spec/interlocking`, as `file / name`. */
  | { readonly case: string }
  /** Why the one does not care for the other. */
  | { readonly independent: string }
  /** Values that are refused together. */
  | { readonly contradiction: Readonly<Record<string, unknown>> };

/** A case of `spec/interlocking`, as far as it is read here. */
export interface PairCase {
  readonly name: string;
  readonly locks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly runs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The settings of a lock as pairs name them: a limit and what it does are one, and units are left out. */
export const PAIRED_SETTINGS: readonly string[] = [
  ...new Set(Object.keys(DEFAULT_LOCK_POLICY).map(pairedName)),
];

/** The name of a setting in pairs. */
export function pairedName(setting: string): string {
  const together: Readonly<Record<string, string>> = {
    onWaitTimeout: 'waitTimeout',
    onHoldLimit: 'holdLimit',
  };
  return together[setting] ?? setting.replace(/Minutes$/, '');
}

/** Every pair of settings by its name `capacity × behavior`, with every entry for it: one each, if all is well. */
export function settingPairs(): ReadonlyMap<string, readonly PairEntry[]> {
  const told = casesOf('pairs.yml').map(
    ({ name }) => [pairOf(name), { case: `pairs.yml / ${name}` }] as const,
  );
  const listed = Object.entries(
    parse(readFileSync(join(root, 'spec/pairs/pairs.yml'), 'utf8')) as Readonly<Record<string, PairEntry>>,
  );
  const pairs = new Map<string, PairEntry[]>(
    PAIRED_SETTINGS.flatMap((a, index) => PAIRED_SETTINGS.slice(index + 1).map((b) => [`${a} × ${b}`, []])),
  );
  for (const [name, entry] of [...told, ...listed]) {
    const pair = pairOf(name);
    pairs.set(pair, [...(pairs.get(pair) ?? []), entry]);
  }
  return pairs;
}

/** The pair that an entry is named after; what stands behind a comma tells several cases of one pair apart. */
export function pairOf(name: string): string {
  const [a = '', b = ''] = (name.split(',')[0] ?? name).split(' × ');
  return (PAIRED_SETTINGS.indexOf(a) <= PAIRED_SETTINGS.indexOf(b) ? [a, b] : [b, a]).join(' × ');
}

/** The cases of a file of `spec/interlocking`. */
export function casesOf(file: string): readonly PairCase[] {
  return parse(readFileSync(join(root, 'spec/interlocking', file), 'utf8')) as readonly PairCase[];
}
