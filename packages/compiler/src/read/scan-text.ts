import type { Report } from '../diagnostics.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import { span } from './source-file.ts';
import type { SourceFile } from './source-file.ts';

/** Refuses text that is too large or holds characters that no pipeline needs; false when it did. */
export function scanText(text: string, file: SourceFile, report: Report): boolean {
  if (isLargerThan(text, MAX_FILE_BYTES)) {
    report('file-too-large', span(file, 0, 0), `The file is larger than ${MAX_FILE_BYTES} bytes.`);
    return false;
  }
  const at = firstForbidden(text);
  if (at < 0) return true;
  report(
    'character-not-allowed',
    span(file, at, at + 1),
    `The character ${codePoint(text, at)} is not allowed.`,
  );
  return false;
}

/** True when the text holds a character that neither YAML nor the database can carry. */
export function hasForbiddenCharacter(text: string): boolean {
  return text.includes('\0') || hasLoneSurrogate(text);
}

/** The size in UTF-8, counted only as far as needed. */
function isLargerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  let size = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // A surrogate pair is four bytes: two for each of its halves.
    size += unit < 0x80 ? 1 : unit < 0x800 || isSurrogate(unit) ? 2 : 3;
  }
  return size > bytes;
}

/**
 * What YAML calls not printable, and U+FFFD: decoders put it where bytes are not UTF-8, so nobody knows what stood
 * there. NEL (U+0085) is the one control character beyond ASCII that YAML allows.
 */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffd-\uffff]/;

function firstForbidden(text: string): number {
  const control = text.search(FORBIDDEN);
  const surrogate = hasLoneSurrogate(text) ? text.search(/\p{Surrogate}/u) : -1;
  if (control < 0) return surrogate;
  return surrogate < 0 ? control : Math.min(control, surrogate);
}

function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function codePoint(text: string, at: number): string {
  const hex = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return hex === '0000' || hex === 'FFFD' ? `U+${hex} (is the file UTF-8?)` : `U+${hex}`;
}
