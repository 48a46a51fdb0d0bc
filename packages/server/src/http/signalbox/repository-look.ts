import type { RepositoryLook } from '@signalbox/api';
import { rankPipelineFiles } from '../../git/pipeline-files.ts';
import type { Source } from '../../git/repositories.ts';
import type { Ask } from '../ask.ts';
import { badRequest } from '../problem.ts';

/** Files in one answer; who has more types the path. */
const FILES_SHOWN = 500;

/** What lies in a repository that no pipeline names yet. The address is in the body: it may hold a token. */
export async function lookIntoRepository(ask: Ask): Promise<RepositoryLook> {
  await ask.project();
  const { source } = await openPlace(ask);
  const files = rankPipelineFiles(await source.yamlFiles());
  const { branch, commit, commitMessage } = source;
  return { branch, commit, commitMessage, files: files.slice(0, FILES_SHOWN), fileCount: files.length };
}

/** The repository that the body names, at its branch or at the branch that it calls its default. */
export async function openPlace(ask: Ask): Promise<{ readonly url: string; readonly source: Source }> {
  const body = ask.body();
  const url = body.text('url', 2048)?.trim() ?? '';
  if (url === '') {
    throw badRequest('"url" is missing: an https or ssh URL, or an absolute path on the server.');
  }
  const { repositories } = ask.app;
  await repositories.check(url);
  const named = body.text('branch', 512)?.trim() ?? '';
  const branch = named === '' ? ((await repositories.defaultBranch(url)) ?? 'refs/heads/main') : named;
  return { url, source: await repositories.open({ url, branch }) };
}
