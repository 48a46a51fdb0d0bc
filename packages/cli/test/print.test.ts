import { describe, expect, it } from 'vitest';
import { ago, span } from '../src/output/age.ts';
import { print, printObject, type Listing } from '../src/output/print.ts';
import { recordingTerminal } from './support.ts';

const listing: Listing<{ readonly id: number; readonly name: string }> = {
  rows: [
    { id: 1, name: 'web' },
    { id: 12, name: 'two\tlines\nof text' },
  ],
  columns: [
    { title: 'ID', text: (row) => String(row.id) },
    { title: 'NAME', text: (row) => row.name },
  ],
  empty: 'Nothing yet.',
};

describe('print', () => {
  it.each([
    { format: 'table' as const, text: 'ID  NAME\n1   web\n12  two lines of text\n' },
    { format: 'tsv' as const, text: '1\tweb\n12\ttwo lines of text\n' },
  ])('writes rows as $format', ({ format, text }) => {
    const terminal = recordingTerminal();
    print(terminal, format, listing);
    expect(terminal.printed()).toBe(text);
  });

  it('writes the rows themselves as JSON', () => {
    const terminal = recordingTerminal();
    print(terminal, 'json', listing);
    expect(JSON.parse(terminal.printed())).toEqual(listing.rows);
  });

  it('says what to do when a table is empty, and leaves the output empty', () => {
    const terminal = recordingTerminal();
    print(terminal, 'table', { ...listing, rows: [] });
    expect(terminal.printed()).toBe('');
    expect(terminal.said()).toBe('Nothing yet.\n');
  });

  it('writes an object as aligned fields', () => {
    const terminal = recordingTerminal();
    printObject(terminal, 'table', {}, [
      ['run', '7'],
      ['number', '20260102.3'],
    ]);
    expect(terminal.printed()).toBe('run     7\nnumber  20260102.3\n');
  });
});

describe('span and ago', () => {
  it.each([
    [-5, '0s'],
    [59_999, '59s'],
    [200_000, '3m 20s'],
    [7_500_000, '2h 5m'],
    [349_200_000, '4d 1h'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(span(milliseconds)).toBe(text);
  });

  it('counts from a time on the wire', () => {
    expect(ago('2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 5, 5))).toBe('1m 0s ago');
    expect(ago(undefined, 0)).toBe('');
  });
});
