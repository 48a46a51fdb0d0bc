import type { LockPatch } from '@signalbox/api';
import { policyResourceKey, type LockWish, type PolicyResource } from '@signalbox/compiler';
import { DEFAULT_LOCK_POLICY, SETTING_NAMES, sameSetting, settingText } from '@signalbox/model';
import type { ServerLock } from './server-locks.ts';
import type { WantedLock } from './wanted-locks.ts';

type Value = string | number | boolean;

/** One setting that is not on the server as the file wants it. */
export interface Difference {
  /** As `lockName` says it. */
  readonly lock: string;
  /** A setting, `enabled`, or `lock` for a lock that is not there yet. */
  readonly setting: string;
  /** On the server; null where there is no lock. */
  readonly from: Value | null;
  readonly to: Value;
}

/** What to do about one lock of the file. */
export interface LockChange {
  readonly wanted: WantedLock;
  /** Absent for a lock that is not there yet. */
  readonly id?: number;
  /** What to send: the settings that differ, from the defaults for a new lock. */
  readonly patch: LockPatch;
  readonly differences: readonly Difference[];
}

/** A file beside the locks of a server. */
export interface Comparison {
  /** In the order of the file; locks that are as they should be are left out. */
  readonly changes: readonly LockChange[];
  /** Locks that the file does not name, and that nothing happens to. */
  readonly unnamed: readonly PolicyResource[];
}

/** What would have to change on the server for it to be as the file says. */
export function compare(wanted: readonly WantedLock[], present: readonly ServerLock[]): Comparison {
  const there = new Map(present.map((one) => [policyResourceKey(one.resource), one]));
  const named = new Set(wanted.map(({ resource }) => policyResourceKey(resource)));
  return {
    changes: wanted
      .map((lock) => changeOf(lock, there.get(policyResourceKey(lock.resource))))
      .filter(({ differences }) => differences.length > 0),
    unnamed: present.map(({ resource }) => resource).filter((one) => !named.has(policyResourceKey(one))),
  };
}

/** How a lock is called in listings: `environment production`. */
export function lockName({ kind, name }: PolicyResource): string {
  return `${kind} ${name}`;
}

function changeOf(wanted: WantedLock, present: ServerLock | undefined): LockChange {
  const lock = lockName(wanted.resource);
  const before: Omit<LockWish, 'resource'> = present?.lock ?? { policy: DEFAULT_LOCK_POLICY, enabled: true };
  const settings = SETTING_NAMES.filter((name) => !sameSetting(name, before.policy, wanted.policy));
  const isTurned = before.enabled !== wanted.enabled;
  const patch = Object.fromEntries([
    ...(isTurned ? [['enabled', wanted.enabled]] : []),
    ...settings.map((name) => [name, wanted.policy[name]]),
  ]) as LockPatch;
  const changed = [
    ...(isTurned ? [{ setting: 'enabled', from: before.enabled, to: wanted.enabled }] : []),
    ...settings.map((setting) => ({
      setting,
      from: settingText(setting, before.policy),
      to: settingText(setting, wanted.policy),
    })),
  ];
  const rows = changed.map((one) => ({ lock, ...one }));
  if (present !== undefined) return { wanted, id: present.lock.id, patch, differences: rows };
  const made = { lock, setting: 'lock', from: null, to: 'new' };
  return { wanted, patch, differences: [made, ...rows.map((row) => ({ ...row, from: null }))] };
}
