import type { Route } from './route.ts';

/** Names of the routes of operators: what people do to the queue by hand. */
export type OperatorRoute =
  | 'runLockRequests'
  | 'holdRequest'
  | 'unholdRequest'
  | 'moveRequest'
  | 'withdrawRequest'
  | 'forceGrant'
  | 'acknowledgeFailure'
  | 'forceRelease'
  | 'freezeLock'
  | 'unfreezeLock'
  | 'forceCancel';

const OWN = '/_apis/signalbox';
const LOCK = `${OWN}/locks/:lockId`;
/** All the lock requests of one stage attempt; an operator always acts on all of them. */
const BUNDLE = `${OWN}/bundles/:bundleId`;

/** Acts of operators (QUEUEING §3, INV-09): each takes a `reason`, which stands in the journal. */
export const OPERATOR_ROUTES: Readonly<Record<OperatorRoute, Route>> = {
  runLockRequests: {
    method: 'GET',
    scope: 'project',
    path: `${OWN}/runs/:runId/lockrequests`,
    permission: 'readRuns',
    summary: 'The lock requests of a run, those that are over among them.',
  },
  holdRequest: {
    method: 'POST',
    scope: 'project',
    path: `${BUNDLE}/hold`,
    permission: 'holdRequests',
    summary: 'Takes a waiting stage out of its turn; it keeps its place. Body: `reason`.',
  },
  unholdRequest: {
    method: 'POST',
    scope: 'project',
    path: `${BUNDLE}/unhold`,
    permission: 'holdRequests',
    summary: 'Lets a held stage take its turn again. Body: `reason`.',
  },
  moveRequest: {
    method: 'POST',
    scope: 'project',
    path: `${BUNDLE}/move`,
    permission: 'moveRequests',
    summary: 'Gives a waiting stage another place. Body: `reason`, and `before` or `after` with a bundle.',
  },
  withdrawRequest: {
    method: 'POST',
    scope: 'project',
    path: `${BUNDLE}/withdraw`,
    permission: 'withdrawRequests',
    summary: 'Ends the waiting of a stage; the stage is canceled. Body: `reason`.',
  },
  forceGrant: {
    method: 'POST',
    scope: 'project',
    path: `${BUNDLE}/forcegrant`,
    permission: 'forceGrants',
    summary: 'Grants to a waiting stage as soon as there is a slot, past all else. Body: `reason`.',
  },
  acknowledgeFailure: {
    method: 'POST',
    scope: 'project',
    path: `${BUNDLE}/acknowledge`,
    permission: 'acknowledgeFailures',
    summary: 'Frees the locks that are kept for a failed stage. Body: `reason`.',
  },
  forceRelease: {
    method: 'POST',
    scope: 'project',
    path: `${BUNDLE}/forcerelease`,
    permission: 'forceReleases',
    summary: 'Takes the locks from a quarantined or draining holder; burns its tokens. Body: `reason`.',
  },
  freezeLock: {
    method: 'POST',
    scope: 'project',
    path: `${LOCK}/freeze`,
    permission: 'freezeLocks',
    summary: 'Grants the lock to nobody. Body: `reason`, and if wanted `until`, and branches in `exempt`.',
  },
  unfreezeLock: {
    method: 'POST',
    scope: 'project',
    path: `${LOCK}/unfreeze`,
    permission: 'freezeLocks',
    summary: 'Ends a freeze. Body: `reason`.',
  },
  forceCancel: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/runs/:runId/forcecancel`,
    permission: 'forceCancels',
    summary:
      'Ends a run, or one stage of it, at once: without clean-up, past conditions and `cancel: afterStage`. Body: `reason`, and if wanted `stage`.',
  },
};
