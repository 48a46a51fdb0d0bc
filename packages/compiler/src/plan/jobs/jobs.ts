import type { JobPlan, PoolPlan } from '@signalbox/model';
import { MAX_JOBS_PER_STAGE } from '../../limits.ts';
import { shapeOf } from '../../read/node.ts';
import type { ListNode, Node } from '../../read/node.ts';
import { readDeployment } from './deployment.ts';
import { checkNames, nameNodes } from '../graph/names.ts';
import { resolveGraph } from '../graph/graph.ts';
import { checkItemKind } from '../item-kind.ts';
import type { JobDraft } from './job-draft.ts';
import { readPlainJob } from './job.ts';
import { readPhase } from './phase.ts';
import { isMapping } from '../key.ts';
import type { Scope } from '../key.ts';
import { listHelp } from '../shape-help.ts';

/** What an item of `jobs` may be; a template that begins an item was replaced by the expansion. */
const KINDS: readonly string[] = ['job', 'deployment', 'phase', 'template'];

/** Reads the jobs of one stage: each by its kind, then their names and dependencies among each other (NAME-6). */
export function readJobs(list: Node, pool: PoolPlan, scope: Scope): readonly JobPlan[] {
  if (list.kind !== 'list' || list.items.length === 0) {
    const found = list.kind === 'list' ? 'an empty list' : shapeOf(list);
    scope.report(
      'wrong-shape',
      list.at,
      `Jobs must be a list with at least one job, but this is ${found}.`,
      listHelp(list, '- job: NAME'),
    );
    return [];
  }
  if (list.items.length > MAX_JOBS_PER_STAGE) {
    const message = `The stage has ${list.items.length} jobs; ${MAX_JOBS_PER_STAGE} are allowed.`;
    scope.report('plan-too-large', list.at, message);
    return [];
  }
  const drafts = list.items.map((item) => readJob(item, pool, scope)).filter((one) => one !== undefined);
  return finishJobs(drafts, list, scope);
}

function readJob(item: Node, pool: PoolPlan, scope: Scope): JobDraft | undefined {
  if (!isMapping(item, 'a job', scope, 'Begin it with `- job: NAME`, and write its keys below.'))
    return undefined;
  const kind = checkItemKind(item, KINDS, 'a job', scope);
  if (kind === undefined || kind === 'template') return undefined;
  if (kind === 'deployment') return readDeployment(item, pool, scope);
  return kind === 'job' ? readPlainJob(item, pool, scope) : readPhase(item, pool, scope);
}

function finishJobs(drafts: readonly JobDraft[], list: ListNode, scope: Scope): readonly JobPlan[] {
  const names = nameNodes(drafts, 'Job');
  checkNames(
    drafts.map(({ name }) => name),
    'job',
    scope.report,
  );
  const nodes = drafts.map(({ name, dependsOn }, index) => ({
    name: names[index] ?? '',
    at: name?.at ?? list.at,
    dependsOn,
  }));
  const dependencies = resolveGraph(
    { nodes, what: 'job', complete: drafts.length === list.items.length },
    scope.report,
  );
  return drafts.map(({ finish }, index) => finish(names[index] ?? '', dependencies[index] ?? []));
}
