import { secretForms } from './secret-forms.ts';

/** What stands in place of a secret (SEC-1). */
const MASK = '***';

/**
 * Replaces every registered secret, in every form it may have, by `***` (SEC-1, SEC-2). Finds all occurrences,
 * overlapping ones too, and merges them: two secrets that share characters leave nothing of either.
 */
export class Masker {
  /** Forms by their first two characters, so that a text is read once however many secrets there are. */
  readonly #byStart = new Map<number, string[]>();
  /** Whether a form may begin with two characters of this hash: nearly every place of a log is done with at one look. */
  readonly #mayStart = new Uint8Array(HASHES);
  readonly #single = new Set<number>();
  readonly #known = new Set<string>();
  readonly #secrets = new Set<string>();
  readonly #shortest: number;
  #longest = 0;

  /** Secrets of fewer characters than `shortest` are not masked (SEC-3). */
  constructor(shortest = 0) {
    this.#shortest = shortest;
  }

  /** The length of the longest form: how far a match may reach. */
  get longest(): number {
    return this.#longest;
  }

  /** Registers a secret; masks from now on (SEC-4). */
  add(secret: string): void {
    if (secret.length < this.#shortest || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    for (const form of secretForms(secret)) {
      if (this.#known.has(form)) continue;
      this.#known.add(form);
      this.#longest = Math.max(this.#longest, form.length);
      if (form.length === 1) {
        this.#single.add(form.charCodeAt(0));
        continue;
      }
      const key = startKey(form, 0);
      this.#mayStart[hashOf(key)] = 1;
      const forms = this.#byStart.get(key);
      if (forms === undefined) this.#byStart.set(key, [form]);
      else forms.push(form);
    }
  }

  /** The text without secrets. */
  mask(text: string): string {
    return this.maskStart(text, text.length);
  }

  /** The first `length` characters without secrets; what follows is looked at, so that no secret is cut in half. */
  maskStart(text: string, length: number): string {
    if (this.#known.size === 0) return text.slice(0, length);
    let result = '';
    let copied = 0;
    let maskEnd = 0;
    for (let at = 0; at < text.length && at < length; at += 1) {
      const end = at + this.#matchLength(text, at);
      if (end === at) continue;
      // What touches the mask before it belongs to it.
      if (at > maskEnd || maskEnd === 0) result += text.slice(copied, at) + MASK;
      maskEnd = Math.max(maskEnd, end);
      copied = maskEnd;
    }
    return result + text.slice(copied, Math.max(copied, length));
  }

  /** The longest form that begins here. */
  #matchLength(text: string, at: number): number {
    let length = this.#single.size > 0 && this.#single.has(text.charCodeAt(at)) ? 1 : 0;
    const key = startKey(text, at);
    if (this.#mayStart[hashOf(key)] === 0) return length;
    const forms = this.#byStart.get(key);
    if (forms === undefined) return length;
    for (const form of forms) {
      if (form.length > length && text.startsWith(form, at)) length = form.length;
    }
    return length;
  }
}

const HASHES = 4096;

/** Of a start key: one of `HASHES` numbers. */
function hashOf(key: number): number {
  return (key ^ (key >>> 10)) & (HASHES - 1);
}

/** NaN at the end of the text becomes 0 by the bit operations. */
function startKey(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}
