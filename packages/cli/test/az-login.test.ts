import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withDefaults, withoutDefaults } from '../src/azure/az-defaults.ts';
import { azConfigFile, readAzFile } from '../src/azure/az-files.ts';
import { runAz } from '../src/azure/az-program.ts';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

const OTHER = { organization: 'https://dev.azure.com/contoso', project: 'Web' };
const OURS = { organization: 'http://127.0.0.1:8080/default', project: 'Shop' };

describe('the defaults of the Azure CLI', () => {
  it.each([
    ['none', {}],
    ['those of another service', { defaults: OTHER }],
    ['others of the same section and other sections', { defaults: { a: 'b' }, core: { c: 'd' } }],
  ])('become ours and come back as they were: %s', (_, before) => {
    const once = withDefaults(before, OURS);
    const twice = withDefaults(once, { organization: 'http://other:1/x' });
    expect(once['defaults']).toMatchObject(OURS);
    expect(twice['defaults']?.['organization']).toBe('http://other:1/x');
    expect(twice['defaults']).not.toHaveProperty('project');
    expect({ defaults: {}, ...withoutDefaults(twice) }).toEqual({ defaults: {}, ...before });
  });

  it('are not ours to give back when nobody logged in', () => {
    expect(withoutDefaults({ defaults: OTHER })).toBeUndefined();
  });
});

describe('signalbox az-login', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'signalbox-az-'));
    vi.stubEnv('AZURE_DEVOPS_EXT_CONFIG_DIR', folder);
    vi.stubEnv('SIGNALBOX_TOKEN', 'token-of-the-environment');
    vi.stubEnv('SIGNALBOX_URL', 'http://127.0.0.1:1/default');
  });

  afterEach(() => vi.unstubAllEnvs());

  it('takes no token from its words, where other users see it', async () => {
    const terminal = recordingTerminal();
    expect(await runProgram(['az-login', '--token', 'secret'], terminal)).toBe(EXIT.usage);
    expect(terminal.said()).toContain('SIGNALBOX_TOKEN or with --token-file');
  });

  it('writes nothing for a server that does not answer', async () => {
    expect(await runProgram(['az-login'], recordingTerminal())).toBe(EXIT.unreachable);
    expect(existsSync(azConfigFile())).toBe(false);
  });

  it('has nothing to take back where nothing was written', async () => {
    const terminal = recordingTerminal();
    writeFileSync(azConfigFile(), '[defaults]\nproject = mine\n');
    expect(await runProgram(['az-login', '--undo'], terminal)).toBe(EXIT.notFound);
    expect(readAzFile(azConfigFile())).toEqual({ defaults: { project: 'mine' } });
  });

  it('hands what is secret to az on its standard input', async () => {
    const program = join(folder, 'az');
    writeFileSync(
      program,
      `#!/bin/sh\nread line\necho "$line" > ${folder}/in\necho "$*" > ${folder}/words\nexit 3\n`,
    );
    chmodSync(program, 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
    expect(await runAz(['devops', 'login'], 'secret\n')).toEqual({ ok: false, said: '' });
    expect(readFileSync(join(folder, 'in'), 'utf8')).toBe('secret\n');
    expect(readFileSync(join(folder, 'words'), 'utf8')).toBe('devops login\n');
  });

  it('says when there is no az', async () => {
    vi.stubEnv('PATH', folder);
    expect(await runAz(['devops', 'login'], '')).toBeUndefined();
  });
});
