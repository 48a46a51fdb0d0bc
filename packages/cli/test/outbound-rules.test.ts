import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { outboundRules } from '../src/up/outbound-rules.ts';
import { recordingTerminal } from './support.ts';

describe('signalbox up --allow-outbound', () => {
  it('opens what is listed, and never the database', () => {
    const rules = outboundRules({
      allowOutbound: ['ci.corp:443', '10.0.0.0/8:8443'],
      databaseUrl: 'postgres://signalbox@db.corp/signalbox',
    });
    expect(rules.allowed?.map(({ text }) => text)).toEqual(['ci.corp:443', '10.0.0.0/8:8443']);
    expect(rules.denied).toEqual([{ host: 'db.corp', port: 5432 }]);
    expect(outboundRules({}).denied).toEqual([]);
  });

  it.each(['ci.corp', 'ci.corp:', 'a b:80', '10.0.0.0/99:80'])('refuses %s in one sentence', async (text) => {
    const terminal = recordingTerminal();
    const data = '/nonexistent/never-made';
    expect(await runProgram(['up', '--data', data, '--allow-outbound', text], terminal)).toBe(EXIT.usage);
    expect(terminal.said()).toMatch(/HOST:PORT/);
    expect(existsSync(data)).toBe(false);
  });
});
