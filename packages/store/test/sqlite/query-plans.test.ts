import { openStore } from '@signalbox/store';
import Libsql from 'libsql';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { barred } from '../../src/sql/needs/barred.ts';
import { bundleOf, openOf } from '../../src/sql/needs/bundle.ts';
import { expectedAhead, expectedOf } from '../../src/sql/needs/expected.ts';
import { front } from '../../src/sql/needs/front.ts';
import { fronts } from '../../src/sql/needs/fronts.ts';
import { groupOfBranch } from '../../src/sql/needs/group-of-branch.ts';
import { group } from '../../src/sql/needs/group.ts';
import { holders } from '../../src/sql/needs/holders.ts';
import { lockOf } from '../../src/sql/needs/lock.ts';
import { requestOf, waitingOf } from '../../src/sql/needs/pool.ts';
import { turned } from '../../src/sql/needs/turned.ts';
import { waiting } from '../../src/sql/needs/waiting.ts';
import type { RunFilter } from '@signalbox/store';
import { builderFor } from '../../src/sql/builder.ts';
import type { Runner } from '../../src/sql/runner.ts';
import { listRuns } from '../../src/sql/ports/run-list.ts';
import { dueMail, readyAggregates } from '../../src/sql/hot/mail.ts';
import { folders } from '../support/folders.ts';
import { scriptedEngine } from '../support/scripted-engine.ts';

const data = folders()();
const store = await openStore({ kind: 'sqlite', folder: data, engine: scriptedEngine() });
await store.close();
const database = new Libsql(join(data, 'signalbox.db'));

function planOf(text: string): string {
  const explained = database.prepare(`EXPLAIN QUERY PLAN ${text.replace(/\$(\d+)/g, '?$1')}`);
  return (explained.all([1, 1, 1, 1, 1, 1, 1, 1]) as { detail: string }[])
    .map(({ detail }) => detail)
    .join('\n');
}

describe('each need is one seek into its own index', () => {
  it.each([
    [lockOf, 'resource_lock'],
    [bundleOf, 'bundle'],
    [openOf, 'bundle'],
    [holders, 'lock_request_slot'],
    [front, 'lock_request_front'],
    [turned, 'lock_request_turned'],
    [group, 'lock_request_group'],
    [groupOfBranch, 'lock_request_group'],
    [barred, 'lock_request_barred'],
    [waiting, 'lock_request_line'],
    [expectedAhead, 'expected_ahead'],
    [expectedOf, 'expected'],
    [requestOf, 'job_request'],
    [waitingOf, 'job_request_run'],
    [fronts, 'job_request_front'],
    [dueMail, 'mail_of'],
    [readyAggregates, 'mail_due'],
  ])('$name', ({ text }, index) => {
    const plan = planOf(text);
    expect(plan).toContain(index);
    expect(plan).not.toMatch(
      /SCAN (r|b|lock_request|bundle|expected|job_request|resource_lock|mail)\b(?! USING)/,
    );
  });

  it.each([
    [bundleOf, 'run=? AND stage=? AND attempt=?'],
    [openOf, 'run=?'],
    [holders, 'lock=?'],
    [group, 'definition=?'],
    [groupOfBranch, 'branch=?'],
    [barred, 'definition=?'],
    [expectedAhead, 'definition=?'],
    [expectedOf, 'run=?'],
    [requestOf, 'run=?'],
    [waitingOf, 'run=?'],
    [dueMail, 'target=?'],
  ])(
    '$name seeks all that it knows (the open bundles of a run, read in a queue of 100,000)',
    ({ text }, seek) => {
      expect(planOf(text)).toContain(seek);
    },
  );

  it.each([front, turned, barred, waiting, expectedAhead])(
    '$name is read in its order, without sorting',
    ({ text }) => {
      expect(planOf(text)).not.toContain('ORDER BY');
    },
  );
});

describe('the oldest unfinished run of a definition', () => {
  it('reads one entry of the index of unfinished runs', () => {
    const plan = planOf(
      `SELECT doc FROM run WHERE project = $1 AND status <> 'completed' AND definition = $2
       ORDER BY queue_time, id LIMIT 1`,
    );
    expect(plan).toContain('run_open_definition');
    expect(plan).not.toContain('ORDER BY');
  });
});

/** The plans of all that a list of runs asks, on a file without statistics, as all files are at first. */
function plansOf(filter: RunFilter): string {
  // Only what builds queries is used: nothing of the list reads before its last step.
  const runner = { db: builderFor('sqlite') } as Runner;
  const work = listRuns(runner, 1, filter);
  const plans: string[] = [];
  for (let step = work.next(); !step.done; step = work.next(step.value.map(() => []))) {
    for (const { text } of step.value) plans.push(planOf(text));
  }
  return plans.join('\n');
}

describe('a list of runs', () => {
  const byOrder = ['queueTimeDescending', 'startTimeAscending', 'finishTimeDescending'] as const;
  const orders = {
    queueTimeDescending: 'queue_time',
    startTimeAscending: 'start_order',
    finishTimeDescending: 'finish_order',
  };
  it.each([
    ['of a result', { results: ['failed'] }, 'result=?'],
    ['of a reason', { reasons: ['schedule'] }, 'reason=?'],
    ['of a branch', { branch: 'refs/heads/main' }, 'branch=?'],
    ['of a person', { requestedFor: 'Ann' }, 'requested_for=?'],
    ['of a pipeline', { definitions: [3] }, 'definition=?'],
  ] as const)('%s is read in each order, without sorting', (_name, filter, seek) => {
    for (const order of byOrder) {
      const plan = plansOf({ ...filter, order });
      expect(plan).toContain(seek);
      expect(plan, orders[order]).not.toContain('ORDER BY');
    }
  });

  it.each([
    ['of a result of a pipeline', { definitions: [3], results: ['failed'] }, 'definition=? AND result=?'],
    ['of a branch of a pipeline', { definitions: [3], branch: 'a' }, 'definition=? AND branch=?'],
    ['of a tag', { tags: ['a'] }, 'folded=?'],
    ['of two tags', { tags: ['a', 'b'] }, 'run=? AND folded=?'],
  ] as const)('%s is read without sorting', (_name, filter, seek) => {
    const plan = plansOf(filter);
    expect(plan).toContain(seek);
    expect(plan).not.toContain('ORDER BY');
  });

  it.each([
    ['of ids', { ids: [1, 2] }, 'INTEGER PRIMARY KEY (rowid=?)'],
    ['of a number', { number: '7' }, 'number=?'],
    ['of a tag by start', { tags: ['a'], order: 'startTimeAscending' }, 'folded=?'],
    ['of open runs by end', { statuses: ['inProgress'], order: 'finishTimeAscending' }, 'run_open_project'],
  ] as const)('%s finds few and sorts them', (_name, filter, seek) => {
    expect(plansOf(filter as RunFilter)).toContain(seek);
  });
});
