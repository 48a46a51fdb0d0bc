import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';
import { startTestServer, type TestServer } from './test-server.ts';

describe('users, groups, roles and tokens on the command line', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await startTestServer();
    await box.client.createProject({ name: 'Shop' });
  });

  afterAll(() => box.stop());

  async function signalbox(
    line: string,
    token = box.secret,
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const terminal = recordingTerminal(false);
    const code = await runProgram(
      ['--url', box.server.baseUrl, '--token', token, ...line.split(' ')],
      terminal,
    );
    return { code, out: terminal.printed(), err: terminal.said() };
  }

  it('make a user, put him into a group in a group, and give that a role', async () => {
    const made = await signalbox('user create ann --display-name Ann --mail ann@example.com');
    expect(made.out).toMatch(/ann +Ann +ann@example\.com +person +yes/);
    expect((await signalbox('user create ann')).code).not.toBe(EXIT.ok);
    await signalbox('group set ops ann');
    expect((await signalbox('groups set all --groups ops')).out).toMatch(/all +@ops/);
    expect((await signalbox('role give contributor all --group --project Shop')).out).toMatch(
      /@all +contributor/,
    );
    expect((await signalbox('role list --project Shop --output json')).out).toContain(
      '"role": "contributor"',
    );
    expect((await signalbox('role give god ann')).err).toContain('"role" is one of: administrator');
    expect((await signalbox('role give User ann --on environment')).code).toBe(EXIT.usage);
  });

  it('make a token that is as good as its scopes, and end it', async () => {
    const made = await signalbox('token create laptop --scope full --user ann --days 3');
    const token = made.out.trim();
    expect(token).toMatch(/^[a-z2-7]{52}$/);
    expect(made.err).toMatch(/^The token \d+ is made; it ends on \d{4}-\d\d-\d\d\. .* shown once:\n$/);
    expect((await signalbox('token', token)).out).toMatch(/laptop +ann +full/);
    expect((await signalbox('user list', token)).code).toBe(EXIT.denied);
    expect((await signalbox('token create nothing')).code).toBe(EXIT.usage);
    expect((await signalbox('token create x --scope vso.nothing')).err).toContain(
      'There is no scope "vso.nothing"',
    );
    const [, id] = /token (\d+)/.exec(made.err) ?? [];
    expect((await signalbox(`token revoke ${id}`)).err).toBe(`The token ${id} is revoked.\n`);
    expect((await signalbox('token list', token)).code).toBe(EXIT.denied);
  });

  it('disable a user and let him in again', async () => {
    const token = (await signalbox('token create phone --scope full --user ann')).out.trim();
    expect((await signalbox('user disable ann')).out).toMatch(/person +no/);
    expect((await signalbox('token list', token)).code).toBe(EXIT.denied);
    expect((await signalbox('user enable ann')).out).toMatch(/person +yes/);
    expect((await signalbox('token list', token)).code).toBe(EXIT.ok);
    expect((await signalbox('role take contributor all --group --project Shop')).err).toContain(
      'is no contributor',
    );
  });
});
