import type { ParameterView, QueueFormView } from '@signalbox/api';

/** How a person gives a value. */
export type FieldKind = 'text' | 'choice' | 'switch' | 'number' | 'data';

/** One value that the form asks for. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  /** What stands in it before anybody writes: the default. */
  readonly value: string;
  readonly required: boolean;
  readonly choices: readonly string[];
  /** Said below it; empty: nothing. */
  readonly help: string;
}

const DATA = 'YAML or JSON. Left empty, the value of the file counts.';

/** The fields for the parameters of a pipeline (PARM-1 … PARM-4). */
export function parameterFields({ parameters }: Pick<QueueFormView, 'parameters'>): readonly FormField[] {
  return parameters.map((parameter): FormField => {
    const { name, displayName, type, required, values = [] } = parameter;
    const kind = kindOf(parameter);
    return {
      name,
      label: displayName,
      kind,
      value: parameter.default ?? firstChoice(kind, values),
      required: required && kind !== 'data',
      choices: values,
      help: kind === 'data' ? `${type}: ${DATA}` : '',
    };
  });
}

function kindOf({ type, values = [] }: ParameterView): FieldKind {
  if (values.length > 0 && type !== 'stringList') return 'choice';
  if (type === 'boolean') return 'switch';
  if (type === 'number') return 'number';
  const text = ['string', 'environment', 'filePath', 'pool', 'secureFile', 'serviceConnection'];
  return text.includes(type) ? 'text' : 'data';
}

/** Without a default the first of the allowed values counts (PARM-3). */
function firstChoice(kind: FieldKind, values: readonly string[]): string {
  if (kind === 'choice') return values[0] ?? '';
  return kind === 'switch' ? 'false' : '';
}

/**
 * What is sent of the parameters: what a person wrote, and what a run cannot do without. The rest keeps the value of
 * the file, also where the file changes before the run is made.
 */
export function givenParameters(
  fields: readonly FormField[],
  written: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = fields.flatMap(({ name, kind, value, required }) => {
    const text = written[name];
    if (text === undefined) return required && value !== '' ? [[name, value] as const] : [];
    return kind === 'data' && text.trim() === '' ? [] : [[name, text] as const];
  });
  return Object.fromEntries(given);
}

/** Variables as lines `name=value`; a line without `=` is told. */
export function readVariables(
  text: string,
):
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly line: string } {
  const values: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const at = line.indexOf('=');
    if (at < 1) return { ok: false, line };
    values[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return { ok: true, values };
}
