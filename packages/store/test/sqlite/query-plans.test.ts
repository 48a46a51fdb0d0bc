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
