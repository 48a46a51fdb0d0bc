import { didYouMean } from '@signalbox/expressions';
import type { CallNode } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { ancestorsOf, namedNode } from './ancestors.ts';
import type { Node } from './ancestors.ts';
import { callsIn, literalText, partsOfExpression, pathUnder } from './expression-parts.ts';
import type { StagePart } from './parts.ts';
import type { Owner, Site } from './sites.ts';

/**
 * An expression sees the results and outputs of direct dependencies only, and status functions those of ancestors; all
 * else is empty or false, without an error (CTX-3 … CTX-7, EXPR-63).
 */
export function warnOfDependencies(
  { owner, tree, at }: Site,
  stages: readonly StagePart[],
  report: Report,
): void {
  if (owner.level === 'pipeline' || owner.level === 'step') return;
  const level = levelOf(owner, stages, at.file.includedFrom === undefined);
  const above = {
    ...level,
    what: 'stage',
    owner: owner.stage.plan,
    nodes: stages.map(({ plan }) => plan),
  } as const;
  const findings = [...partsOfExpression(tree)].flatMap((part) => [
    ...inDependencies(pathUnder(part, 'dependencies'), level),
    ...inStageDependencies(pathUnder(part, 'stageDependencies'), above, stages),
  ]);
  for (const call of callsIn(tree)) findings.push(...inStatusFunction(call, level));
  for (const { message, help } of findings) report('dependency-not-seen', at, message, help);
}

/** What is wrong with a name, and how to mend it. */
interface Finding {
  readonly message: string;
  readonly help?: string;
}

/** The owner of an expression among its siblings. */
interface Level {
  readonly what: 'stage' | 'job';
  readonly owner: Node;
  readonly nodes: readonly Node[];
  /** Stages that a job can see through `stageDependencies`. */
  readonly earlierStages: readonly string[];
  /** False in a template, which may ask for stages and jobs that only some of its users have. */
  readonly isRoot: boolean;
}

function levelOf(
  { stage, job }: Exclude<Owner, { level: 'pipeline' }>,
  stages: readonly StagePart[],
  isRoot: boolean,
): Level {
  if (job === undefined) {
    return {
      what: 'stage',
      owner: stage.plan,
      nodes: stages.map(({ plan }) => plan),
      earlierStages: [],
      isRoot,
    };
  }
  return {
    what: 'job',
    owner: job.plan,
    nodes: stage.plan.jobs,
    earlierStages: stage.plan.dependsOn,
    isRoot,
  };
}

function inDependencies(path: readonly string[] | undefined, level: Level): readonly Finding[] {
  const name = path?.[0];
  if (name === undefined || has(level.owner.dependsOn, name)) return [];
  if (!has(level.earlierStages, name)) return notSeen(name, level, 'it is always empty');
  const message = `${quote(name)} is a stage, but \`dependencies\` of a job has only jobs: it is always empty.`;
  return [{ message, help: `Write \`stageDependencies.${name}.<job>\`.` }];
}

/** `stageDependencies` has the stages on which the own stage depends directly, and their jobs (CTX-5). */
function inStageDependencies(
  path: readonly string[] | undefined,
  level: Level,
  stages: readonly StagePart[],
): readonly Finding[] {
  const [name, job] = path ?? [];
  if (name === undefined) return [];
  if (!has(level.owner.dependsOn, name)) return notSeen(name, level, 'it is always empty');
  const plans = stages.map(({ plan }) => plan);
  const jobs = namedNode(plans, name)?.jobs ?? [];
  if (job === undefined || ['outputs', 'result'].includes(job) || namedNode(jobs, job) !== undefined)
    return [];
  const help = didYouMean(job, jobs.map(nameOf)) || `Its jobs are: ${shown(jobs)}.`;
  return [{ message: `The stage ${quote(name)} has no job ${quote(job)}: it is always empty.`, help }];
}

const STATUS_FUNCTIONS: ReadonlySet<string> = new Set(['succeeded', 'failed', 'succeededOrFailed']);

function inStatusFunction({ name, args }: CallNode, level: Level): readonly Finding[] {
  if (!STATUS_FUNCTIONS.has(name)) return [];
  const asked = args.map(literalText).filter((text) => text !== undefined);
  if (asked.length === 0) return [];
  const ancestors = ancestorsOf(level.owner, level.nodes).map(nameOf);
  return asked
    .filter((one) => !has(ancestors, one))
    .flatMap((one) => notSeen(one, level, `\`${name}\` is never true`));
}

function notSeen(name: string, { what, owner, nodes, isRoot }: Level, effect: string): readonly Finding[] {
  const found = namedNode(nodes, name);
  if (found?.name === owner.name) return [{ message: `${quote(name)} is this ${what} itself: ${effect}.` }];
  if (found !== undefined) {
    const message = `The ${what} ${quote(owner.name)} does not depend on ${quote(name)} directly: ${effect}.`;
    return [{ message, help: `Add ${quote(found.name)} to \`dependsOn\` of ${quote(owner.name)}.` }];
  }
  const others = nodes.filter((one) => one.name !== owner.name);
  const meant = didYouMean(name, others.map(nameOf));
  if (meant === '' && !isRoot) return [];
  const known =
    others.length === 0 ? `There is no other ${what}.` : `The other ${what}s are: ${shown(others)}.`;
  return [{ message: `There is no ${what} ${quote(name)}: ${effect}.`, help: meant || known }];
}

function has(names: readonly string[], name: string): boolean {
  return names.some((one) => fold(one) === fold(name));
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function shown(nodes: readonly { readonly name: string }[]): string {
  return `${nodes.slice(0, 10).map(nameOf).join(', ')}${nodes.length > 10 ? ', …' : ''}`;
}
