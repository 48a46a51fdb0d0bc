import type { WireDeploymentRecord, WireEnvironment } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import {
  deploymentLines,
  environmentRows,
  latestPerPipeline,
} from '../../../src/view-models/environment/deployments.ts';
import { person } from '../../harness/approvals.ts';
import { lock, request } from '../../harness/locks.ts';
import { clockAt } from '../../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const CLOCK = clockAt(NOW);

function record(
  id: number,
  definition: number,
  part: Partial<WireDeploymentRecord> = {},
): WireDeploymentRecord {
  return {
    id,
    environmentId: 1,
    planId: '',
    planType: 'Build',
    scopeId: '',
    requestIdentifier: 'Deploy.Roll',
    stageName: 'Deploy',
    jobName: 'Roll',
    stageAttempt: 1,
    definition: { id: definition, name: `pipeline ${definition}`, _links: {} },
    owner: { id: id + 100, name: `20261122.${id}`, _links: {} },
    result: 'succeeded',
    queueTime: CLOCK.at(400),
    startTime: CLOCK.at(300),
    finishTime: CLOCK.at(240),
    ...part,
  };
}

describe('deploymentLines', () => {
  it('say what was deployed, for whom, how it went and how long it took', () => {
    const [line] = deploymentLines([record(1, 2, { requestedFor: person('ann'), stageAttempt: 2 })], NOW);
    expect(line).toMatchObject({
      pipeline: 'pipeline 2',
      run: 101,
      where: 'Deploy (attempt 2), Roll',
      who: 'ann',
      took: '1m 00s',
      when: { text: '4 min ago' },
      mark: { label: 'succeeded' },
    });
  });

  it.each([
    ['succeededWithIssues', 'succeeded with issues'],
    ['Failed', 'failed'],
    ['canceled', 'canceled'],
    ['skipped', 'skipped'],
    ['abandoned', 'abandoned'],
  ])('call the result %s "%s"', (result, label) => {
    expect(deploymentLines([record(1, 1, { result })], NOW)[0]?.mark.label).toBe(label);
  });
});

describe('latestPerPipeline', () => {
  it('has the newest of each, in the order of the list', () => {
    const lines = deploymentLines([record(5, 1), record(4, 2), record(3, 1), record(2, 2)], NOW);
    expect(latestPerPipeline(lines).map(({ key }) => key)).toEqual(['5', '4']);
  });
});

describe('environmentRows', () => {
  const environment = (id: number, name: string): WireEnvironment => ({
    id,
    name,
    description: '',
    createdBy: person('ann'),
    createdOn: CLOCK.at(1),
    lastModifiedBy: person('ann'),
    lastModifiedOn: CLOCK.at(1),
    resources: [],
    project: { id: '', name: 'Demo' },
  });

  it('are ordered by name, and say how the lock of each is', () => {
    const busy = lock({ id: 7, resourceId: '1', holders: [request({ runId: 1 })], waitersTotal: 2 });
    const frozen = { since: CLOCK.at(1), exempt: [], by: 'ann', reason: 'x' };
    const rows = environmentRows(
      [environment(1, 'prod'), environment(2, 'dev'), environment(3, 'qa'), environment(4, 'x')],
      [
        busy,
        lock({ id: 8, resourceId: '3', freeze: frozen }),
        lock({ id: 9, resourceId: '2', resourceType: 'queue' }),
        lock({ id: 10, resourceId: '4', enabled: false }),
      ],
    );
    expect(rows.map(({ name, lock: of }) => [name, of?.id, of?.text])).toEqual([
      ['dev', undefined, undefined],
      ['prod', 7, 'occupied, 2 runs in line'],
      ['qa', 8, 'frozen'],
      ['x', undefined, undefined],
    ]);
  });
});
