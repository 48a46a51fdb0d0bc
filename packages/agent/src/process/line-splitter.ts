/** One line of a process, without its end. `cut`: it was longer than what is kept. */
export interface SplitLine {
  readonly text: string;
  readonly cut: boolean;
}

const RETURN = 13;

/**
 * Turns the chunks of a pipe into lines at CR, LF or CRLF, as the service's agent does. Characters and line ends
 * that straddle two chunks are put together; bytes that are not UTF-8 become U+FFFD. A line is kept up to
 * `limit()` characters, the rest is dropped, so a line without end costs no more memory than that (INV-62).
 */
export class LineSplitter {
  readonly #decoder = new TextDecoder('utf-8');
  readonly #limit: () => number;
  #partial = '';
  #cut = false;
  #afterReturn = false;

  constructor(limit: () => number) {
    this.#limit = limit;
  }

  /** The lines that this chunk completes. */
  push(chunk: Uint8Array): SplitLine[] {
    return this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  /** What is left when the pipe ends: a last line without line end. */
  end(): SplitLine[] {
    const lines = this.#take(this.#decoder.decode());
    if (this.#partial !== '') lines.push(this.#line());
    return lines;
  }

  #take(text: string): SplitLine[] {
    const lines: SplitLine[] = [];
    let start = 0;
    if (text !== '' && this.#afterReturn) {
      this.#afterReturn = false;
      if (text.startsWith('\n')) start = 1;
    }
    const ends = /\r\n|\r|\n/g;
    ends.lastIndex = start;
    for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
      this.#keep(text.slice(start, end.index));
      lines.push(this.#line());
      start = ends.lastIndex;
    }
    // A CR at the end of a chunk: its LF may come with the next one.
    if (start > 0 && start === text.length && text.charCodeAt(start - 1) === RETURN) this.#afterReturn = true;
    this.#keep(text.slice(start));
    return lines;
  }

  #keep(text: string): void {
    const room = Math.max(0, this.#limit() - this.#partial.length);
    if (text.length > room) this.#cut = true;
    this.#partial += text.slice(0, room);
  }

  #line(): SplitLine {
    const line = { text: this.#partial, cut: this.#cut };
    this.#partial = '';
    this.#cut = false;
    return line;
  }
}
