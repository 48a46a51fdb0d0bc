import type { Terminal } from './terminal.ts';

/** How a list or an object is written (`--output`). */
export type OutputFormat = 'table' | 'json' | 'tsv';

/** The words that `--output` takes. */
export const OUTPUT_FORMATS: readonly OutputFormat[] = ['table', 'json', 'tsv'];

/** One column of a table: its heading and the text of a row's cell. */
export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
}

/** What a command answers with: the same rows serve every format. */
export interface Listing<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** Said instead of an empty table. */
  readonly empty: string;
}

/**
 * Writes a listing. `json` is the rows as they came from the server, `tsv` the cells without headings,
 * `table` aligned columns with headings.
 */
export function print<Row>(terminal: Terminal, format: OutputFormat, listing: Listing<Row>): void {
  if (format === 'json') terminal.out(`${JSON.stringify(listing.rows, undefined, 2)}\n`);
  else if (format === 'tsv') terminal.out(listing.rows.map((row) => `${tsvLine(row, listing)}\n`).join(''));
  else if (listing.rows.length === 0) terminal.err(`${listing.empty}\n`);
  else terminal.out(table(listing));
}

/** Writes one object: `json` as it is, otherwise a line per field. */
export function printObject(
  terminal: Terminal,
  format: OutputFormat,
  value: unknown,
  fields: readonly (readonly [name: string, text: string])[],
): void {
  if (format === 'json') terminal.out(`${JSON.stringify(value, undefined, 2)}\n`);
  else if (format === 'tsv') terminal.out(`${fields.map(([, text]) => cell(text)).join('\t')}\n`);
  else {
    const width = Math.max(...fields.map(([name]) => name.length));
    terminal.out(fields.map(([name, text]) => `${name.padEnd(width)}  ${text}\n`).join(''));
  }
}

function tsvLine<Row>(row: Row, listing: Listing<Row>): string {
  return listing.columns.map((column) => cell(column.text(row))).join('\t');
}

/** Tabs and line breaks would shift the columns of whoever reads them. */
function cell(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}

function table<Row>(listing: Listing<Row>): string {
  const lines = [
    listing.columns.map((column) => column.title),
    ...listing.rows.map((row) => listing.columns.map((column) => cell(column.text(row)))),
  ];
  const widths = listing.columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
