import {
  earlierAttempts,
  isApproval,
  type ApprovalRow,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import type { ProjectRow, Store } from '@signalbox/store';
import type { FoundApproval } from '../shape/approval.ts';
import { approvalKey, keyOfRow, type ApprovalKey } from './approval-id.ts';

/** The approval of a GUID, also of an earlier attempt of its stage; undefined when the project has none such. */
export async function findApproval(
  store: Store,
  project: ProjectRow,
  guid: string,
): Promise<FoundApproval | undefined> {
  const key = approvalKey(guid);
  return key === undefined ? undefined : load(store, project, key);
}

/** The approvals that a list names, in its order. */
export async function loadApprovals(
  store: Store,
  project: ProjectRow,
  rows: readonly ApprovalRow[],
): Promise<readonly FoundApproval[]> {
  const found: FoundApproval[] = [];
  for (const row of rows) {
    const run = await store.runs.get(row.run);
    const one = run === undefined ? undefined : await load(store, project, keyOfRow(row, run));
    if (one !== undefined) found.push(one);
  }
  return found;
}

async function load(store: Store, project: ProjectRow, key: ApprovalKey): Promise<FoundApproval | undefined> {
  const run = await store.runs.get(key.run);
  const latest = run?.project === project.id ? run.stages[key.stage] : undefined;
  const stage = run && latest && attemptOf(run, latest, key.attempt);
  const check = stage?.checkpoint?.checks[key.check - 1];
  return run === undefined || stage === undefined || check === undefined || !isApproval(check)
    ? undefined
    : { key, run, stage, check };
}

function attemptOf(run: RunState, latest: StageState, attempt: number): StageState | undefined {
  if (latest.attempt === attempt) return latest;
  return earlierAttempts(run, latest.name).find((earlier) => earlier.attempt === attempt);
}
