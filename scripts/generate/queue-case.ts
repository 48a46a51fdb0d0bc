import { markdown } from './markdown.ts';
import { table } from './table.ts';

/** The keys of a case that the page shows; `spec/interlocking/README.md` explains them. */
export interface QueueCase {
  readonly name: string;
  readonly what: string;
  readonly rules: readonly string[];
  readonly locks?: Readonly<Record<string, unknown>>;
  readonly runs?: Readonly<Record<string, unknown>>;
  readonly timers?: string;
  readonly story: readonly string[];
  readonly expect?: readonly string[];
  readonly runLatest?: readonly string[];
  readonly sequential?: readonly string[];
}

/** A case as a section: what it shows, what is given, and what happens minute by minute. */
export function queueCase(one: QueueCase): string {
  const { name, what, rules } = one;
  const lines = [
    `### ${markdown(name)}\n`,
    `${markdown(sentence(what))} (${rules.join(', ')})\n`,
    ...givenOf(one).map((given) => `- ${given}`),
    '',
    timeline(one),
  ];
  return lines.join('\n');
}

function givenOf({ locks = {}, runs = {}, timers }: QueueCase): readonly string[] {
  return [
    ...Object.entries(locks).map(([name, settings]) => `lock \`${name}\`: ${words(settings)}`),
    ...Object.entries(runs).map(([name, settings]) => `run \`${name}\`: ${words(settings)}`),
    ...(timers === 'late' ? ['timers of a minute come after what is told'] : []),
    ...(timers === 'jump' ? ['the clock jumps from line to line, and timers come after what is told'] : []),
  ];
}

function words(settings: unknown): string {
  const all = Object.entries(settings as Readonly<Record<string, unknown>>);
  if (all.length === 0) return 'as Azure has it';
  return all.map(([setting, value]) => `\`${setting}: ${asText(value)}\``).join(', ');
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One row a minute: what is told, and what happens, in one column or in one for each behaviour. */
function timeline(one: QueueCase): string {
  const outcomes = (['expect', 'runLatest', 'sequential'] as const).flatMap((key) => {
    const lines = one[key];
    return lines === undefined
      ? []
      : [{ title: key === 'expect' ? 'what happens' : key, lines: byMinute(lines) }];
  });
  const told = byMinute(one.story);
  const minutes = new Set(
    [told, ...outcomes.map(({ lines }) => lines)].flatMap((lines) => [...lines.keys()]),
  );
  const rows = [...minutes]
    .toSorted((a, b) => Number(a) - Number(b))
    .map((minute) => [minute, cell(told, minute), ...outcomes.map(({ lines }) => cell(lines, minute))]);
  return table(['minute', 'what is told', ...outcomes.map(({ title }) => title)], rows);
}

function byMinute(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of lines) {
    const [, minute = '', rest = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    found.set(minute, [...(found.get(minute) ?? []), rest]);
  }
  return found;
}

function cell(lines: ReadonlyMap<string, readonly string[]>, minute: string): string {
  return (lines.get(minute) ?? []).map(markdown).join('<br>');
}

/** Words as a sentence. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
