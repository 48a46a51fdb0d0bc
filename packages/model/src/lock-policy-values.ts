import type { Lane } from './lock-lane.ts';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from './lock-policy.ts';
import { LOCK_SETTINGS } from './lock-policy-settings.ts';
import { spanText, type LockSpan } from './lock-span.ts';

/** The name of every setting of a lock: the words and numbers in their order, then those of a shape of their own. */
export const SETTING_NAMES: readonly (keyof LockPolicy)[] = [
  ...new Set([
    ...LOCK_SETTINGS.map(({ name }) => name),
    ...(Object.keys(DEFAULT_LOCK_POLICY) as readonly (keyof LockPolicy)[]),
  ]),
];

/** Whether a setting has the same value in both policies; the order of a span's pipelines says nothing. */
export function sameSetting(name: keyof LockPolicy, a: LockPolicy, b: LockPolicy): boolean {
  return canonical(a[name]) === canonical(b[name]);
}

/** A setting as one line says it: `2`, `through shop: Verify`, `hotfix=refs/heads/hotfix/*:60`. */
export function settingText(name: keyof LockPolicy, policy: LockPolicy): string | number {
  const value = policy[name];
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(laneText).join(' ');
  return typeof value === 'object' ? spanText(value as LockSpan) : value;
}

function laneText({ name, branches, headStartMinutes }: Lane): string {
  return `${name}=${branches.join(',')}:${headStartMinutes}`;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
