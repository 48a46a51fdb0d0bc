import { FETCH_PAUSES_MS } from '../limits.ts';
import { gitProblem, type GitEnd } from './git.ts';
import type { Sources } from './sources.ts';

/** The repository answered, and has not what was asked for. */
const MISSING =
  /not our ref|couldn't find remote ref|no such remote ref|unadvertised object|not a valid object name|bad object/i;

/** Asking again would not help: the repository or the password is wrong. */
const HOPELESS =
  /authentication failed|could not read (?:username|password)|access denied|permission denied|does not appear to be a git repository|repository .*not found|returned error: 40[134]/i;

/** Gets the commit itself; servers that refuse that give the branch it is on (CO-5). */
export async function fetchCommit(sources: Sources): Promise<GitEnd> {
  const { repository, step, ask, options } = sources;
  const { commit, ref } = repository;
  const shallow = await ask('rev-parse', '--is-shallow-repository');
  const reach =
    options.depth > 0 ? [`--depth=${options.depth}`] : shallow.text === 'true' ? ['--unshallow'] : [];
  const direct = await fetchPatiently(sources, [...reach, 'origin', commit]);
  if (direct.code === 0 || step.stop.aborted || ref === '' || !MISSING.test(direct.errors)) return direct;
  // A commit that is no branch's end: the whole branch is fetched, to look for it there.
  const whole = shallow.text === 'true' ? ['--unshallow'] : [];
  const branch = await fetchPatiently(sources, [...whole, 'origin', ref]);
  if (step.stop.aborted) return branch;
  if (branch.code !== 0) return MISSING.test(branch.errors) ? gitProblem(goneRef(sources)) : branch;
  const there = await ask('cat-file', '-e', `${commit}^{commit}`);
  return there.code === 0 ? there : gitProblem(goneCommit(sources));
}

/** Networks fail: the same again after growing pauses, unless the repository itself said no. */
async function fetchPatiently({ step, run, options }: Sources, what: readonly string[]): Promise<GitEnd> {
  const args = [
    'fetch',
    '--force',
    '--no-recurse-submodules',
    '--quiet',
    options.tags ? '--tags' : '--no-tags',
    ...(options.filter === undefined ? [] : [`--filter=${options.filter}`]),
    ...what,
  ];
  for (const pause of FETCH_PAUSES_MS) {
    const end = await run(...args);
    if (end.code === 0 || step.stop.aborted || MISSING.test(end.errors) || HOPELESS.test(end.errors))
      return end;
    step.output.issue(
      'warning',
      `Git fetch failed with exit code ${end.code}. It is tried again in ${pause / 1_000} s.`,
    );
    await step.host.clock.sleep(pause, step.stop);
    if (step.stop.aborted) return end;
  }
  return run(...args);
}

function goneCommit({ repository: { name, commit, ref } }: Sources): string {
  return `The commit ${commit} is not on ${ref} of the repository "${name}": it was replaced or removed after the run was queued. Queue a new run.`;
}

function goneRef({ repository: { name, commit, ref } }: Sources): string {
  return `The commit ${commit} and its ref ${ref} are not in the repository "${name}" any more. Queue a new run of a branch that is there.`;
}
