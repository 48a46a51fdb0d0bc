import type { WireBounded, WireRetention } from '@signalbox/api';
import { DAY_MS, KEPT_DAYS } from '../../limits.ts';
import { changeRetention, retentionOf, type Retention } from '../../work/retention.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';

/** For how long the runs of a project are kept (REST.md §3.3). */
export const retentionHandlers: Handlers<'getRetention' | 'updateRetention'> = {
  async getRetention(ask) {
    const project = await ask.project();
    return wireRetention(ask, await retentionOf(ask.app.store, project.id));
  },
  updateRetention: async (ask) => update(ask),
};

async function update(ask: Ask): Promise<WireRetention> {
  const project = await ask.project();
  const body = ask.body();
  if (body.has('artifactsRetention')) {
    throw badRequest('Artifacts are kept as long as their runs; the server is started with another age.');
  }
  const runDays = valueOf(body, 'runRetention', [1, KEPT_DAYS]);
  const pullRequestDays = valueOf(body, 'pullRequestRunRetention', [1, KEPT_DAYS]);
  const perBranch = valueOf(body, 'retainRunsPerProtectedBranch', [0, PER_BRANCH]);
  return wireRetention(
    ask,
    await changeRetention(ask.app.store, project.id, {
      ...(runDays !== undefined && { runDays }),
      ...(pullRequestDays !== undefined && { pullRequestDays }),
      ...(perBranch !== undefined && { perBranch }),
    }),
  );
}

/** Most runs that are kept of a branch whatever their age. */
const PER_BRANCH = 50;

function valueOf(
  body: Fields,
  name: string,
  [min, max]: readonly [min: number, max: number],
): number | undefined {
  const value = body.object(name).number('value');
  if (value === undefined || (value >= min && value <= max)) return value;
  throw badRequest(`"${name}.value" must be ${min} to ${max}.`);
}

function wireRetention({ app }: Ask, { runDays, pullRequestDays, perBranch }: Retention): WireRetention {
  const days = (value: number): WireBounded => ({ min: 1, max: KEPT_DAYS, value });
  const artifactDays = app.artifactAge === undefined ? KEPT_DAYS : Math.ceil(app.artifactAge / DAY_MS);
  return {
    purgeArtifacts: days(artifactDays),
    purgePullRequestRuns: days(pullRequestDays),
    purgeRuns: days(runDays),
    retainRunsPerProtectedBranch: { min: 0, max: PER_BRANCH, value: perBranch },
  };
}
