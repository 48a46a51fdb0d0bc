import type { AgentId, Instant, PoolId } from '@signalbox/model';
import type { Handled, WorkingCopy } from '../aggregate.ts';
import { agentConnected, agentDeleted, agentEnabled, agentLeft, agentPolled } from './agents.ts';
import type { PoolEvent } from './events.ts';
import { EMPTY_POOL, type PoolRows } from './evolve.ts';
import { jobCanceled, jobOver, jobReady, jobWithdrawn } from './jobs.ts';
import { DEFAULT_LEASE_POLICY, type LeasePolicy } from './lease.ts';
import type { PoolMessage } from './messages.ts';
import { leaseDue, leaseRenewed, quarantineOver } from './renewal.ts';
import type { PoolAnswer, PoolChange, PoolNeed } from './rows.ts';
import { agentCapabilitiesSet, poolLimitSet, slotFreed } from './settings.ts';
import { emptySlice, needsOf, takeAnswer, withAnswer } from './slice.ts';
import { slotsFreed } from './slots-freed.ts';
import type { Turn } from './turn.ts';

/** A pool inside one unit of work. It sees every agent, but only the fronts of its queue. */
export function createPool(
  id: PoolId,
  policy: LeasePolicy = DEFAULT_LEASE_POLICY,
): WorkingCopy<PoolMessage, PoolEvent, PoolNeed, PoolAnswer, PoolChange> {
  const slice = emptySlice();
  let rows = EMPTY_POOL;
  let stored = EMPTY_POOL;
  return {
    handle(message: PoolMessage, now: Instant): Handled<PoolEvent, PoolNeed> {
      const needs = needsOf(message, rows, slice);
      if (needs.length > 0) return { kind: 'needs', needs };
      const turn: Turn = { rows, pool: id, policy, now, slice, events: [], mail: [], missing: [] };
      decide(turn, message);
      slotsFreed(turn, rows.agents);
      if (turn.missing.length > 0) return { kind: 'needs', needs: turn.missing };
      rows = turn.rows;
      const { events, mail, reply } = turn;
      const outcome = { events, mail, effects: [], ...(reply === undefined ? {} : { reply }) };
      return { kind: 'decided', outcome, births: [] };
    },
    supply(answers: readonly PoolAnswer[]): void {
      for (const answer of answers) {
        const fresh = takeAnswer(slice, answer);
        rows = withAnswer(rows, answer, fresh);
        stored = withAnswer(stored, answer, fresh);
      }
    },
    changes: () => changesOf(rows, stored),
  };
}

function decide(turn: Turn, message: PoolMessage): void {
  if ('agent' in message) return decideAgent(turn, message);
  switch (message.type) {
    case 'JobReady':
      return jobReady(turn, message);
    case 'JobWithdrawn':
      return jobWithdrawn(turn, message);
    case 'JobCanceled':
      return jobCanceled(turn, message);
    case 'JobOver':
      return jobOver(turn, message);
    case 'LeaseRenewed':
      return leaseRenewed(turn, message);
    case 'LeaseDue':
      return leaseDue(turn, message);
    case 'QuarantineOver':
      return quarantineOver(turn, message);
    case 'AgentConnected':
      return agentConnected(turn, message);
    case 'PoolLimitSet':
      return poolLimitSet(turn, message);
    case 'SlotFreed':
      return slotFreed(turn);
  }
}

function decideAgent(turn: Turn, message: Extract<PoolMessage, { readonly agent: AgentId }>): void {
  switch (message.type) {
    case 'AgentPolled':
      return agentPolled(turn, message);
    case 'AgentLeft':
      return agentLeft(turn, message);
    case 'AgentEnabled':
      return agentEnabled(turn, message);
    case 'AgentCapabilitiesSet':
      return agentCapabilitiesSet(turn, message);
    case 'AgentDeleted':
      return agentDeleted(turn, message);
  }
}

/** The rows that are not what the store gave: the header, then agents and requests by id. */
function changesOf(rows: PoolRows, stored: PoolRows): readonly PoolChange[] {
  const header: readonly PoolChange[] =
    rows.header === stored.header ? [] : [{ table: 'header', row: rows.header }];
  const agents = changedIds(rows.agents, stored.agents).map((id): PoolChange => ({
    table: 'agent',
    row: rows.agents.get(id),
    id,
  }));
  const requests = changedIds(rows.requests, stored.requests).flatMap((id): readonly PoolChange[] => {
    const row = rows.requests.get(id);
    return row === undefined ? [] : [{ table: 'request', row }];
  });
  return [...header, ...agents, ...requests];
}

function changedIds<T>(rows: ReadonlyMap<number, T>, stored: ReadonlyMap<number, T>): readonly number[] {
  const ids = new Set([...rows.keys(), ...stored.keys()]);
  return [...ids].filter((id) => rows.get(id) !== stored.get(id)).toSorted((a, b) => a - b);
}
