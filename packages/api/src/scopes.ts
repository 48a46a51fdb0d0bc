import type { Permission } from './routes/route.ts';

const READ: readonly Permission[] = ['read', 'readRuns', 'readLogs'];
const LOCKS: readonly Permission[] = [...READ, 'holdRequests', 'withdrawRequests', 'leaseLocks'];

/**
 * What personal access tokens are limited to, and the permissions that each word leaves. Words that begin with `vso.`
 * mean what they mean in Azure DevOps; words of it that would give more here than they say are not taken.
 */
export const SCOPES: Readonly<Record<string, readonly Permission[]>> = {
  'vso.profile': [],
  'vso.project': ['readRuns'],
  'vso.project_manage': ['read', 'readRuns', 'manageProjects'],
  'vso.build': READ,
  'vso.build_execute': [
    ...READ,
    'queueRuns',
    'keepRuns',
    'editDefinitions',
    'holdRequests',
    'withdrawRequests',
    'operateChecks',
  ],
  'vso.agentpools': ['read'],
  'vso.agentpools_manage': ['read', 'managePools'],
  'vso.environment_manage': ['read', 'readRuns', 'editEnvironments', 'administerResources'],
  'signalbox.approvals': [...READ, 'decideApprovals'],
  'signalbox.library': ['read', 'readRuns', 'manageLibrary'],
  'signalbox.locks': LOCKS,
  'signalbox.locks_manage': [
    ...LOCKS,
    'manageLocks',
    'moveRequests',
    'forceGrants',
    'forceReleases',
    'acknowledgeFailures',
    'freezeLocks',
    'readAudit',
  ],
  'signalbox.metrics': ['readMetrics'],
};

/** The word for no limit: whatever the user may. `app_token` is what Azure DevOps calls it. */
export const FULL_ACCESS = 'full';

/** A scope in its own letter case; undefined when there is none of the name. */
export function scopeNamed(text: string): string | undefined {
  const folded = text.trim().toLowerCase();
  if (folded === FULL_ACCESS || folded === 'app_token') return FULL_ACCESS;
  return Object.hasOwn(SCOPES, folded) ? folded : undefined;
}
