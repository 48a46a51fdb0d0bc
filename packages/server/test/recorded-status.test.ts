import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WireTimeline } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { connectAgent } from './support/fake-agent.ts';
import { makeProject, queue } from './support/project.ts';
import { testServer } from './support/test-server.ts';

interface Row {
  readonly over: readonly string[];
  readonly run: readonly string[];
  readonly skip: readonly string[];
}

const table = parse(
  readFileSync(fileURLToPath(new URL('../../../spec/runs/status-over-jobs.yml', import.meta.url)), 'utf8'),
) as readonly Row[];

const steps = [{ checkout: 'none' }, { script: 'echo' }];

const producers = [
  { job: 'good', steps },
  { job: 'bad', steps },
  { job: 'left', condition: false, steps },
  { job: 'unclear', condition: "gt(1, 'not-a-number')", steps },
];

/** A job for each row of the table, with the result that it has to end with. */
const jobs = table
  .flatMap(({ over, run, skip }) => [
    ...run.map((condition) => ({ over, condition, result: 'succeeded' })),
    ...skip.map((condition) => ({ over, condition, result: 'skipped' })),
  ])
  .map((row, index) => ({ ...row, name: `row${index}` }));

const yaml = stringify(
  {
    trigger: 'none',
    pool: 'Default',
    jobs: [
      ...producers,
      ...jobs.map(({ name, over, condition }) => ({
        job: name,
        dependsOn: over,
        ...(condition !== '' && { condition }),
        steps,
      })),
    ],
  },
  { aliasDuplicateObjects: false },
);

describe('the recorded conditions, compiled, queued and run by an agent', () => {
  it('come out as the real service had them (REC-170, REC-171, REC-172, REC-173)', async () => {
    const box = await testServer({ pollWaitMs: 0 });
    const { project, definition } = await makeProject(box, { yaml });
    const agent = await connectAgent(box);
    const { id } = await queue(box, project, definition.id);
    await box.server.settle();
    for (let job = await agent.poll(); job !== undefined; job = await agent.poll()) {
      await agent.finish(job, job.specification.job === 'bad' ? 'failed' : 'succeeded');
      await box.server.settle();
    }
    const url = `/${project}/_apis/build/builds/${id}`;
    const { records } = await box.json<WireTimeline>('GET', `${url}/timeline`);
    const phases = records.filter(({ type }) => type === 'Phase');
    const ended = new Map(phases.map(({ refName, state, result }) => [refName, `${state} ${result}`]));
    const expected = [
      ['good', 'completed succeeded'],
      ['bad', 'completed failed'],
      ['left', 'completed skipped'],
      ['unclear', 'completed abandoned'],
      ...jobs.map(({ name, result }) => [name, `completed ${result}`]),
    ];
    expect([...ended]).toEqual(expected);
    expect(await box.json('GET', url)).toMatchObject({ status: 'completed', result: 'failed' });
    await box.close();
  });
});
