import { isMap, isScalar, isSeq } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { firstOf } from './fault.ts';
import type { Fault, Planter } from './fault.ts';
import type { Random } from './random.ts';
import { lineAt, pairOf, replaced, startOf, textOf, withKey } from './source-text.ts';
import type { MappingSite, SourceText } from './source-text.ts';
import { trial } from './subject.ts';
import type { Subject } from './subject.ts';

/** A reference with a written path that was followed, and the template it leads to. */
interface Followed {
  readonly source: SourceText;
  readonly site: MappingSite;
  readonly marked: Fault;
  /** The declared parameters of the template by name; undefined when it declares none in the list form. */
  readonly declared: ReadonlyMap<string, YAMLMap> | undefined;
}

const MARK = '-qz9';

/** A path that leads nowhere. */
export const plantMissingTemplate: Planter = async (subject, random) =>
  (await followed(subject, random))?.marked;

/** A parameter without default that is no longer passed. */
export const plantMissingParameter: Planter = async (subject, random) => {
  const one = await followed(subject, random);
  return (
    one &&
    firstOf(passedTo(one), random, (pair) => {
      const declaration = one.declared?.get(textOf(pair.key) ?? '');
      if (declaration === undefined || hasKey(declaration, 'default')) return undefined;
      const { text, file } = one.source;
      const start = startOf(pair.key) ?? 0;
      const line = lineAt(text, startOf(pairOf(one.site, 'template')?.value) ?? 0);
      return { file, text: `${text.slice(0, start)}# ${text.slice(start)}`, line, note: String(pair.key) };
    })
  );
};

/** A parameter that the template does not declare: a further one. */
export const plantUnknownParameter: Planter = async (subject, random) => {
  const one = await followed(subject, random);
  if (one?.declared === undefined) return undefined;
  const parameters = pairOf(one.site, 'parameters')?.value;
  const inner = isMap(parameters)
    ? one.source.mappings.get(startOf(parameters.items[0]?.key) ?? -1)
    : undefined;
  const edit =
    inner === undefined
      ? isMap(parameters) || parameters !== undefined
        ? undefined
        : withKey(one.source, one.site, 'parameters: { qzUnknown: 1 }')
      : withKey(one.source, inner, 'qzUnknown: 1');
  return edit === undefined ? undefined : { file: one.source.file, ...edit, note: 'qzUnknown' };
};

/** A boolean or a number that is neither. */
export const plantWrongParameter: Planter = async (subject, random) => {
  const one = await followed(subject, random);
  return (
    one &&
    firstOf(passedTo(one), random, ({ key, value }) => {
      const declaration = one.declared?.get(textOf(key) ?? '');
      const type = declaration?.items.find((pair) => textOf(pair.key) === 'type')?.value;
      if (!isScalar(value) || !['boolean', 'number'].includes(textOf(type) ?? '')) return undefined;
      const [start, end] = value.range ?? [0, 0];
      return {
        file: one.source.file,
        ...replaced(one.source.text, start, end, 'perhaps'),
        note: String(key),
      };
    })
  );
};

/** A reference of the files that leads somewhere, proven by one that would lead nowhere. */
async function followed(subject: Subject, random: Random): Promise<Followed | undefined> {
  const references = [...subject.files.values()].flatMap((source) =>
    [...source.mappings.values()]
      .filter(({ map }) => textOf(map.items[0]?.key) === 'template')
      .map((site) => ({ source, site })),
  );
  for (const { source, site } of random.shuffled(references).slice(0, 5)) {
    const marked = mark(source, site);
    if (marked === undefined) continue;
    const { missed } = await trial(subject, source.file, marked.text);
    const asked = missed.find((path) => path.includes(MARK));
    if (asked === undefined) continue;
    const template = subject.files.get(asked.replace(MARK, ''));
    return { source, site, marked, declared: template && declaredIn(template) };
  }
  return undefined;
}

function mark({ file, text }: SourceText, { map }: MappingSite): Fault | undefined {
  const value = map.items[0]?.value;
  const path = textOf(value);
  if (path === undefined || !isScalar(value) || path.includes('${{') || !/\.ya?ml/.test(path))
    return undefined;
  const at = (value.range?.[0] ?? 0) + text.slice(value.range?.[0]).search(/\.ya?ml/);
  return { file, ...replaced(text, at, at, MARK), note: path };
}

function declaredIn({ mappings }: SourceText): ReadonlyMap<string, YAMLMap> | undefined {
  const root = [...mappings.values()].find(({ above }) => above.length === 0);
  const section = root === undefined ? undefined : pairOf(root, 'parameters')?.value;
  if (!isSeq(section)) return undefined;
  const items = section.items.filter((item) => isMap(item));
  return new Map(items.map((item) => [textOf(item.items[0]?.value) ?? '', item]));
}

/** The parameters that a reference passes as text on one line. */
function passedTo({ source, site }: Followed): readonly Pair[] {
  const parameters = pairOf(site, 'parameters')?.value;
  if (!isMap(parameters) || parameters.flow === true) return [];
  return parameters.items.filter(({ key, value }) => {
    const [start, end] = isScalar(value) ? (value.range ?? [0, 0]) : [0, 0];
    const isWritten = textOf(key)?.includes('${{') === false && end > start;
    return isWritten && !source.text.slice(startOf(key) ?? 0, end).includes('\n');
  });
}

function hasKey(map: YAMLMap, name: string): boolean {
  return map.items.some(({ key }) => textOf(key) === name);
}
