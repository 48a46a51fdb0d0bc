import { isMap, isScalar } from 'yaml';
import type { Scalar } from 'yaml';
import { firstOf } from './fault.ts';
import type { Fault, Planter } from './fault.ts';
import type { Random } from './random.ts';
import { lineAt, replaced, textOf } from './source-text.ts';
import type { SourceText } from './source-text.ts';
import type { Item, Subject } from './subject.ts';

/** A stretch of a file that holds an expression which is parsed, whatever its value. */
interface Site {
  readonly source: SourceText;
  readonly scalar: Scalar;
  readonly start: number;
  readonly text: string;
  /** Conditions of steps resolve no names when they are compiled (REC-137). */
  readonly namesMatter: boolean;
}

/** Functions that take exactly as many arguments as they can: one more is too many. */
const EXACT =
  /\b(eq|ne|gt|ge|lt|le|not|contains|containsValue|startsWith|endsWith|lower|upper|trim|xor|replace|split|join|iif|length)\s*\(/g;
const FUNCTIONS =
  /\b(eq|ne|and|or|not|in|notIn|contains|containsValue|startsWith|endsWith|format|join|coalesce|replace|split|lower|upper|gt|ge|lt|le|succeeded|failed|always|iif|length|convertToJson)\s*\(/g;

/** A function whose name has a letter too many. */
export const plantMisspeltFunction: Planter = async (subject, random) =>
  plantAt(
    sitesOf(subject).filter(({ namesMatter }) => namesMatter),
    FUNCTIONS,
    random,
    ({ name }) => `${name}x(`,
  );

/** A function with an argument too many. */
export const plantWrongArity: Planter = async (subject, random) =>
  plantAt(sitesOf(subject), EXACT, random, ({ call }) => `${call}'x', `);

/** A parameter that is read and not declared, where nothing keeps it from being read. */
export const plantUnknownRead: Planter = async (subject, random) => {
  const sites = sitesOf(subject).filter(
    ({ source, text }) => declaresTyped(source) && !/\b(?:and|or|in|notIn|coalesce|each)\b/i.test(text),
  );
  return plantAt(sites, /\bparameters\.([A-Za-z_]\w*)/g, random, ({ call }) => `${call}Qz`);
};

function plantAt(
  sites: readonly Site[],
  pattern: RegExp,
  random: Random,
  wrong: (found: { readonly call: string; readonly name: string }) => string,
): Fault | undefined {
  return firstOf(sites, random, ({ source, scalar, start, text }) => {
    // Words in quotes are text.
    const bare = text.replaceAll(/'[^']*'/g, (quoted) => '_'.repeat(quoted.length));
    const found = random.pick([...bare.matchAll(pattern)]);
    if (found === undefined) return undefined;
    const [call, name = ''] = found;
    const at = start + found.index;
    const edit = replaced(source.text, at, at + call.length, wrong({ call, name }));
    return {
      file: source.file,
      text: edit.text,
      line: lineAt(source.text, scalar.range?.[0] ?? 0),
      note: call,
    };
  });
}

/** Directives above items and scalars of items: what stands there was evaluated. */
function sitesOf({ items }: Subject): readonly Site[] {
  const scalars = new Map<Scalar, Item>();
  for (const item of items) {
    for (const key of item.site.above) scalars.set(key, item);
    for (const one of scalarsOf(item.site.map, 2)) scalars.set(one, item);
  }
  return [...scalars].flatMap(([scalar, item]) => [
    ...templateSites(scalar, item),
    ...conditionSites(scalar, item),
  ]);
}

/** The scalars of a mapping and of mappings in it; what stands under directives may not be evaluated. */
function scalarsOf(map: unknown, depth: number): readonly Scalar[] {
  if (!isMap(map) || depth === 0) return [];
  return map.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || textOf(key)?.includes('${{') === true) return [];
    return isScalar(value) ? [value] : scalarsOf(value, depth - 1);
  });
}

function templateSites(scalar: Scalar, { source }: Item): readonly Site[] {
  const [start, end] = scalar.range ?? [0, 0];
  return [...source.text.slice(start, end).matchAll(/\$\{\{(.*?)\}\}/g)].map((found) => ({
    source,
    scalar,
    start: start + found.index,
    text: found[0],
    namesMatter: true,
  }));
}

function conditionSites(scalar: Scalar, { source, site, what }: Item): readonly Site[] {
  const pair = site.map.items.find(({ key, value }) => value === scalar && textOf(key) === 'condition');
  const [start, end] = scalar.range ?? [0, 0];
  const text = source.text.slice(start, end);
  const isPlain = pair !== undefined && scalar.type === 'PLAIN' && !text.includes('${{');
  return isPlain ? [{ source, scalar, start, text, namesMatter: what !== 'step' }] : [];
}

function declaresTyped({ text }: SourceText): boolean {
  return /^parameters:\s*(?:#.*)?\r?\n\s*(?:#.*\r?\n\s*)*- /m.test(text);
}
