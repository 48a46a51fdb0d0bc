import type { JobRepository } from '@signalbox/api';
import { fold } from '@signalbox/model';
import {
  failed,
  SUCCEEDED,
  type StepEnd,
  type StepHandler,
  type StepPart,
  type StepTry,
} from '../steps/step-handler.ts';
import { checkoutOptions } from './checkout-options.ts';
import { accessTo, forgetCredentials, persistCredentials } from './credentials.ts';
import { fetchCommit } from './fetch-commit.ts';
import { fetchLargeFiles, prepareLargeFiles } from './large-files.ts';
import { prepareFolder } from './prepare-folder.ts';
import { repositoryFolder } from './repository-folder.ts';
import { inTurn, sourcesOf, type Sources } from './sources.ts';
import { limitFiles } from './sparse.ts';
import { getSubmodules } from './submodules.ts';

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** `checkout:` = Checkout@1: a repository at the one commit of the run (CO-5). It always runs on the agent itself. */
export const checkout: StepHandler = {
  title: 'Get sources',
  onAgent: true,
  async run(step) {
    if (step.repository === undefined) {
      // The compiler puts `checkout: self` first in every job; a pipeline that is only a file has nothing to get.
      step.output.info('This pipeline has no repository: nothing is checked out.');
      return SUCCEEDED;
    }
    const sources = findSources(step);
    return 'problem' in sources ? failed(sources.problem) : getSources(sources);
  },
  parts: ({ inputs }) =>
    fold(inputs['persistCredentials'] ?? '') === 'true' ? { postJob: FORGET_CREDENTIALS } : {},
};

/** CO-3: credentials that stayed for the steps of the job do not outlive it. */
const FORGET_CREDENTIALS: StepPart = {
  async run(step) {
    const sources = findSources(step);
    if (!('problem' in sources)) await forgetCredentials(sources);
    return SUCCEEDED;
  },
};

/** Where the repository of the step comes from, and goes to. */
function findSources(step: StepTry): Sources | { readonly problem: string } {
  const alias = step.inputs.text('repository') || 'self';
  const known = step.repository === undefined ? [] : [step.repository, ...step.otherRepositories];
  const repository = known.find((one) => fold(one.alias) === fold(alias));
  if (repository === undefined) {
    return {
      problem: `The repository "${alias}" cannot be checked out: the server does not know it any more.`,
    };
  }
  const problem = checkRepository(repository);
  if (problem !== undefined) return { problem };
  const options = checkoutOptions(step.inputs);
  if ('problem' in options) return options;
  const folder = repositoryFolder(step, repository);
  if (typeof folder !== 'string') return folder;
  const access = accessTo(repository);
  return sourcesOf({ step, repository, access, options, folder });
}

/** TH12: nothing that git could take for an option or a command. */
function checkRepository({ url, ref, commit }: JobRepository): string | undefined {
  if (url === '' || url.startsWith('-') || url.includes('::'))
    return `The repository address "${url}" is not allowed.`;
  if (ref.startsWith('-')) return `The ref "${ref}" is not allowed.`;
  return COMMIT.test(commit) ? undefined : `"${commit}" is not a full commit id.`;
}

async function getSources(sources: Sources): Promise<StepEnd> {
  const { run, repository, options } = sources;
  const end = await inTurn([
    () => prepareFolder(sources),
    () => prepareLargeFiles(sources),
    () => limitFiles(sources),
    () => fetchCommit(sources),
    () => fetchLargeFiles(sources),
    () => run('checkout', '--force', '--detach', repository.commit, '--'),
    () => getSubmodules(sources),
    ...(options.persistCredentials ? [() => persistCredentials(sources)] : []),
  ]);
  if (end.code !== 0) return failed(end.message ?? `Git failed with exit code ${end.code}.`);
  describeSources(sources);
  return SUCCEEDED;
}

/**
 * Where later steps find the sources (section 13). Of a lone checkout the path is the sources folder; of several,
 * `Build.SourcesDirectory` stays `s` and `Build.Repository.LocalPath` follows `self` alone (CO-6, REC-183).
 */
function describeSources({ step, repository, folder }: Sources): void {
  const { variables } = step.output;
  const hasPath = step.inputs.text('path') !== '';
  const isAlone = step.checkouts.length <= 1;
  if (hasPath && isAlone) {
    variables.setOwn('Build.SourcesDirectory', folder);
    variables.setOwn('System.DefaultWorkingDirectory', folder);
  }
  if (hasPath && (isAlone || fold(repository.alias) === 'self')) {
    variables.setOwn('Build.Repository.LocalPath', folder);
  }
  if (step.inputs.isTrue('workspaceRepo')) variables.setOwn('System.DefaultWorkingDirectory', folder);
}
