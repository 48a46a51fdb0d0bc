import type { JobRepository } from '@signalbox/api';
import { mkdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fold } from '@signalbox/model';
import { git, type GitEnd } from './git.ts';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from './step-handler.ts';

/** Options of `checkout` that ask for something this version does not do. */
const LATER = [
  'lfs',
  'submodules',
  'sparseCheckoutDirectories',
  'sparseCheckoutPatterns',
  'fetchFilter',
] as const;

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** `checkout:` = Checkout@1: the repository at the one commit of the run (CO-5). */
export const checkout: StepHandler = {
  title: 'Get sources',
  async run(step) {
    const alias = step.inputs.text('repository') || 'self';
    const own = step.repository;
    if (own === undefined) {
      // The compiler puts `checkout: self` first in every job; a pipeline that is only a file has nothing to get.
      step.output.info('This pipeline has no repository: nothing is checked out.');
      return SUCCEEDED;
    }
    const repository = [own, ...step.otherRepositories].find((one) => fold(one.alias) === fold(alias));
    if (repository === undefined) {
      return failed(`The repository "${alias}" cannot be checked out: the server does not know it any more.`);
    }
    const problem = checkRepository(repository) ?? unsupported(step);
    if (problem !== undefined) return failed(problem);
    const folder = repositoryFolder(step, repository);
    if (folder === undefined) {
      return failed('The input "path" must stay inside Agent.BuildDirectory.');
    }
    return getSources(step, repository, folder);
  },
};

/** TH12: nothing that git could take for an option or a command. */
function checkRepository({ url, ref, commit }: JobRepository): string | undefined {
  if (url === '' || url.startsWith('-') || url.includes('::'))
    return `The repository address "${url}" is not allowed.`;
  if (ref.startsWith('-')) return `The ref "${ref}" is not allowed.`;
  return COMMIT.test(commit) ? undefined : `"${commit}" is not a full commit id.`;
}

function unsupported({ inputs }: StepTry): string | undefined {
  const asked = LATER.find((name) => inputs.text(name) !== '' && fold(inputs.text(name)) !== 'false');
  return asked === undefined ? undefined : `The checkout option "${asked}" is not supported yet.`;
}

/** CO-1, CO-2: `path` under the workspace; else `s`, or a folder of its own there when there are several. */
function repositoryFolder(step: StepTry, repository: JobRepository): string | undefined {
  const { layout, inputs, checkouts } = step;
  const path = inputs.text('path');
  if (path !== '') {
    const folder = resolve(layout.root, path);
    const inside = relative(layout.root, folder);
    return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside
      ? undefined
      : folder;
  }
  return checkouts > 1 ? join(layout.sources, basename(repository.name) || repository.alias) : layout.sources;
}

async function getSources(step: StepTry, repository: JobRepository, folder: string): Promise<StepEnd> {
  const { inputs } = step;
  const run = (...args: readonly string[]): Promise<GitEnd> => git(step, args, { folder });
  await mkdir(folder, { recursive: true });
  const isNew = !(await exists(join(folder, '.git')));
  const prepare: (() => Promise<GitEnd>)[] = isNew
    ? [() => run('init', '--quiet')]
    : inputs.isTrue('clean')
      ? [() => run('clean', '-ffdx'), () => run('reset', '--hard')]
      : [];
  const actions = [
    ...prepare,
    () => setOrigin(step, folder, repository.url),
    () => fetch(step, repository, folder),
    () => run('checkout', '--force', '--detach', repository.commit, '--'),
  ];
  for (const action of actions) {
    const end = await action();
    if (end.code !== 0) return failed(end.message ?? `Git failed with exit code ${end.code}.`);
  }
  describeSources(step, folder);
  return SUCCEEDED;
}

/** The remote without user and password: credentials do not persist in the folder (CO-3). */
async function setOrigin(step: StepTry, folder: string, url: string): Promise<GitEnd> {
  const value = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
  return git(step, ['config', 'remote.origin.url', value], { folder, quiet: true });
}

/** Gets the commit itself; servers that refuse that give the branch it is on. */
async function fetch(step: StepTry, repository: JobRepository, folder: string): Promise<GitEnd> {
  const { inputs } = step;
  const depth = Math.trunc(Number(inputs.text('fetchDepth') || '1'));
  if (!Number.isFinite(depth) || depth < 0) {
    return { code: -1, text: '', message: 'The input "fetchDepth" must be a number.' };
  }
  const shallow = await git(step, ['rev-parse', '--is-shallow-repository'], { folder, quiet: true });
  const reach = depth > 0 ? [`--depth=${depth}`] : shallow.text === 'true' ? ['--unshallow'] : [];
  const options = [
    '--force',
    '--no-recurse-submodules',
    '--quiet',
    inputs.isTrue('fetchTags') ? '--tags' : '--no-tags',
  ];
  const { url, commit, ref } = repository;
  const direct = await git(step, ['fetch', ...options, ...reach, '--', url, commit], { folder });
  if (direct.code === 0 || step.stop.aborted || ref === '') return direct;
  const branch = await git(step, ['fetch', ...options, '--', url, ref], { folder });
  if (branch.code !== 0) return branch;
  const there = await git(step, ['cat-file', '-e', `${commit}^{commit}`], { folder, quiet: true });
  return there.code === 0
    ? there
    : { code: there.code, text: '', message: `The commit ${commit} is not on ${ref} of the repository.` };
}

/** Where later steps find the sources (section 13, REC-183). */
function describeSources(step: StepTry, folder: string): void {
  const { variables } = step.output;
  if (step.inputs.text('path') !== '') variables.setOwn('Build.Repository.LocalPath', folder);
  if (step.inputs.isTrue('workspaceRepo')) variables.setOwn('System.DefaultWorkingDirectory', folder);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
