import { SECRET_FORM_CHARS } from '../limits.ts';

/**
 * Every text in which a secret may show up: itself, each of its lines, and the encodings that programs put it
 * through (SEC-2, TH7). The plain value is always there, however short (SEC-3).
 */
export function secretForms(secret: string): ReadonlySet<string> {
  const forms = new Set<string>();
  if (secret === '') return forms;
  const lines = secret.split(/\r\n|\r|\n/).filter((line) => line !== '');
  const long = lines.filter((line) => line.length >= SECRET_FORM_CHARS);
  forms.add(secret);
  // Short lines alone, such as the braces of a JSON file, would mask ordinary text; if there is nothing else
  // they are the secret.
  for (const line of long.length > 0 ? long : lines) forms.add(line);
  for (const value of new Set([secret, ...long])) {
    for (const form of encodings(value)) {
      if (form.length >= SECRET_FORM_CHARS) forms.add(form);
    }
  }
  return forms;
}

function* encodings(value: string): Generator<string> {
  if (value.length < SECRET_FORM_CHARS) return;
  yield* jsonForms(value);
  yield* uriForms(value);
  yield* shellForms(value);
  yield htmlForm(value);
  yield* base64Forms(Buffer.from(value, 'utf8'));
  const hex = Buffer.from(value, 'utf8').toString('hex');
  yield hex;
  yield hex.toUpperCase();
}

/** JSON as JavaScript, as Python (ASCII only) and as .NET (HTML-safe) write it. */
function* jsonForms(value: string): Generator<string> {
  const json = JSON.stringify(value).slice(1, -1);
  yield json;
  yield json.replaceAll('/', '\\/');
  const unicode = (digits: (code: string) => string) => (character: string) =>
    `\\u${digits(character.charCodeAt(0).toString(16).padStart(4, '0'))}`;
  const lower = unicode((code) => code);
  const upper = unicode((code) => code.toUpperCase());
  yield json.replace(/[^ -~]/g, lower);
  yield value.replaceAll('\\', '\\\\').replace(/["&'+<>`]|[^ -~]/g, upper);
}

function* uriForms(value: string): Generator<string> {
  // Half a surrogate pair has no URI form; programs that meet one write U+FFFD.
  const encoded = encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD'));
  yield encoded;
  // RFC 3986 escapes these too; form encoding writes a space as plus.
  const strict = encoded.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  yield strict;
  yield strict.replaceAll('%20', '+');
  yield encoded.replace(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase());
}

/** As `set -x`, `printf %q` and double quotes show it. */
function* shellForms(value: string): Generator<string> {
  yield value.replaceAll("'", `'\\''`);
  yield value.replace(/[^A-Za-z0-9_@%+=:,./-]/g, '\\$&');
  yield value.replaceAll('\\', '\\\\').replace(/["$`]/g, '\\$&');
  yield value.replaceAll('\\', '\\\\');
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function htmlForm(value: string): string {
  return value.replace(/[&<>"']/g, (character) => HTML[character] ?? character);
}

/**
 * Base64 depends on where in the whole the secret begins: at three shifts, and without the characters at the
 * edges that also hold bits of the neighbours.
 */
function* base64Forms(bytes: Buffer): Generator<string> {
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + bytes.length) * 8) / 6);
    const inner = encoded.slice(first, last);
    yield inner;
    yield inner.replaceAll('+', '-').replaceAll('/', '_');
  }
}
