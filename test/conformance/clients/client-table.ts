import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { at } from '../../support/lacking.ts';

/** What the rows of all clients have in common; `spec/clients/README.md` says what the words mean. */
export interface ClientRow {
  readonly name: string;
  /** Sections of the notes on REST, or rules. */
  readonly cites: readonly string[];
  /** What comes back holds at least this. */
  readonly gives?: unknown;
  /** Paths into what comes back, by the names under which later rows find them. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** The rows of `spec/clients/NAME.yml`, in order: later ones use what earlier ones made. */
export function clientRows<R extends ClientRow>(name: string): readonly R[] {
  const file = new URL(`../../../spec/clients/${name}.yml`, import.meta.url);
  return parse(readFileSync(file, 'utf8')) as R[];
}

/** The names that rows may use as `${name}`: ids that the server gave, folders, addresses. */
export class Kept {
  readonly #values: Map<string, unknown>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = new Map(Object.entries(values));
  }

  /** Puts what is kept into a value. A text that is nothing but one name becomes the value itself, so ids stay numbers. */
  fill(value: unknown): unknown {
    if (typeof value === 'string') {
      const whole = /^\$\{(\w+)\}$/.exec(value)?.[1];
      if (whole !== undefined) return this.#get(whole);
      return value.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => String(this.#get(name)));
    }
    if (Array.isArray(value)) return value.map((inner) => this.fill(inner));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.fill(inner)]));
  }

  /** Keeps parts of an answer; a part that is not there is a fault of the row that wants it. */
  keep(answer: unknown, paths: Readonly<Record<string, string>> = {}): void {
    for (const [name, path] of Object.entries(paths)) {
      const found = at(answer, path);
      if (found === undefined) throw new Error(`There is no ${path} to be kept as ${name}.`);
      this.#values.set(name, found);
    }
  }

  #get(name: string): unknown {
    if (!this.#values.has(name)) throw new Error(`Nothing is kept as \${${name}}; an earlier row failed.`);
    return this.#values.get(name);
  }
}
