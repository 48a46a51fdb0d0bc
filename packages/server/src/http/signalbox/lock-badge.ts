import type { LockRow } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import type { Ask } from '../ask.ts';
import { sendPicture, visibleProject } from '../build/badges.ts';
import { badgeSvg, type BadgeText } from '../shape/badge.ts';
import { findLock } from './find-lock.ts';

/** How a lock is, as a picture for a README: free, held, held with so many waiting, closed. */
export async function lockBadge(ask: Ask): Promise<undefined> {
  const project = await visibleProject(ask);
  const lock = await findLock(ask, project);
  const label = ask.query.text('label', 100) ?? lock.name;
  return sendPicture(ask, badgeSvg(label, await textOf(ask, project, lock)));
}

async function textOf({ app: { store } }: Ask, project: ProjectRow, lock: LockRow): Promise<BadgeText> {
  if (!lock.enabled) return { text: 'off', colour: '#616161' };
  if (lock.freeze !== undefined) return { text: 'frozen', colour: '#1565c0' };
  const holders = await store.locks.holders(project.id, lock.id);
  const waiting = await store.locks.waiting(project.id, lock.id);
  const line = waiting === 0 ? '' : `, ${waiting} waiting`;
  if (holders.length === 0) return { text: `free${line}`, colour: '#2e7d32' };
  return { text: `held${line}`, colour: waiting === 0 ? '#616161' : '#b26a00' };
}
