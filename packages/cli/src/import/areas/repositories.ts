import { ROUTES, type Route } from '@signalbox/api';
import type { Area, Thing } from '../area.ts';
import { recordOf, textOf } from '../json.ts';
import type { Side } from '../side.ts';

/** Where Azure lists the repositories of a project; we have no such route. */
const GIT_REPOSITORIES: Route = {
  method: 'GET',
  scope: 'project',
  path: '/_apis/git/repositories',
  permission: 'read',
  summary: 'The repositories of a project.',
};

/** What pipelines of the project may name in `resources.repositories`: addresses, not contents. */
export const repositoryArea: Area = {
  name: 'repository',
  read,
  async create({ remote, project }, { name, body }) {
    await remote.json(ROUTES.addRepository, { path: { project }, body: { name, url: body['url'] } });
  },
};

async function read(side: Side): Promise<readonly Thing[]> {
  const { remote, project, isSignalbox } = side;
  const route = isSignalbox ? ROUTES.listRepositories : GIT_REPOSITORIES;
  const all = await remote.all(route, { path: { project } });
  return all.map(recordOf).flatMap((one) => {
    const name = textOf(one['name']);
    const url = textOf(one['remoteUrl']) || textOf(one['url']);
    const what = `The server reads ${url} with the credentials of its own machine.`;
    const mend = 'See that git on that machine may fetch it: git ls-remote URL, as the user of the server.';
    if (name === '' || one['isDisabled'] === true) return [];
    return [
      {
        name,
        id: textOf(one['id']) || name,
        body: { url },
        whenMade: [{ code: 'repository-access' as const, what, mend }],
      },
    ];
  });
}
