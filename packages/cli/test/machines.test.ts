import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';
import { startTestServer, type TestServer } from './test-server.ts';

describe('machines of environments on the command line', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await startTestServer();
    await box.client.createProject({ name: 'Farm' });
    const { id: environment } = await box.client.createEnvironment('Farm', { name: 'farm' });
    const pool = (await box.store.pools.upsert('machines')).id;
    await box.store.machines.register({ environment, name: 'web1', pool, tags: ['web'] });
    const record = { environment, run: 7, stage: 'Deploy', stageAttempt: 1, job: 'Web', result: 'failed' };
    await box.store.environments.recordDeployment('k', {
      ...record,
      resource: 1,
      queueTime: 1,
      finishTime: 2,
    });
  });

  afterAll(() => box.stop());

  async function signalbox(
    line: string,
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const terminal = recordingTerminal(false);
    const words = line.split(' ').filter((word) => word !== '');
    const code = await runProgram([...box.access, ...words], terminal);
    return { code, out: terminal.printed(), err: terminal.said() };
  }

  it('are listed, tagged and removed, and the history names them', async () => {
    const history = await signalbox('environments history farm');
    expect(history.out).toMatch(/Web +web1 +failed/);
    const tagged = await signalbox('environments tag farm WEB1 eu blue');
    expect(tagged.out).toMatch(/1 +web1 +eu, blue +none/);
    expect((await signalbox('environments tag farm 1')).code).toBe(EXIT.ok);
    expect((await signalbox('environments resources farm --output json')).out).toContain('"tags": []');
    expect(await signalbox('environments remove-resource farm web9')).toMatchObject({
      code: EXIT.notFound,
      err: 'There is no machine web9 in farm. There are: web1.\n',
    });
    expect((await signalbox('environments remove-resource farm web1')).err).toBe(
      'The machine web1 of farm is gone.\n',
    );
    expect((await signalbox('environments resources farm')).err).toContain('farm has no machines.');
  });

  it('get a token that only their agents can use', async () => {
    const made = await signalbox('environments token farm');
    expect(made.out).toMatch(/token +\S{20,}/);
    const rows = await box.store.tokens.list();
    const row = rows.find(({ name }) => name === 'machines of farm');
    expect([row?.scope, (await box.store.pools.get(row?.pool ?? 0))?.name]).toEqual([
      'agent',
      'environments/1/1',
    ]);
  });

  it('have tags only with an environment, and no pool beside it', async () => {
    const tags = await signalbox('agent --resource-tags a');
    expect([tags.code, tags.err]).toEqual([EXIT.usage, expect.stringContaining('--environment')]);
    const both = await signalbox('agent --environment farm --pool Linux');
    expect([both.code, both.err]).toEqual([EXIT.usage, expect.stringContaining('--pool')]);
  });
});
