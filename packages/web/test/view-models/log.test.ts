import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/data/log.ts';
import { ansiSpans } from '../../src/view-models/ansi.ts';
import { logLine } from '../../src/view-models/log-lines.ts';

const ESC = '\u001B';

describe('ansiSpans', () => {
  const cases: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    ['plain text', 'hello', [['hello', '']]],
    [
      'a colour and its end',
      `${ESC}[32mok${ESC}[0m!`,
      [
        ['ok', 'ansi-fg-2'],
        ['!', ''],
      ],
    ],
    ['bold and colour at once', `${ESC}[1;91mno`, [['no', 'ansi-bold ansi-fg-9']]],
    [
      'an empty reset',
      `${ESC}[4mu${ESC}[mn`,
      [
        ['u', 'ansi-underline'],
        ['n', ''],
      ],
    ],
    [
      'colour off, background on',
      `${ESC}[31;44ma${ESC}[39mb`,
      [
        ['a', 'ansi-fg-1 ansi-bg-4'],
        ['b', 'ansi-bg-4'],
      ],
    ],
    ['one of 256 with a name', `${ESC}[38;5;10mg`, [['g', 'ansi-fg-10']]],
    ['one of 256 without a name', `${ESC}[38;5;200;1mx`, [['x', 'ansi-bold']]],
    ['true colour is left out', `${ESC}[38;2;1;2;3;3mx`, [['x', 'ansi-italic']]],
    [
      'cursor movements vanish',
      `a${ESC}[2Kb${ESC}[1;1Hc`,
      [
        ['a', ''],
        ['b', ''],
        ['c', ''],
      ],
    ],
    ['links lose their target', `${ESC}]8;;javascript:alert(1)${ESC}\\x${ESC}]8;;${ESC}\\`, [['x', '']]],
    ['control characters vanish', 'a\u0000\u0008b\r', [['ab', '']]],
    ['markup stays text', '<img src=x onerror=alert(1)>', [['<img src=x onerror=alert(1)>', '']]],
  ];

  it.each(cases)('%s', (_, line, spans) => {
    expect(ansiSpans(line).map((span) => [span.text, span.classes.join(' ')])).toEqual(spans);
  });
});

describe('logLine', () => {
  it('takes the time off and knows the formatting commands', () => {
    expect(logLine('2026-11-22T10:00:01.1234567Z ##[error]Broken', 1)).toMatchObject({
      number: 1,
      kind: 'error',
      time: '10:00:01',
      spans: [{ text: 'Broken' }],
    });
    expect(logLine('##[endgroup]', 2)).toEqual({ number: 2, kind: 'plain', spans: [] });
  });
});

describe('linesOf', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\r\nb\n\n', ['a', 'b', '']],
  ])('splits %j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });
});
