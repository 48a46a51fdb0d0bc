/** What one step of a rewriting did. */
export interface RewrittenTexts {
  /** Where to go on; undefined: everything was seen. It outlives the process. */
  readonly next: string | undefined;
  /** The table that the step was in. */
  readonly table: string;
  /** Rows that it looked at, and those that it changed. */
  readonly seen: number;
  readonly changed: number;
}

/** Every text that a store keeps, whatever it means: for what has to be changed everywhere at once, like a key. */
export interface Texts {
  /**
   * Looks at the next rows, up to `limit`, and puts what `change` answers in the place of each of their texts. A row that
   * somebody else writes at the same time may come out as he wrote it: whoever needs all of them looks until a whole
   * round changes nothing. Log lines are left out. A store in memory has nothing that would outlive its process, and
   * answers that everything was seen.
   */
  rewrite(after: string | undefined, options: RewriteOptions): Promise<RewrittenTexts>;
}

/** How far one step goes, and what it does. */
export interface RewriteOptions {
  readonly limit: number;
  /** Answers the text itself where nothing has to be changed. */
  readonly change: (text: string) => string;
}
