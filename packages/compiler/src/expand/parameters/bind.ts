import { didYouMean, objectValue, parametersValue } from '@signalbox/expressions';
import type { ObjectValue, Value } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Entry, ScalarNode } from '../../read/node.ts';
import { contextOf } from '../context.ts';
import type { Context, Expansion } from '../context.ts';
import { bodyOf } from '../templates/load.ts';
import type { Loaded } from '../templates/load.ts';
import type { Reference } from '../templates/reference.ts';
import { dataOf } from '../values/value-of.ts';
import { convertDefault, convertParameter } from './convert.ts';
import { declarationsOf } from './declare.ts';
import type { Declaration } from './declare.ts';
import { templateTypes } from './types.ts';

/**
 * The `parameters` of a template from what a reference passes (PARM-8, REC-63 … REC-68), or nothing after reports: of
 * everything that is missing, unknown or wrong at once. A template that declares none takes what it is passed.
 */
export function* bindParameters(
  loaded: Loaded,
  reference: Reference,
  caller: Context,
): Expansion<ObjectValue | undefined> {
  const section = bodyOf(loaded, 'parameters');
  if (section === undefined) return undeclaredValue(reference.parameters.entries, caller);
  const inside = contextOf(caller.work, loaded, parametersValue(new Map()), caller.depth + 1);
  const declared = declarationsOf(section, templateTypes, inside);
  const untyped = section.kind === 'mapping';
  const passed = new Map(reference.parameters.entries.map((entry) => [fold(entry.key.text), entry]));
  const names = new Set(declared.map(({ name }) => fold(name.text)));
  const strangers = untyped ? [] : [...passed.values()].filter(({ key }) => !names.has(fold(key.text)));
  reportStrangers(strangers, declared, caller);
  let sound = strangers.length === 0;
  const values = new Map<string, Value>();
  for (const declaration of declared) {
    const value = yield* valueFor(declaration, passed, { caller, inside });
    if (value === undefined && !passed.has(fold(declaration.name.text))) {
      reportMissing(declaration, strangers, reference.template, caller);
    }
    if (value === undefined) sound = false;
    else values.set(declaration.name.text, value);
  }
  if (!sound) return undefined;
  return untyped ? untypedValue(values, passed.values(), caller) : parametersValue(values);
}

/**
 * The older mapping form only gives defaults: templates in production are passed further parameters, and read some
 * that nobody gives, which are null.
 */
function untypedValue(values: Map<string, Value>, passed: Iterable<Entry>, { work }: Context): ObjectValue {
  const names = new Set([...values.keys()].map(fold));
  for (const { key, value } of passed) {
    if (!names.has(fold(key.text))) values.set(key.text, dataOf(value, 'as text', work.exchange));
  }
  return objectValue(values, { ignoreCase: true });
}

/**
 * Templates in production that declare nothing hand on all that they are passed (`each` over `parameters`), so it is
 * there; what is not passed cannot be read (REC-70).
 */
function undeclaredValue(passed: readonly Entry[], { work }: Context): ObjectValue {
  return parametersValue(
    new Map(passed.map(({ key, value }) => [key.text, dataOf(value, 'as text', work.exchange)])),
  );
}

function reportStrangers(
  strangers: readonly Entry[],
  declared: readonly Declaration[],
  { work }: Context,
): void {
  for (const { key, value } of strangers) {
    const help = (): string =>
      didYouMean(
        key.text,
        declared.map(({ name }) => name.text),
      );
    const message = `Unexpected parameter ${quote(key.text)}: the template does not declare it.`;
    work.report('parameter-unknown', value.at, message, help);
  }
}

/** A parameter that was passed under a misspelt name is one mistake, not two. */
function reportMissing(
  { name, default: value }: Declaration,
  strangers: readonly Entry[],
  reference: ScalarNode,
  { work }: Context,
): void {
  if (value !== undefined || strangers.some(({ key }) => didYouMean(key.text, [name.text]) !== '')) return;
  const message = `A value for the parameter ${quote(name.text)} must be given.`;
  work.report('parameter-missing', reference.at, message, `Pass \`${name.text}:\`, or give it a default.`);
}

function* valueFor(
  declaration: Declaration,
  passed: ReadonlyMap<string, Entry>,
  { caller, inside }: { readonly caller: Context; readonly inside: Context },
): Expansion<Value | undefined> {
  const given = passed.get(fold(declaration.name.text));
  if (given !== undefined) return yield* convertParameter(given.value, declaration, caller);
  return yield* convertDefault(declaration, inside);
}
