import { didYouMean, NULL, parametersValue } from '@signalbox/expressions';
import type { ObjectValue, Value } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { readYaml } from '../../read/read-yaml.ts';
import type { Node } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';
import type { Context, Expansion } from '../context.ts';
import { convertDefault, convertParameter } from './convert.ts';
import { declarationsOf } from './declare.ts';
import type { Declaration } from './declare.ts';
import { rootTypes } from './types.ts';

/** Where the values of the pipeline's parameters come from. */
export interface GivenParameters {
  /** Texts that a person gave, by name (REC-69). */
  readonly texts: Readonly<Record<string, string>>;
  /** True: a parameter that nobody gives a value gets one that fits its type, so that the rest can be checked. */
  readonly assume: boolean;
}

/** The `parameters` of the pipeline: given, by default, or the first of the allowed values (PARM-3). */
export function* rootParameters(
  section: Node | undefined,
  given: GivenParameters,
  top: Span,
  context: Context,
): Expansion<ObjectValue> {
  const declared = section === undefined ? [] : declarationsOf(section, rootTypes, context);
  const texts = new Map(Object.entries(given.texts).map(([name, text]) => [fold(name), text]));
  checkGiven(given.texts, declared, top, context);
  const values = new Map<string, Value>();
  for (const declaration of declared) {
    const text = texts.get(fold(declaration.name.text));
    const assumed = given.assume ? assumedText(declaration) : undefined;
    const value = yield* valueFor(declaration, { text, assumed }, context);
    // Reported already: reading it should not be blamed as well.
    values.set(declaration.name.text, value ?? NULL);
  }
  return parametersValue(values);
}

function checkGiven(
  given: GivenParameters['texts'],
  declared: readonly Declaration[],
  top: Span,
  { work }: Context,
): void {
  const names = new Set(declared.map(({ name }) => fold(name.text)));
  for (const name of Object.keys(given)) {
    if (names.has(fold(name))) continue;
    const help = didYouMean(
      name,
      declared.map((one) => one.name.text),
    );
    const message = `Unexpected parameter ${quote(name)}: the pipeline does not declare it.`;
    work.report('parameter-unknown', top, message, help === '' ? undefined : help);
  }
}

function* valueFor(
  declaration: Declaration,
  { text, assumed }: { readonly text: string | undefined; readonly assumed: string | undefined },
  context: Context,
): Expansion<Value | undefined> {
  // A default must be right even where another value is given (REC-62).
  const byDefault = yield* convertDefault(declaration, context);
  if (text !== undefined) return yield* valueOfText(text, declaration, context);
  if (declaration.default !== undefined) return byDefault;
  const first = declaration.values?.[0];
  if (first !== undefined) return yield* convertParameter(first, declaration, context);
  if (assumed !== undefined) return yield* valueOfText(assumed, declaration, context);
  const message = `A value for the parameter ${quote(declaration.name.text)} must be given.`;
  const help = `Give one when queueing (\`--parameter ${declaration.name.text}=…\`), or declare a \`default\`.`;
  context.work.report('parameter-missing', declaration.name.at, message, help);
  return undefined;
}

function* valueOfText(
  text: string,
  declaration: Declaration,
  context: Context,
): Expansion<Value | undefined> {
  const node = nodeOfText(text, declaration, context);
  return node === undefined ? undefined : yield* convertParameter(node, declaration, context);
}

/** A text that fits the type; nothing fits a single step, job, stage or container. */
function assumedText({ name, row }: Declaration): string | undefined {
  switch (row.form) {
    case 'text':
      return name.text;
    case 'number':
      return '1';
    case 'boolean':
      return 'true';
    case 'text list':
      return '[]';
    case 'data':
    case 'raw data':
      return '{}';
    case 'structure':
      return row.list ? '[]' : undefined;
  }
}

/** Text for data or a list is YAML, JSON included; other text is the value itself (REC-69). */
function nodeOfText(text: string, { name, row }: Declaration, { work }: Context): Node | undefined {
  const plain: Node = { kind: 'scalar', text, at: name.at, quoted: true };
  if (row.form === 'text' || row.form === 'number' || row.form === 'boolean') return plain;
  return readYaml(`parameter ${name.text}`, text, work.report);
}
