import { randomUUID } from 'node:crypto';
import type { LockRow, ResourceKey } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { problemCode } from '../../refusals.ts';
import type { Ask } from '../ask.ts';
import { Problem } from '../problem.ts';

/** How a lock is to be. */
export interface LockConfiguration {
  readonly resource: ResourceKey;
  readonly name: string;
  readonly policy: LockPolicy;
  readonly enabled: boolean;
}

/** Creates or changes a lock by a command; a refusal of the engine becomes a 400 with its code. */
export async function configureLock(
  ask: Ask,
  project: ProjectRow,
  lock: LockConfiguration,
): Promise<LockRow> {
  const { store } = ask.app;
  const by = callerName(ask);
  const body = { type: 'ConfigureLock', ...lock, by } as const;
  const reply = await store.inbox.execute(
    { to: { kind: 'interlocking', id: project.id }, body },
    randomUUID(),
  );
  if (!reply.ok)
    throw new Problem(400, 'InvalidRequestException', reply.refusal.message, {
      code: problemCode(reply.refusal.code),
    });
  const row = await store.locks.find(project.id, lock.resource);
  if (row === undefined) throw new Error('A configured lock is not there.');
  return row;
}
