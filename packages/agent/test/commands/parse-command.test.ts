import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/commands/parse-command.ts';
import { formatCommand } from '../support/format-command.ts';

/** line → area.event, properties, data (LOG-1 … LOG-3). */
const COMMANDS: readonly [string, string, Record<string, string>, string][] = [
  ['##vso[task.debug]text', 'task.debug', {}, 'text'],
  ['##vso[task.setvariable variable=x]y', 'task.setvariable', { variable: 'x' }, 'y'],
  [
    '##vso[task.setvariable variable=x;issecret=true]y',
    'task.setvariable',
    { variable: 'x', issecret: 'true' },
    'y',
  ],
  ['before ##vso[task.debug]after', 'task.debug', {}, 'after'],
  ['##vso[TASK.SetVariable Variable=X]y', 'task.setvariable', { variable: 'X' }, 'y'],
  ['##vso[task.debug]a]b', 'task.debug', {}, 'a]b'],
  ['##vso[task.debug ]', 'task.debug', {}, ''],
  ['##vso[task.x a;b=;=c;d=e]', 'task.x', { d: 'e' }, ''],
  ['##vso[task.x a=b=c]', 'task.x', { a: 'b=c' }, ''],
  ['##vso[task.x a=1; b=2]', 'task.x', { a: '1', b: '2' }, ''],
  ['##vso[task.x a=%3B%5D%0D%0A]%3B', 'task.x', { a: ';]\r\n' }, ';'],
  ['##vso[task.x a=%AZP253B]%AZP25', 'task.x', { a: '%3B' }, '%'],
  ['##vso[task.x a=%25]', 'task.x', { a: '%25' }, ''],
];

const OTHERS: readonly [string, 'text' | 'malformed'][] = [
  ['plain', 'text'],
  ['##[section]Starting', 'text'],
  ['##[error]bad', 'text'],
  ['# #vso[task.debug]', 'text'],
  ['##vso', 'malformed'],
  ['##vso[task.debug', 'malformed'],
  ['##vso[task]x', 'malformed'],
  ['##vso[]x', 'malformed'],
  ['##vso[.debug]x', 'malformed'],
  ['##vso[a.b.c]x', 'malformed'],
  ['see ##vso docs', 'malformed'],
];

/** What the escapes are about, and pieces of escapes. */
const TRICKY = fc.constantFrom(...';]%\r\n[= a'.split(''), '%3B', '%AZP25', 'AZP25', '5D', 'ü');

describe('parseCommand', () => {
  it.each(COMMANDS)('reads %s', (line, name, properties, data) => {
    const parsed = parseCommand(line);
    expect(parsed.kind).toBe('command');
    if (parsed.kind !== 'command') return;
    const { command } = parsed;
    expect(`${command.area}.${command.event}`).toBe(name);
    expect(Object.fromEntries(command.properties)).toEqual(properties);
    expect(command.data).toBe(data);
  });

  it.each(OTHERS)('takes %s for %s', (line, kind) => {
    expect(parseCommand(line).kind).toBe(kind);
  });

  it('leaves the escaped percent sign where DECODE_PERCENTS is off (LOG-2)', () => {
    const parsed = parseCommand('##vso[task.x]%AZP25%3B', false);
    expect(parsed.kind === 'command' && parsed.command.data).toBe('%AZP25;');
  });

  it('reads back whatever was written', () => {
    const name = fc.stringMatching(/^[a-z]{1,12}$/);
    const value = fc.string({ unit: TRICKY, minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        name,
        name,
        fc.dictionary(name, value),
        fc.string({ unit: TRICKY }),
        (area, event, pairs, data) => {
          const command = { area, event, properties: new Map(Object.entries(pairs)), data };
          expect(parseCommand(formatCommand(command))).toEqual({ kind: 'command', command });
        },
      ),
    );
  });
});
