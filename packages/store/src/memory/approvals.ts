import type { ApprovalRow } from '@signalbox/engine';
import type { Approvals } from '../port/checks.ts';
import type { Tables } from './tables.ts';

/** The approvals that runs have asked for, in memory. */
export function approvals(tables: Tables): Approvals {
  return {
    list: async (project, { open, limit }) =>
      [...tables.approvals.values()]
        .filter((row) => row.project === project && (!open || row.status === 'running'))
        .sort((a, b) => compareNewestFirst(a, b))
        .slice(0, limit),
  };
}

function compareNewestFirst(a: ApprovalRow, b: ApprovalRow): number {
  return b.createdAt - a.createdAt || b.run - a.run || b.check - a.check;
}
