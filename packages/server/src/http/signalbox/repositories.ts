import type { Collection, RepositoryView } from '@signalbox/api';
import { withoutPassword } from '../../git/git-program.ts';
import type { KnownRepository } from '../../work/known-repositories.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';

/** What pipelines of a project may name in `resources.repositories`. */
export const repositoryHandlers: Handlers<'listRepositories' | 'addRepository' | 'removeRepository'> = {
  listRepositories: async (ask) => listRepositories(ask),
  addRepository: async (ask) => addRepository(ask),
  removeRepository: async (ask) => removeRepository(ask),
};

async function listRepositories(ask: Ask): Promise<Collection<RepositoryView>> {
  return collection((await ask.app.known.list(await ask.project())).map(view));
}

async function addRepository(ask: Ask): Promise<RepositoryView> {
  const project = await ask.project();
  const body = ask.body();
  const repository = { name: readName(body.text('name', 256)), url: body.text('url', 2048) ?? '' };
  await ask.app.repositories.check(repository.url);
  if (!(await ask.app.known.add(project, repository))) {
    const message = `The project has a repository ${repository.name} already. Remove it first.`;
    throw conflict('RepositoryExistsException', message);
  }
  return view(repository);
}

/** A name as files write it: one part, or two with a slash between (RSRC-5). */
function readName(name: string | undefined): string {
  const trimmed = name?.trim() ?? '';
  if (/^[\p{L}\p{N}_][^\p{Cc}/\\:@]*(?:\/[\p{L}\p{N}_][^\p{Cc}/\\:@]*)?$/u.test(trimmed)) return trimmed;
  throw badRequest('"name" is the name that files give the repository, as in "tools" or "Shop/tools".');
}

async function removeRepository(ask: Ask): Promise<undefined> {
  const name = ask.param('repositoryName');
  if (!(await ask.app.known.remove(await ask.project(), name)))
    throw notFound('Repository', `The repository ${name.slice(0, 256)}`);
  await ask.reply.code(204).send();
  return undefined;
}

function view({ name, url }: KnownRepository): RepositoryView {
  return { name, url: withoutPassword(url) };
}
