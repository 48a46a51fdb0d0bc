import { print, type OutputFormat } from '../output/print.ts';
import type { Terminal } from '../output/terminal.ts';
import type { ReportRow } from './report.ts';

/** Prints the report: as JSON or TSV every line; as a table what is not the same, and a sentence with the numbers. */
export function printReport(terminal: Terminal, format: OutputFormat, rows: readonly ReportRow[]): void {
  print(terminal, format, {
    rows: format === 'table' ? rows.filter(({ result }) => result !== 'same') : rows,
    columns: [
      { title: 'RESULT', text: ({ result }) => result },
      { title: 'AREA', text: ({ area }) => area },
      { title: 'NAME', text: ({ name }) => printable(name, 80) },
      { title: 'CODE', text: ({ remark }) => remark?.code ?? '' },
      { title: 'WHAT, AND HOW TO MEND IT', text: ({ remark }) => sentences(remark) },
    ],
    empty: 'Everything is here as it is there.',
  });
  terminal.err(`${summary(rows)}\n`);
}

function sentences(remark: ReportRow['remark']): string {
  return remark === undefined ? '' : printable(`${remark.what} ${remark.mend}`, 1000);
}

/** Names come from another system; none of them moves the cursor of whoever reads them. */
function printable(text: string, length: number): string {
  const plain = text.replaceAll(/\p{Cc}/gu, '?');
  return plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
}

/** How many lines have which result, in the order of a reader's interest. */
function summary(rows: readonly ReportRow[]): string {
  const words = {
    created: 'made',
    'would-create': 'to be made',
    same: 'the same',
    'to-do': 'to do by hand',
    differs: 'different',
    cannot: 'not possible',
    unreadable: 'not readable',
  } as const satisfies Record<ReportRow['result'], string>;
  const counted = Object.entries(words).map(([result, word]) => {
    const count = rows.filter((row) => row.result === result).length;
    return count === 0 ? undefined : `${count} ${word}`;
  });
  return `${counted.filter((part) => part !== undefined).join(', ')}.`;
}
