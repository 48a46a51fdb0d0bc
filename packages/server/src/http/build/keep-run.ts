import type { RunState } from '@signalbox/engine';
import { callerName } from '../../auth/principal.ts';
import { DAY_MS, KEPT_DAYS } from '../../limits.ts';
import type { Ask } from '../ask.ts';

/** Leases of people begin so; those of programs have other words. */
const BY_PEOPLE = 'User:';

/** The owner of a lease of a person: `User:ann`. */
export function ownerOfPerson(name: string): string {
  return name.startsWith(BY_PEOPLE) ? name : BY_PEOPLE + name;
}

/** `keepForever` of a run: true leases it in the caller's name, false ends the leases of people (REST.md §3.3). */
export async function keepForever(ask: Ask, run: RunState, keep: boolean): Promise<void> {
  const { runLeases } = ask.app.store;
  const all = await runLeases.list(run.project, { run: run.id });
  const ofPeople = all.filter(({ owner }) => owner.startsWith(BY_PEOPLE)).map(({ id }) => id);
  if (!keep) return runLeases.remove(run.project, ofPeople);
  const owner = ownerOfPerson(callerName(ask));
  if (all.some((lease) => lease.owner === owner)) return;
  const lease = { run: run.id, definition: run.definition.id, owner, protectPipeline: false };
  await runLeases.add(run.project, [{ ...lease, validUntil: ask.now + KEPT_DAYS * DAY_MS }]);
}
