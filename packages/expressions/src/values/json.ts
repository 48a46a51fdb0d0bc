import { toText } from './convert.ts';
import type { Value } from './value.ts';

/**
 * JSON text, indented by two spaces; versions and dates are quoted text (REC-133). Undefined when it would be
 * longer than `limit`: writing stops there, so that it costs no more than the limit.
 */
export function jsonText(value: Value, limit: number): string | undefined {
  const writer = { text: '', limit };
  return write(writer, value, '\n') ? writer.text : undefined;
}

interface Writer {
  text: string;
  readonly limit: number;
}

function write(writer: Writer, value: Value, newLine: string): boolean {
  if (value.kind === 'array') return writeList(writer, value.items, newLine);
  if (value.kind === 'object') return writeEntries(writer, value.entries, newLine);
  const text = toText(value) ?? '';
  if (value.kind === 'null') return append(writer, 'null');
  if (value.kind === 'number') return append(writer, text);
  if (value.kind === 'boolean') return append(writer, text.toLowerCase());
  return writeString(writer, text);
}

function writeList(writer: Writer, items: readonly Value[], newLine: string): boolean {
  if (items.length === 0) return append(writer, '[]');
  const inner = `${newLine}  `;
  let before = '[';
  for (const item of items) {
    if (!append(writer, before + inner) || !write(writer, item, inner)) return false;
    before = ',';
  }
  return append(writer, `${newLine}]`);
}

function writeEntries(writer: Writer, entries: ReadonlyMap<string, Value>, newLine: string): boolean {
  if (entries.size === 0) return append(writer, '{}');
  const inner = `${newLine}  `;
  let before = '{';
  for (const [key, value] of entries) {
    if (!append(writer, before + inner) || !writeString(writer, key)) return false;
    if (!append(writer, ': ') || !write(writer, value, inner)) return false;
    before = ',';
  }
  return append(writer, `${newLine}}`);
}

function writeString(writer: Writer, text: string): boolean {
  if (writer.text.length + text.length + 2 > writer.limit) return false;
  // The line separators are valid in JSON but not in older scripts; the service escapes them, too.
  const escaped = JSON.stringify(text).replace(/[\u0085\u2028\u2029]/g, escapeUnit);
  return append(writer, escaped);
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function append(writer: Writer, text: string): boolean {
  if (writer.text.length + text.length > writer.limit) return false;
  writer.text += text;
  return true;
}
