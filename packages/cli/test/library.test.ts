import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';
import { startTestServer, type TestServer } from './test-server.ts';

describe('connections, variable groups and environments on the command line', () => {
  let box: TestServer;
  let secretFile = '';

  beforeAll(async () => {
    box = await startTestServer();
    await box.client.createProject({ name: 'Shop' });
    secretFile = join(box.folder, 'secret.txt');
    writeFileSync(secretFile, 'hunter2\n');
  });

  afterAll(() => box.stop());

  async function signalbox(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const terminal = recordingTerminal(false, 'from stdin\n');
    const code = await runProgram([...box.access, ...args], terminal);
    return { code, out: terminal.printed(), err: terminal.said() };
  }

  it('makes, shows, changes and deletes a connection, and never prints its secret', async () => {
    const url = 'https://gate.example.org/';
    const made = await signalbox(
      ...'connections create gate'.split(' '),
      url,
      '--username',
      'robot',
      '--password-file',
      secretFile,
    );
    expect(made).toMatchObject({ code: EXIT.ok, err: '' });
    expect(made.out).toMatch(/authorization +user robot/);
    const set = await signalbox('connections', 'set', 'GATE', '--address', `${url}api`);
    expect(set.out).toMatch(/address +https:\/\/gate.example.org\/api/);
    expect((await box.store.connections.find(1, 'gate'))?.secret).toMatch(/^\{sealed/);
    const away = await signalbox('connections', 'set', 'gate', '--address', 'https://evil.example.org/');
    expect([away.code, away.err]).toEqual([EXIT.failed, expect.stringContaining('again')]);
    const token = await signalbox('connections', 'set', 'gate', '--token-file', '-');
    expect(token.out).toMatch(/authorization +token/);
    const list = await signalbox('connections', 'list');
    expect(list.out).toMatch(/^CONNECTION +ADDRESS +AUTHORIZATION +ID\ngate +https/);
    expect([made, set, token, list].map(({ out }) => out).join('')).not.toMatch(/hunter2|stdin/);
    expect((await signalbox('connections', 'delete', 'gate')).code).toBe(EXIT.ok);
    const gone = await signalbox('connections', 'delete', 'gate');
    expect(gone).toMatchObject({ code: EXIT.notFound, err: expect.stringContaining('none yet') });
    expect((await signalbox('connections')).err).toContain('Make one: signalbox connections create');
  });

  it('refuses a token beside a password, and a file that is not there', async () => {
    const create = ['connections', 'create', 'x', 'https://example.org/'];
    const both = await signalbox(...create, '--username', 'a', '--token-file', secretFile);
    expect(both).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('not both') });
    const none = await signalbox(...create, '--token-file', join(box.folder, 'none'));
    expect(none).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('cannot be read') });
  });

  it('makes, changes and deletes a variable group, and keeps its secrets', async () => {
    const made = await signalbox(
      ...'variable-groups create shared --variable region=west --secret-file'.split(' '),
      `key=${secretFile}`,
    );
    expect(made.out).toBe('VARIABLE  VALUE\nregion    west\nkey       ***\n');
    const sealed = (await box.store.variableGroups.find(1, 'shared'))?.variables['key']?.value;
    const set = await signalbox(
      ...'variable-groups set Shared --variable REGION=east --variable zone=1'.split(' '),
    );
    expect(set.out).toBe('VARIABLE  VALUE\nregion    east\nkey       ***\nzone      1\n');
    expect((await box.store.variableGroups.find(1, 'shared'))?.variables['key']?.value).toBe(sealed);
    const less = await signalbox('variable-groups', 'set', 'shared', '--remove', 'zone', 'key');
    expect(less.out).toBe('VARIABLE  VALUE\nregion    east\n');
    const unknown = await signalbox('variable-groups', 'set', 'shared', '--remove', 'zone');
    expect(unknown.code).toBe(EXIT.notFound);
    expect((await signalbox('variable-groups')).out).toMatch(/1 +shared +region +administrator/);
    expect((await signalbox('variable-groups', 'show', '1')).out).toContain('east');
    expect((await signalbox('variable-groups', 'delete', 'shared')).code).toBe(EXIT.ok);
  });

  it('deletes a pool that nothing uses, and a project when it is told so twice', async () => {
    await signalbox('pools', 'create', 'metal');
    expect(await signalbox('pools', 'delete', 'METAL')).toMatchObject({
      code: EXIT.ok,
      err: 'The pool metal is gone.\n',
    });
    const used = await signalbox('pools', 'delete', 'default');
    expect(used).toMatchObject({ code: EXIT.notFound, err: expect.stringContaining('name none') });
    await signalbox('project', 'create', 'Old');
    expect((await signalbox('project', 'delete', 'Old')).code).toBe(EXIT.usage);
    expect((await signalbox('project', 'delete', 'Old', '--yes')).code).toBe(EXIT.ok);
    expect((await signalbox('project', 'list')).out).not.toContain('Old');
    expect((await signalbox('project', 'delete', 'Old', '--yes')).code).toBe(EXIT.notFound);
  });

  it('makes environments, says who may use them, and shows it', async () => {
    expect((await signalbox('environments')).err).toContain('The first run that deploys to one makes it');
    await signalbox('environments', 'create', 'prod', '--description', 'the shop');
    expect((await signalbox('environments', 'list')).out).toMatch(
      /1 +prod +the shop +\d+s ago +administrator/,
    );
    expect((await signalbox('environments', 'history', 'prod')).err).toContain(
      'Nothing was deployed to prod yet',
    );
    const permit = await signalbox('environments', 'permit', 'prod', '--all');
    expect(permit.out).toMatch(/pipelines +all may use it, says administrator/);
    const forbid = await signalbox('environments', 'forbid', 'prod', '--all');
    expect(forbid.out).toMatch(/pipelines +none may use it/);
    expect((await signalbox('environments', 'permit', 'prod')).code).toBe(EXIT.usage);
    await signalbox('environments', 'grant', 'prod', 'User', 'ops', '--group');
    const granted = await signalbox('environments', 'grant', 'prod', 'Administrator', 'ann');
    expect(granted.out).toBe('WHO   ROLE\n@ops  User\nann   Administrator\n');
    const shown = await signalbox('environments', 'show', 'PROD');
    expect(shown.out).toMatch(/roles +@ops: User, ann: Administrator/);
    expect(shown.out).toMatch(/checks +none\n/);
    expect((await signalbox('environments', 'revoke', 'prod', 'ops')).code).toBe(EXIT.notFound);
    const left = await signalbox('environments', 'revoke', 'prod', 'ops', '--group');
    expect(left.out).toBe('WHO  ROLE\nann  Administrator\n');
    expect((await signalbox('environments', 'grant', 'all', 'Creator', 'bob')).out).toContain('Creator');
    expect((await signalbox('environments', 'delete', 'prod')).code).toBe(EXIT.ok);
    expect((await signalbox('environments', 'show', 'prod')).code).toBe(EXIT.notFound);
  });
});
