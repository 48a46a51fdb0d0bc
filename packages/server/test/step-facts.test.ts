import { createHash } from 'node:crypto';
import {
  CONTENT_TYPE,
  type AgentFact,
  type LogSearch,
  type RunResultsView,
  type StepReport,
  type TestOutcome,
  type TestReport,
  type WireAttachment,
  type WireBuild,
  type WireTestRun,
  type WireTimeline,
} from '@signalbox/api';
import { fromBufferPromise, type Entry } from 'yauzl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const AGENT = '/_apis/signalbox/agent/v1';
const DETAIL = '11111111-1111-1111-1111-111111111111';

describe('what steps say', () => {
  let box: TestServer;
  let project: string;
  let run: number;
  let agent: FakeAgent;
  let job: NonNullable<Awaited<ReturnType<FakeAgent['poll']>>>;

  beforeAll(async () => {
    box = await testServer();
    const made = await makeProject(box);
    ({ project } = made);
    agent = await connectAgent(box);
    run = (await queue(box, project, made.definition.id)).id;
    job = (await agent.poll())!;
  });

  afterAll(() => box.close());

  const step = (more: Partial<StepReport>): AgentFact => ({
    kind: 'step',
    step: {
      order: 2,
      name: 'build',
      displayName: 'Build',
      state: 'inProgress',
      startTime: 1_772_359_200_000,
      issues: [],
      errorCount: 0,
      warningCount: 0,
      log: 2,
      ...more,
    },
  });
  const build = (): Promise<WireBuild> => box.json('GET', `/${project}/_apis/build/builds/${run}`);
  const records = async () =>
    (await box.json<WireTimeline>('GET', `/${project}/_apis/build/builds/${run}/timeline`)).records;

  it('gives the run another number and tags, and finds it by them [RNAME-8, LOG-30, LOG-31]', async () => {
    const facts: AgentFact[] = [
      { kind: 'started', at: Date.now() },
      { kind: 'runNumber', number: 'Release 7' },
      { kind: 'tag', tag: 'nightly' },
    ];
    expect((await agent.report(job, 1, facts)).statusCode).toBe(204);
    // Said again it changes nothing.
    expect((await agent.report(job, 1, facts)).statusCode).toBe(204);
    expect(await build()).toMatchObject({ buildNumber: 'Release 7', tags: ['nightly'] });
    const found = await box.json<{ count: number }>(
      'GET',
      `/${project}/_apis/build/builds?buildNumber=Release%207&tagFilters=nightly`,
    );
    expect(found.count).toBe(1);
  });

  it.each([
    ['a number that cannot be one', { kind: 'runNumber', number: 'a/b' }],
    ['a tag that cannot be one', { kind: 'tag', tag: 'a:b' }],
  ] as const)('refuses %s [RNAME-5, LOG-31]', async (_, fact) => {
    expect((await agent.report(job, 2, [fact])).statusCode).toBe(400);
    expect(await build()).toMatchObject({ buildNumber: 'Release 7', tags: ['nightly'] });
  });

  it('takes nothing under a lease that is not the current one [AGENT-11]', async () => {
    const facts: AgentFact[] = [
      { kind: 'runNumber', number: 'Late' },
      { kind: 'tag', tag: 'late' },
    ];
    expect((await agent.report({ ...job, lease: job.lease + 1 }, 2, facts)).statusCode).toBe(409);
    expect(await build()).toMatchObject({ buildNumber: 'Release 7', tags: ['nightly'] });
  });

  it('shows progress, child records and issues in the timeline [LOG-10, LOG-11, LOG-12, AGENT-12]', async () => {
    const detail = { id: DETAIL, type: 'build', name: 'Unit', state: 'inProgress', percent: 40 } as const;
    const issue = { type: 'error', message: 'bad', path: 'a.c', line: 3, column: 9, code: 'E7' } as const;
    const facts = [
      step({ percent: 30, operation: 'linking', details: [detail], issues: [issue], errorCount: 12 }),
    ];
    expect((await agent.report(job, 3, facts)).statusCode).toBe(204);
    const all = await records();
    const task = all.find(({ refName }) => refName === 'build');
    expect(task).toMatchObject({
      type: 'Task',
      state: 'inProgress',
      percentComplete: 30,
      currentOperation: 'linking',
      errorCount: 12,
      issues: [
        {
          type: 'error',
          message: 'bad',
          category: 'Code',
          data: { sourcepath: 'a.c', linenumber: '3', columnnumber: '9', code: 'E7' },
        },
      ],
    });
    expect(all.find(({ id }) => id === DETAIL)).toMatchObject({
      parentId: task?.id,
      type: 'build',
      name: 'Unit',
      percentComplete: 40,
    });
  });

  it('reads logs in parts, as text, JSON and zip, while they grow [AGENT-13]', async () => {
    const lines = Array.from({ length: 2500 }, (_, index) => `line ${index + 1} \u001b[31mred\u001b[0m`);
    await agent.log(job, 2, 0, lines);
    const log = (await records()).find(({ refName }) => refName === 'build')?.log?.id;
    const at = `/${project}/_apis/build/builds/${run}/logs`;
    const part = await box.call('GET', `${at}/${log}?startLine=999&endLine=1001`, {
      headers: { accept: 'text/plain' },
    });
    expect(part.body).toBe(`${lines.slice(998, 1001).join('\n')}\n`);
    const json = async (start: number): Promise<unknown> => {
      const headers = { accept: 'application/json' };
      return (await box.call('GET', `${at}/${log}?startLine=${start}`, { headers })).json();
    };
    expect(await json(2000)).toEqual({ count: 501, value: lines.slice(1999) });
    expect(await json(9000)).toEqual({ count: 0, value: [] });
    const zip = await box.call('GET', at, { headers: { accept: 'application/zip' } });
    expect(await textsIn(zip.rawPayload)).toEqual({ [`${log}.txt`]: `${lines.join('\n')}\n` });
  });

  it('finds lines in the logs of a run, letter case aside, and says when there may be more', async () => {
    const search = (query: string): Promise<LogSearch> =>
      box.json('GET', `/${project}/_apis/signalbox/runs/${run}/logs?${query}`);
    expect((await search('text=LINE%2017%20')).hits).toMatchObject([{ line: 17 }]);
    expect(await search('text=line&$top=3')).toMatchObject({
      hits: [{ line: 1 }, { line: 2 }, { line: 3 }],
      incomplete: true,
    });
    expect(await search('text=nowhere')).toEqual({ hits: [] });
    expect((await box.call('GET', `/${project}/_apis/signalbox/runs/${run}/logs`)).statusCode).toBe(400);
  });
  it('keeps attachments with their record, and gives them back [LOG-19, LOG-20, LOG-21]', async () => {
    const content = '# fine';
    const sha256 = createHash('sha256').update(content).digest('hex');
    const attach = { lease: job.lease, step: 'build', type: 'Distributedtask.Core.Summary', name: 'a b.md' };
    const ask = (more: object) =>
      box.call('POST', `${AGENT}/jobs/${job.request}/results/attach`, {
        token: agent.token,
        body: { ...attach, sha256, size: content.length, ...more },
      });
    // Nobody attaches what he did not send.
    expect((await ask({})).statusCode).toBe(404);
    const put = await box.call('PUT', `${AGENT}/jobs/${job.request}/blobs/${sha256}?lease=${job.lease}`, {
      token: agent.token,
      headers: { 'content-type': CONTENT_TYPE },
      body: content,
    });
    expect(put.statusCode).toBe(204);
    expect((await ask({ lease: job.lease + 1 })).statusCode).toBe(409);
    expect((await ask({})).statusCode).toBe(204);
    const list = await box.json<{ value: WireAttachment[] }>(
      'GET',
      `/${project}/_apis/build/builds/${run}/attachments/distributedtask.core.summary`,
    );
    const href = list.value[0]?._links.self.href ?? '';
    const record = (await records()).find(({ refName }) => refName === 'build')?.id ?? '';
    expect(href).toContain(record);
    const answer = await box.call('GET', href.slice(href.indexOf('/default') + '/default'.length));
    expect(answer.body).toBe(content);
    // What goes with the logs is in their archive, under a name of ours.
    expect((await ask({ type: 'DistributedTask.Core.Log', name: '../b.log' })).statusCode).toBe(204);
    const zip = await box.call('GET', `/${project}/_apis/build/builds/${run}/logs`, {
      headers: { accept: 'application/zip' },
    });
    expect(await textsIn(zip.rawPayload)).toMatchObject({ 'files/1_.._b.log': content });
    // What a step wrote is never a page of ours.
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
    });
  });

  it('keeps results of tests and coverage, and shows them with the run [LOG-35, LOG-36]', async () => {
    const post = async (what: string, body: object): Promise<number> => {
      const path = `${AGENT}/jobs/${job.request}/results/${what}`;
      const sent = await box.call('POST', path, { token: agent.token, body: { lease: job.lease, ...body } });
      return sent.statusCode;
    };
    const test = (number: number, outcome: TestOutcome): TestReport => {
      const name = `<test ${number}>`;
      return { number, name, storage: 'C', outcome, durationMs: 5, message: 'no', stack: 'at 1' };
    };
    const tests = { key: 'k', title: 'Unit', format: 'JUnit' };
    const results = [test(1, 'passed'), test(2, 'failed')];
    expect(await post('tests', { ...tests, results })).toBe(204);
    expect(await post('tests', { ...tests, results: [...results, test(3, 'notExecuted')] })).toBe(204);
    expect(await post('tests', { ...tests, results: [{ number: 4, name: 'x' }] })).toBe(400);
    const lines = { label: 'Lines', covered: 3, total: 4 };
    expect(await post('coverage', { key: 'c', statistics: [lines] })).toBe(204);
    expect(await post('coverage', { key: 'c', statistics: [{ ...lines, covered: 5 }] })).toBe(400);

    const view = await box.json<RunResultsView>('GET', `/${project}/_apis/signalbox/runs/${run}/results`);
    expect(view).toMatchObject({
      tests: [{ title: 'Unit', passed: 1, failed: 1, notExecuted: 1, durationMs: 15 }],
      failedTests: [{ name: '<test 2>', storage: 'C', message: 'no' }],
      coverage: [lines],
      attachments: [{ name: 'a b.md', size: 6 }, { name: '../b.log' }],
    });
    const uri = encodeURIComponent(`vstfs:///Build/Build/${run}`);
    const testRuns = await box.json<{ value: WireTestRun[] }>(
      'GET',
      `/${project}/_apis/test/runs?buildUri=${uri}`,
    );
    expect(testRuns.value).toMatchObject([{ name: 'Unit', totalTests: 3, passedTests: 1 }]);
    const failed = await box.json<{ value: unknown[] }>(
      'GET',
      `/${project}/_apis/test/runs/${testRuns.value[0]?.id}/results?outcomes=Failed`,
    );
    expect(failed.value).toMatchObject([{ id: 2, automatedTestName: 'C.<test 2>', outcome: 'Failed' }]);
    expect(await box.json('GET', `/${project}/_apis/test/codecoverage?buildId=${run}`)).toMatchObject({
      coverageData: [{ coverageStats: [{ label: 'Lines', covered: 3, total: 4 }] }],
    });
    const report = await box.json<{ content: string }>('GET', `/${project}/_apis/build/builds/${run}/report`);
    expect(report.content).toContain('Unit: 1 passed, 1 failed, 1 not executed');
    const one = await box.json('GET', `/${project}/_apis/test/runs/${testRuns.value[0]?.id}`);
    expect(one).toMatchObject({ name: 'Unit', totalTests: 3 });
    expect((await box.call('GET', `/${project}/_apis/test/runs/999`)).statusCode).toBe(404);
  });
});

async function textsIn(archive: Buffer): Promise<Record<string, string>> {
  const zip = await fromBufferPromise(archive, { autoClose: false, lazyEntries: true });
  const texts: Record<string, string> = {};
  for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    texts[entry.fileName] = Buffer.concat(chunks).toString('utf8');
  }
  return texts;
}
