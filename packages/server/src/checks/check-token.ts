import type { Instant, ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { checkScope } from '../auth/principal.ts';
import { hashOf, newSecret } from '../auth/secret.ts';
import { CHECK_TOKEN_MS } from '../limits.ts';
import type { CheckPlace } from './check-place.ts';

/** A token of one check run, whose secret only the service that is asked gets to see. */
export interface CheckToken {
  readonly id: number;
  readonly secret: string;
}

/**
 * `System.AccessToken` of a check: it reads the runs of its project, and answers for its own check run and writes its
 * log, for 48 hours (HOOK-8). Only its hash is kept.
 */
export async function createCheckToken(
  store: Store,
  of: {
    readonly project: ProjectId;
    readonly place: CheckPlace;
    readonly stage: string;
    readonly now: Instant;
  },
): Promise<CheckToken> {
  const { project, place, stage, now } = of;
  const secret = newSecret();
  const { id } = await store.tokens.create({
    hash: hashOf(secret),
    name: `check ${place.check} of stage ${stage} of run ${place.run}`.slice(0, 200),
    scope: checkScope(place),
    project,
    expiresAt: now + CHECK_TOKEN_MS,
  });
  return { id, secret };
}
