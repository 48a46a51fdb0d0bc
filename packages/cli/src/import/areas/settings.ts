import { ROUTES } from '@signalbox/api';
import type { Area, Thing } from '../area.ts';
import { differences } from '../compare.ts';
import { recordOf } from '../json.ts';
import { PREVIEW } from '../remote.ts';
import type { Side } from '../side.ts';

/** What is written of how long runs are kept: our name in requests, and theirs in answers. */
const RETENTION = {
  runRetention: 'purgeRuns',
  pullRequestRunRetention: 'purgePullRequestRuns',
  retainRunsPerProtectedBranch: 'retainRunsPerProtectedBranch',
} as const;

/** The pipeline settings of the project. Every project has all of them, so only one that is new is given them. */
export const settingArea: Area = {
  name: 'setting',
  read,
  async twins(target, wanted) {
    const here = await read(target);
    if (!target.isNew) return here;
    return here.filter((one) => {
      const there = wanted.find(({ name }) => name === one.name);
      return there !== undefined && differences(there.body, one.body).length === 0;
    });
  },
  create,
};

async function read({ remote, project }: Side): Promise<readonly Thing[]> {
  const path = { project };
  const kept = recordOf(await remote.json(ROUTES.getRetention, { path, version: PREVIEW }));
  const general = recordOf(await remote.json(ROUTES.getGeneralSettings, { path, version: PREVIEW }));
  const retention = Object.entries(RETENTION).map(([name, field]) => ({
    name,
    id: name,
    body: { value: recordOf(kept[field])['value'] },
  }));
  const switches = Object.entries(general).flatMap(([name, value]) =>
    typeof value === 'boolean' ? [{ name, id: name, body: { value } }] : [],
  );
  return [...retention.filter(({ body }) => typeof body.value === 'number'), ...switches];
}

async function create({ remote, project }: Side, { name, body }: Thing): Promise<void> {
  const value = body['value'];
  const path = { project };
  if (name in RETENTION) await remote.json(ROUTES.updateRetention, { path, body: { [name]: { value } } });
  else await remote.json(ROUTES.updateGeneralSettings, { path, body: { [name]: value } });
}
