/** Colours and signs for a person's terminal; plain text elsewhere. */
export interface Style {
  good(text: string): string;
  bad(text: string): string;
  busy(text: string): string;
  quiet(text: string): string;
  strong(text: string): string;
}

/** Colour never stands alone: every state also has its sign and its word. */
export function style(interactive: boolean): Style {
  const wrap =
    (code: number) =>
    (text: string): string =>
      interactive ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { good: wrap(32), bad: wrap(31), busy: wrap(33), quiet: wrap(90), strong: wrap(1) };
}

/** A sign for a state or result, the same in every command. */
export function sign(state: string): string {
  switch (state) {
    case 'succeeded':
      return '✔';
    case 'succeededWithIssues':
    case 'partiallySucceeded':
      return '!';
    case 'failed':
    case 'abandoned':
      return '✘';
    case 'canceled':
      return '⊘';
    case 'skipped':
      return '↷';
    case 'running':
    case 'inProgress':
      return '▶';
    case 'waiting':
    case 'queued':
      return '⏸';
    default:
      return '·';
  }
}
