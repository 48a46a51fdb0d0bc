import type { NewFreeze } from '@signalbox/api';

const HOUR = 3_600_000;

/** The ends that a freeze can be given on the page; without hours somebody has to end it. */
export const FREEZE_ENDS: readonly { readonly hours: string; readonly label: string }[] = [
  { hours: '', label: 'somebody ends it' },
  { hours: '1', label: 'in 1 hour' },
  { hours: '4', label: 'in 4 hours' },
  { hours: '12', label: 'in 12 hours' },
  { hours: '24', label: 'in 1 day' },
  { hours: '168', label: 'in 1 week' },
];

/** What the form of a freeze holds, as it was typed. */
export interface FreezeFields {
  readonly reason: string;
  readonly hours: string;
  readonly exempt: string;
}

/** The freeze that a form asks for; branches without `refs/` are meant as branches. */
export function newFreeze({ reason, hours, exempt }: FreezeFields, now: number): NewFreeze {
  const branches = exempt.split(/[\s,]+/).filter(Boolean);
  return {
    reason: reason.trim(),
    ...(hours !== '' && { until: new Date(now + Number(hours) * HOUR).toISOString() }),
    ...(branches.length > 0 && { exempt: branches.map(fullName) }),
  };
}

function fullName(branch: string): string {
  return branch.startsWith('refs/') || branch === '*' ? branch : `refs/heads/${branch}`;
}
