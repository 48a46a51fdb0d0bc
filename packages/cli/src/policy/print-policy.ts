import { policyText, type LockWish, type PolicyResource } from '@signalbox/compiler';
import { SETTING_NAMES, settingText } from '@signalbox/model';
import { print, type OutputFormat } from '../output/print.ts';
import type { Terminal } from '../output/terminal.ts';
import { lockName, type Comparison, type Difference } from './difference.ts';

/** A comparison as `--output json` writes it. */
export function comparisonAsJson({ changes, unnamed }: Comparison): {
  readonly differences: readonly Difference[];
  readonly unnamed: readonly PolicyResource[];
} {
  return { differences: changes.flatMap(({ differences }) => differences), unnamed };
}

/** A line for each setting that differs; the locks that the file does not name are told beside it. */
export function printComparison(terminal: Terminal, format: OutputFormat, comparison: Comparison): void {
  const { differences, unnamed } = comparisonAsJson(comparison);
  if (format === 'json') {
    terminal.out(json({ differences, unnamed }));
    return;
  }
  print(terminal, format, {
    rows: differences,
    columns: [
      { title: 'LOCK', text: ({ lock }) => lock },
      { title: 'SETTING', text: ({ setting }) => setting },
      { title: 'SERVER', text: ({ from }) => (from === null ? '-' : String(from)) },
      { title: 'FILE', text: ({ to }) => String(to) },
    ],
    empty: 'The server is as the file says.',
  });
  if (unnamed.length > 0)
    terminal.err(`Left alone, because the file does not name them: ${unnamed.map(lockName).join(', ')}.\n`);
}

/** Locks as a policy file, as JSON, or one line for each lock and setting. */
export function printLocks(terminal: Terminal, format: OutputFormat, locks: readonly LockWish[]): void {
  if (format === 'json') terminal.out(json(locks));
  else if (format === 'tsv') terminal.out(locks.flatMap(tsvLines).join(''));
  else terminal.out(policyText(locks));
}

function tsvLines({ resource, policy, enabled }: LockWish): readonly string[] {
  const settings = SETTING_NAMES.map((name) => [name, settingText(name, policy)] as const);
  return [['enabled', enabled] as const, ...settings].map(
    ([setting, value]) => `${lockName(resource)}\t${setting}\t${value}\n`,
  );
}

/** Two spaces deep, as every command writes it. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
