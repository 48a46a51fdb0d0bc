import type {
  AgentRow,
  BundleRow,
  DeployedRow,
  ExpectedRow,
  JobRequestRow,
  LockRow,
  PoolChange,
  RunState,
} from '@signalbox/engine';
import type { Address, InterlockingChange, RunChange, TriggerChange } from '@signalbox/engine';
import { fold, type ProjectId } from '@signalbox/model';
import { instanceText } from '../instance-text.ts';
import { placesEndedAt, requestState } from '../request-state.ts';
import { NOT_YET } from '../run-order.ts';
import type { Change } from '../unit/decide.ts';
import {
  deleteExpected,
  saveBundle,
  saveDeployed,
  saveExpected,
  saveHeader,
  saveLock,
} from './hot/interlocking.ts';
import { saveLockRequest } from './hot/lock-request.ts';
import { deleteAgent, saveAgent, saveJobRequest, savePoolHeader } from './hot/pool.ts';
import { renumberRun, saveApproval, updateRun } from './hot/run.ts';
import { saveCounter, saveLastRun, saveRevision, saveTriggerHeader } from './hot/trigger.ts';
import { call, type Call, type Param } from './work.ts';

/** The calls that write an aggregate's changed rows, in an order in which no constraint is broken on the way. */
export function writesOf(address: Address, changes: readonly Change[]): Call[] {
  switch (address.kind) {
    case 'run':
      return (changes as readonly RunChange[]).map(runWrite);
    case 'interlocking':
      return interlockingWrites(address.id, changes as readonly InterlockingChange[]);
    case 'pool':
      return poolWrites(address.id, changes as readonly PoolChange[]);
    case 'trigger':
      return (changes as readonly TriggerChange[]).map((change) => triggerWrite(address.id, change));
  }
}

function runWrite(change: RunChange): Call {
  if (change.table === 'run') return call(updateRun, change.row.id, ...runColumns(change.row));
  if (change.table === 'number') return call(renumberRun, change.row.id, fold(change.row.number));
  const { run, stage, attempt, check, project, status, createdAt } = change.row;
  return call(saveApproval, run, fold(stage), attempt, check, project, stage, status, createdAt);
}

/** The columns of a run that change with its state. */
export function runColumns(row: RunState): Param[] {
  return [
    row.status,
    row.result ?? null,
    row.startTime ?? NOT_YET,
    row.finishTime ?? NOT_YET,
    JSON.stringify(row),
  ];
}

/** Locks and bundles before the requests that refer to them; slots are given up before they are taken. */
function interlockingWrites(project: ProjectId, changes: readonly InterlockingChange[]): Call[] {
  const first: Call[] = [];
  const bundles: BundleRow[] = [];
  const deployed: Call[] = [];
  for (const change of changes) {
    switch (change.table) {
      case 'header':
        first.push(call(saveHeader, project, JSON.stringify(change.row)));
        break;
      case 'lock':
        first.push(lockWrite(project, change.row));
        break;
      case 'bundle':
        bundles.push(change.row);
        break;
      case 'deployed':
        deployed.push(deployedWrite(project, change.row));
        break;
      case 'expected': {
        const { resource, stage, run, definition, runQueueTime, branch } = change.key;
        const key = [project, run, stage, resource.type, resource.id];
        first.push(
          change.row === undefined
            ? call(deleteExpected, ...key)
            : call(saveExpected, ...key, definition, runQueueTime, branch, ...awaitedColumns(change.row)),
        );
        break;
      }
    }
  }
  const taking = bundles.filter((bundle) => requestState(bundle) === 'inUse');
  const others = bundles.filter((bundle) => requestState(bundle) !== 'inUse');
  return [
    ...first,
    ...deployed,
    ...bundles.map((bundle) => bundleWrite(project, bundle)),
    ...[...others, ...taking].flatMap((bundle) => requestWrites(project, bundle)),
  ];
}

function awaitedColumns({ awaitedSince, lapsed }: ExpectedRow): Param[] {
  return [awaitedSince ?? null, lapsed ? 1 : 0];
}

function lockWrite(project: ProjectId, row: LockRow): Call {
  const { type, id } = row.resource;
  return call(saveLock, project, row.id, type, id, row.lastToken, JSON.stringify(row));
}

function bundleWrite(project: ProjectId, row: BundleRow): Call {
  const { run, stage, attempt } = row.requester;
  return call(saveBundle, project, row.id, run, fold(stage), attempt, row.status, JSON.stringify(row));
}

function deployedWrite(project: ProjectId, row: DeployedRow): Call {
  return call(saveDeployed, project, row.lock, row.definition, JSON.stringify(row));
}

function requestWrites(project: ProjectId, row: BundleRow): Call[] {
  const { definition, branch, stage, runQueueTime, run } = row.requester;
  const state = requestState(row);
  return row.requests.map((request) =>
    call(
      saveLockRequest,
      project,
      request.lock,
      row.id,
      state,
      row.eligible ? 1 : 0,
      row.turn,
      row.order,
      request.slot ?? null,
      request.token ?? null,
      placesEndedAt(row) ?? null,
      definition,
      branch,
      fold(stage),
      runQueueTime,
      run,
    ),
  );
}

/** Requests that leave an agent before those that take one. */
function poolWrites(pool: number, changes: readonly PoolChange[]): Call[] {
  const early: Call[] = [];
  const late: Call[] = [];
  for (const change of changes) {
    switch (change.table) {
      case 'header':
        early.push(call(savePoolHeader, pool, JSON.stringify(change.row)));
        break;
      case 'agent':
        early.push(
          change.row === undefined ? call(deleteAgent, pool, change.id) : agentWrite(pool, change.row),
        );
        break;
      case 'request':
        (change.row.state.phase === 'assigned' ? late : early).push(jobRequestWrite(pool, change.row));
        break;
    }
  }
  return [...early, ...late];
}

function agentWrite(pool: number, row: AgentRow): Call {
  return call(saveAgent, pool, row.id, row.name, JSON.stringify(row));
}

function jobRequestWrite(pool: number, row: JobRequestRow): Call {
  const { state } = row;
  const agent = state.phase === 'waiting' ? undefined : state.agent;
  const lease = state.phase === 'assigned' || state.phase === 'quarantined' ? state.lease : undefined;
  return call(
    saveJobRequest,
    pool,
    row.id,
    state.phase,
    agent ?? null,
    lease ?? null,
    JSON.stringify(row),
    row.run,
    instanceText(row.instance),
    row.demandKey,
    row.readyAt,
  );
}

function triggerWrite(project: ProjectId, change: TriggerChange): Call {
  switch (change.table) {
    case 'header':
      return call(saveTriggerHeader, project, JSON.stringify(change.row));
    case 'lastRun':
      return call(saveLastRun, change.row);
    case 'revision':
      return call(saveRevision, change.row.definition, change.row.key, change.row.value);
    case 'counter':
      return call(saveCounter, change.row.definition, change.row.prefix, change.row.value);
  }
}
