import { DEFAULT_LOCK_POLICY, policyProblems } from '../../packages/model/src/index.ts';
import { anchorOf } from './markdown.ts';
import { PAIRED_SETTINGS, pairOf, settingPairs, type PairEntry } from './setting-pairs.ts';
import { table } from './table.ts';

/** The beginning of the chapter on pairs: the matrix, what is refused together, and why the rest is independent. */
export function pairsChapter(): readonly string[] {
  const pairs = settingPairs();
  const rows = PAIRED_SETTINGS.map((a) => [
    `\`${a}\``,
    ...PAIRED_SETTINGS.map((b) => (a === b ? '' : signOf(pairs.get(pairOf(`${a} × ${b}`))?.[0]))),
  ]);
  return [LEGEND, table(['', ...PAIRED_SETTINGS], rows), ...reasons(pairs)];
}

const LEGEND = `Every pair of settings has a case (the link), or the two do not care for each other (·), or they contradict each
other and are refused together (✗). A limit and what it does count as one.
`;

function signOf(entry: PairEntry | undefined): string {
  if (entry === undefined) return '?';
  if ('independent' in entry) return '·';
  if ('contradiction' in entry) return '✗';
  return `[case](#${anchorOf(entry.case.split(' / ')[1] ?? '')})`;
}

function reasons(pairs: ReadonlyMap<string, readonly PairEntry[]>): readonly string[] {
  const all = [...pairs].flatMap(([name, entries]) => entries.map((entry) => [name, entry] as const));
  const refused = all.flatMap(([name, entry]) =>
    'contradiction' in entry ? [[name, problemOf(entry.contradiction)]] : [],
  );
  const independent = all.flatMap(([name, entry]) =>
    'independent' in entry ? [[name, entry.independent]] : [],
  );
  return [
    '### Refused together\n',
    table(['pair', 'what the refusal says'], refused),
    '### Independent\n',
    table(['pair', 'why the one does not care for the other'], independent),
  ];
}

function problemOf(values: Readonly<Record<string, unknown>>): string {
  const problems = policyProblems({ ...DEFAULT_LOCK_POLICY, ...values });
  return problems.map(({ message }) => message).join(' ');
}
