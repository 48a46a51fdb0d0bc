import type { Client } from '@signalbox/api';
import type { Plan, RepositoryPlan } from '@signalbox/model';
import { EXIT, CliError } from '../exit-codes.ts';
import { git } from '../git.ts';
import { checkedFolder } from '../local/pipeline-finder.ts';
import { snapshot, type Snapshot } from '../snapshot.ts';

/** In place of a branch (RSRC-5). */
const COMMIT = /^[\da-f]{40}$/i;

/** Folders as repositories that a plan declares. */
export interface DeclaredRepositories {
  /** Their addresses, with the commit that each has: it stands in for the one that a file asks for by its id. */
  readonly commits: Readonly<Record<string, string>>;
  /** Makes them known to the server of the run. */
  register(client: Client, project: string): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Takes the folders that `--repository` gave as they are on disk, whatever branch, tag or commit the file asks for.
 * One that the file does not declare is a mistake on the command line.
 */
export async function declaredRepositories(
  plan: Plan,
  given: Readonly<Record<string, string>>,
): Promise<DeclaredRepositories> {
  const taken: { readonly name: string; readonly files: Snapshot }[] = [];
  for (const [name, folder] of Object.entries(given)) {
    const declared = plan.repositories.filter((one) => isMeant(one, name));
    const [first] = declared;
    if (first === undefined) throw unknown(name, plan);
    const files = await snapshot(await checkedFolder(folder, '--repository'));
    for (const { ref } of declared) await nameCommit(files, ref);
    taken.push({ name: first.name, files });
  }
  return {
    commits: Object.fromEntries(taken.map(({ files: { repository, commit } }) => [repository, commit])),
    async register(client, project) {
      for (const { name, files } of taken)
        await client.addRepository(project, { name, url: files.repository });
    },
    async remove() {
      for (const { files } of taken) await files.remove();
    },
  };
}

function isMeant({ alias, name }: RepositoryPlan, given: string): boolean {
  return [alias, name].some((one) => one.toLowerCase() === given.toLowerCase());
}

async function nameCommit({ repository, commit }: Snapshot, ref: string): Promise<void> {
  if (COMMIT.test(ref)) return;
  const full = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  await git(['update-ref', '--', full, commit], { cwd: repository, env: { GIT_DIR: repository } });
}

function unknown(name: string, { repositories }: Plan): CliError {
  const names = repositories.map(({ alias }) => alias).join(', ') || 'none';
  return new CliError(EXIT.usage, `The pipeline declares no repository ${name}. It declares: ${names}.`);
}
