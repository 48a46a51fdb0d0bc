import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../.cache/chaos/', import.meta.url));

/** What happened in a torment, line by line with its second, in a file that outlives the test: `.cache/chaos/NAME.txt`. */
export class Account {
  readonly file: string;
  readonly #begin = Date.now();

  constructor(name: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${name}.txt`);
    writeFileSync(this.file, '');
  }

  /** Whole seconds since it began. */
  get seconds(): number {
    return Math.round((Date.now() - this.#begin) / 1000);
  }

  /** Adds a line. */
  tell(what: string): void {
    const at = ((Date.now() - this.#begin) / 1000).toFixed(1).padStart(7);
    appendFileSync(this.file, `${at}  ${what}\n`);
  }
}
