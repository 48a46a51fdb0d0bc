import type { JsonRecord } from './json.ts';

/**
 * Where `there` says something else than `here`, one sentence for each place. What `there` does not say is not
 * compared, and what is empty, false or zero counts as not said; lists are compared as wholes.
 */
export function differences(there: JsonRecord, here: JsonRecord): readonly string[] {
  return differ('', there, here);
}

function differ(path: string, there: unknown, here: unknown): readonly string[] {
  if (isRecord(there)) {
    const other = isRecord(here) ? here : {};
    return Object.entries(there).flatMap(([name, value]) =>
      differ(path === '' ? name : `${path}.${name}`, value, other[name]),
    );
  }
  if (Array.isArray(there) && Array.isArray(here) && there.length === here.length)
    return there.flatMap((value, index) => differ(`${path}[${index}]`, value, here[index]));
  if (plain(there) === plain(here)) return [];
  return [`${path} is ${shown(there)} there and ${shown(here)} here`];
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same text for what clients take for the same. */
function plain(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return '';
  if (typeof value === 'string') return /^false$/i.test(value) ? '' : value.replace(/^true$/i, 'true');
  const isNothing = value === undefined || value === null || value === false || value === 0;
  return isNothing ? '' : JSON.stringify(value);
}

function shown(value: unknown): string {
  const text = plain(value);
  if (text === '') return 'empty';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
