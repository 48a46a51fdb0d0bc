import { readFileSync } from 'node:fs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VERSION } from '@signalbox/model';
import { EXIT } from '../src/exit-codes.ts';
import { createProgram, runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

async function signalbox(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = recordingTerminal();
  const code = await runProgram(args, terminal);
  return { code, out: terminal.printed(), err: terminal.said() };
}

describe('the command line', () => {
  const before = { ...process.env };

  beforeEach(() => {
    for (const name of ['SIGNALBOX_URL', 'SIGNALBOX_TOKEN', 'SIGNALBOX_PROJECT']) delete process.env[name];
    process.env['SIGNALBOX_DATA'] = mkdtempSync(join(tmpdir(), 'signalbox-cli-'));
  });

  afterEach(() => {
    process.env = { ...before };
  });

  it('has one version, the one of its package', async () => {
    const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(VERSION).toBe(own.version);
    expect(await signalbox('--version')).toEqual({ code: EXIT.ok, out: `${own.version}\n`, err: '' });
  });

  it('describes every command, and gives an example or a plain description of each option', () => {
    const program = createProgram(recordingTerminal());
    const names = program.commands.map((command) => command.name()).sort();
    const expected = [
      'agent',
      'agents',
      'approvals',
      'artifacts',
      'audit',
      'az-login',
      'az-proxy',
      'calendars',
      'cancel',
      'checks',
      'connections',
      'environments',
      'expand',
      'gate',
      'graph',
      'groups',
      'import',
      'lock',
      'locks',
      'logs',
      'notifications',
      'pipeline',
      'policy',
      'pools',
      'project',
      'queue',
      'repository',
      'retry',
      'role',
      'run',
      'runs',
      'secrets',
      'secure-files',
      'start',
      'task',
      'token',
      'triggers',
      'up',
      'user',
      'validate',
      'variable-groups',
    ];
    expect(names).toEqual(expected);
    for (const command of program.commands) {
      expect(command.description(), command.name()).not.toBe('');
      for (const option of command.options)
        expect(option.description, `${command.name()} ${option.flags}`).not.toBe('');
    }
  });

  it('gives no command below another one an option that is understood everywhere', () => {
    const program = createProgram(recordingTerminal());
    const below = program.commands.flatMap(({ commands }) => commands);
    const taken = below.flatMap(({ options }) => options.map(({ long }) => long));
    for (const { long } of program.options) expect(taken).not.toContain(long);
  });

  it.each(['up', 'agent'])('says the same of %s on every machine', async (command) => {
    const { out } = await signalbox(command, '--help');
    for (const own of [homedir(), process.env['SIGNALBOX_DATA'], `"${hostname()}"`])
      expect(out).not.toContain(own);
  });

  it.each([
    { args: ['nonsense'], says: /unknown command/ },
    { args: ['expand'], says: /missing required argument/ },
    { args: ['runs', 'show', 'abc'], says: /whole number/ },
    { args: ['up', '--port', '70000'], says: /from 0 to 65535/ },
    { args: ['queue', 'web', '--variable', 'novalue'], says: /NAME=VALUE/ },
    { args: ['runs', '--output', 'xml'], says: /Allowed choices/ },
    { args: ['runs', '--url', 'nowhere', '--token', 'x'.repeat(20)], says: /address of an organisation/ },
  ])('refuses wrong usage: $args', async ({ args, says }) => {
    const result = await signalbox(...args);
    expect(result.code).toBe(EXIT.usage);
    expect(result.err).toMatch(says);
    expect(result.err).not.toMatch(/at .*\.ts:\d+/);
  });

  it('says in one sentence that there is no token', async () => {
    const result = await signalbox('runs', '--project', 'P');
    expect(result).toMatchObject({ code: EXIT.denied, out: '' });
    expect(result.err).toMatch(/^No token\. .*SIGNALBOX_TOKEN/);
  });

  it('says in one sentence that no server answers', async () => {
    const result = await signalbox(
      'project',
      'list',
      '--url',
      'http://127.0.0.1:9/default',
      '--token',
      'x'.repeat(20),
    );
    expect(result.code).toBe(EXIT.unreachable);
    expect(result.err).toMatch(/No answer from http:\/\/127\.0\.0\.1:9/);
  });

  it('reports every mistake of a file with its place, and fails', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-cli-'));
    const file = join(folder, 'broken.yml');
    writeFileSync(file, 'jobs:\n  - job: A\n    dependsOn: B\n    stepz: []\n');
    const result = await signalbox('validate', file);
    expect(result.code).toBe(EXIT.failed);
    expect(result.out).toMatch(/broken\.yml\(4,5\): error unexpected-key/);
    expect(result.err).toMatch(/is not valid/);
  });

  it('takes --output behind the command, and writes JSON', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-cli-'));
    const file = join(folder, 'good.yml');
    writeFileSync(file, 'pool: Default\nsteps:\n  - script: echo\n');
    const result = await signalbox('expand', file, '--output', 'json');
    expect(JSON.parse(result.out)).toMatchObject({ version: 1 });
    expect(await signalbox('validate', join(folder, 'missing.yml'))).toMatchObject({ code: EXIT.notFound });
  });

  it('tells each mistake of a refused pipeline once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-cli-'));
    const file = join(folder, 'azure-pipelines.yml');
    writeFileSync(file, 'jobs:\n- job: a\n  pool: server\n  steps:\n  - task: PublishToAzureServiceBus@1\n');
    const { code, err } = await signalbox('run', file);
    expect(code).toBe(EXIT.failed);
    expect(err.match(/cannot run the task `PublishToAzureServiceBus@1` on the server/g)).toHaveLength(1);
  });
});
