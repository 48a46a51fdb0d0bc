/** The properties of an artifact: a JSON object of texts, empty without one; undefined: it is none. */
export function readProperties(text: string): Readonly<Record<string, string>> | undefined {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (!entries.every(([, one]) => typeof one === 'string')) return undefined;
  return Object.fromEntries(entries.map(([name, one]) => [name, String(one)]));
}
