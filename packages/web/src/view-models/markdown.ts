/** A piece of a line. A link leads to `http`, `https` or `mailto`, nowhere else. */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

/** A block of a text. */
export type Block =
  | { readonly kind: 'paragraph' | 'heading'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

/** Longer texts than this are shown as they are: instructions are at most 4,000 characters. */
const LONGEST = 20_000;

/**
 * Reads the Markdown that instructions use: paragraphs, headings, lists, code, strong, emphasis and links. There is no
 * HTML in it: a tag is only characters. Everything else stays as it was written.
 */
export function markdown(text: string): readonly Block[] {
  if (text.length > LONGEST) return [{ kind: 'paragraph', lines: [[{ kind: 'text', text }]] }];
  const reader = new BlockReader();
  for (const line of text.split(/\r?\n/)) reader.line(line);
  return reader.end();
}

interface List {
  readonly ordered: boolean;
  readonly items: (readonly Inline[])[];
}

/** Takes line after line; at most one of paragraph, list and code is open. */
class BlockReader {
  readonly #blocks: Block[] = [];
  #paragraph: (readonly Inline[])[] = [];
  #list: List | undefined;
  #code: string[] | undefined;

  line(line: string): void {
    if (/^\s*```/.test(line)) return this.#fence();
    if (this.#code !== undefined) return void this.#code.push(line);
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const item = /^\s*(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/.exec(line);
    if (line.trim() === '') return this.#close();
    if (heading !== null) return this.#heading(heading[1] ?? '');
    if (item !== null) return this.#item(item[1] !== undefined, item[2] ?? '');
    if (this.#list !== undefined && !/^\s/.test(line)) this.#close();
    if (this.#list === undefined) this.#paragraph.push(inlines(line.trim()));
    else this.#list.items.push([...(this.#list.items.pop() ?? []), ...inlines(` ${line.trim()}`)]);
  }

  end(): readonly Block[] {
    if (this.#code !== undefined) this.#fence();
    this.#close();
    return this.#blocks;
  }

  #fence(): void {
    if (this.#code === undefined) {
      this.#close();
      this.#code = [];
      return;
    }
    this.#blocks.push({ kind: 'code', text: this.#code.join('\n') });
    this.#code = undefined;
  }

  #heading(text: string): void {
    this.#close();
    this.#blocks.push({ kind: 'heading', lines: [inlines(text)] });
  }

  #item(ordered: boolean, text: string): void {
    if (this.#list?.ordered !== ordered) {
      this.#close();
      this.#list = { ordered, items: [] };
    }
    this.#list.items.push(inlines(text));
  }

  #close(): void {
    if (this.#paragraph.length > 0) this.#blocks.push({ kind: 'paragraph', lines: this.#paragraph });
    if (this.#list !== undefined) this.#blocks.push({ kind: 'list', ...this.#list });
    this.#paragraph = [];
    this.#list = undefined;
  }
}

// Each alternative ends at its own mark, so no text makes this slow.
const MARKS =
  /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^[\]]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()[\]"'`*]+)/g;

function inlines(text: string): readonly Inline[] {
  const found: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKS)) {
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) });
    found.push(inline(match));
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
}

function inline([whole, code, strong, emphasis, label, target, bare]: RegExpExecArray): Inline {
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', text: strong };
  if (emphasis !== undefined) return { kind: 'emphasis', text: emphasis };
  const href = safeAddress(target ?? bare ?? '');
  return href === undefined ? { kind: 'text', text: whole } : { kind: 'link', text: label ?? whole, href };
}

const SAFE: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** An address that a link may lead to; a relative one would lead into this page, and is none. */
function safeAddress(target: string): string | undefined {
  if (!URL.canParse(target)) return undefined;
  const { protocol, href } = new URL(target);
  return SAFE.has(protocol) ? href : undefined;
}
