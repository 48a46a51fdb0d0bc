import { expandVariables } from '@signalbox/expressions';
import { fold, ownVariables } from '@signalbox/model';
import type { PlainJobPlan, Plan, PoolPlan, StagePlan, TriggersPlan, VariablePlan } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import type { Report } from '../diagnostics.ts';
import type { MappingNode, Node } from '../read/node.ts';
import { warnOfFormerKey } from './former-key.ts';
import { checkOneTarget } from './jobs/former-target.ts';
import { implicitJob } from './jobs/job.ts';
import { readJobs } from './jobs/jobs.ts';
import { checkKeys, isMapping, isMisspelt, readKnown, startOf } from './key.ts';
import type { Fields, KeyTable, Scope } from './key.ts';
import { DEFAULT_POOL } from './pools/pool.ts';
import { formKeys, pipelineKeys, stepsFormKeys } from './pipeline-keys.ts';
import type { FormKeys, PipelineKeys } from './pipeline-keys.ts';
import { NO_RESOURCES } from './resources/resources.ts';
import { DEFAULT_RUN_NUMBER } from './run-number.ts';
import { implicitStage } from './stages/stage.ts';
import type { Inherited } from './stages/stage.ts';
import { finishStages, readStages } from './stages/stages.ts';
import { readSteps } from './steps/steps.ts';
import { given } from './values.ts';

/** What planning knows besides the file. */
export interface PlanFacts {
  /** Values that a person gave when queueing the run (VARD-3); those of the file win (VARD-4). */
  readonly queueTimeVariables?: Readonly<Record<string, string>>;
  /** The environments that exist; absent: any name is taken (DEP-4). */
  readonly environments?: readonly string[];
}

/** Makes a plan of a tree without template expressions; what is wrong is reported and the rest still read. */
export function planPipeline(root: Node, facts: PlanFacts, report: Report): Plan {
  const { queueTimeVariables = {}, environments } = facts;
  const bare: Scope = {
    report,
    repositories: new Set(['self']),
    containers: new Set(),
    knownVariable: () => undefined,
  };
  if (
    !isMapping(
      root,
      'a pipeline',
      bare,
      'Begin with a key such as `steps:`, `jobs:` or `stages:`, without `- `.',
    )
  )
    return planOf({}, []);
  const form = formOf(root, bare);
  const tables: KeyTable[] = [pipelineKeys, formKeys];
  if (form === 'steps') tables.push(stepsFormKeys);
  checkKeys(root, tables, 'the pipeline', bare);
  const fields = readKnown(root, pipelineKeys, bare);
  const { repositories, others } = fields.resources ?? NO_RESOURCES;
  const scope: Scope = {
    report,
    repositories: new Set(['self', ...repositories.map(({ alias }) => fold(alias))]),
    containers: new Set(others.containers.map(({ alias }) => fold(alias))),
    knownVariable: lookup(ownVariables(fields.variables ?? []), queueTimeVariables),
    ...(environments === undefined ? {} : { environments }),
  };
  const inherited = { pool: fields.pool ?? DEFAULT_POOL, lockBehavior: fields.lockBehavior };
  return planOf(fields, form === undefined ? [] : readForm(form, root, inherited, scope));
}

type Form = keyof FormKeys;

/** The root has exactly one of `stages`, `jobs`, `steps`, `extends` (YAML-5). */
function formOf(root: MappingNode, scope: Scope): Form | undefined {
  const present = root.entries.filter(({ key }) => Object.hasOwn(formKeys, key.text));
  const [first, second] = present;
  if (first === undefined) {
    const tables = [pipelineKeys, formKeys];
    if (Object.keys(formKeys).some((name) => isMisspelt(name, root, tables))) return undefined;
    const message = 'A pipeline needs one of the keys `stages`, `jobs`, `steps`, `extends`.';
    scope.report('missing-key', startOf(root), message, 'Add `steps:` with at least one step.');
    return undefined;
  }
  if (second !== undefined) {
    const message = `A pipeline has only one of ${quote(first.key.text)} and ${quote(second.key.text)}.`;
    scope.report('conflicting-keys', second.key.at, message);
  }
  if (first.key.text === 'phases') warnOfFormerKey('phases', 'jobs', first.key.at, scope);
  return first.key.text as Form;
}

function readForm(form: Form, root: MappingNode, inherited: Inherited, scope: Scope): readonly StagePlan[] {
  const body = readKnown(root, formKeys, scope)[form];
  if (body === undefined) return [];
  if (form === 'stages') return readStages(body, inherited, scope);
  if (form === 'jobs' || form === 'phases') {
    const jobs = readJobs(body, inherited.pool, scope);
    return finishStages([implicitStage(inherited, jobs, body.at)], true, scope);
  }
  const job = readOnlyJob(root, body, inherited.pool, scope);
  return finishStages([implicitStage(inherited, [job], body.at)], true, scope);
}

/** The job of a pipeline with `steps` at its root, by today's keys or those of the first preview (YAML-6). */
function readOnlyJob(root: MappingNode, body: Node, inherited: PoolPlan, scope: Scope): PlainJobPlan {
  const { queue, server, ...fields } = readKnown(root, stepsFormKeys, scope);
  checkOneTarget(root, scope);
  const { pool = inherited, ...target } = queue ?? server ?? {};
  const steps = readSteps(body, { pool, checkout: true, at: body.at }, scope);
  return implicitJob({ ...fields, ...target }, pool, steps, body.at);
}

function planOf(fields: Fields<PipelineKeys>, stages: readonly StagePlan[]): Plan {
  const { repositories, others } = fields.resources ?? NO_RESOURCES;
  const { appendCommitMessageToRunName: append } = fields;
  const triggers = triggersOf(fields);
  return {
    version: 1,
    name: fields.name ?? DEFAULT_RUN_NUMBER,
    ...(append === undefined ? {} : { appendCommitMessageToRunName: append }),
    variables: fields.variables ?? [],
    repositories,
    ...(Object.values(others).some(({ length }) => length > 0) ? { resources: others } : {}),
    ...(triggers === undefined ? {} : { triggers }),
    stages,
  };
}

/** Nothing when the file says nothing of triggers (TRIG-2). */
function triggersOf({ trigger, pr, schedules = [] }: Fields<PipelineKeys>): TriggersPlan | undefined {
  if (trigger === undefined && pr === undefined && schedules.length === 0) return undefined;
  return { ...given({ push: trigger, pullRequest: pr }), schedules };
}

/** What is known of variables before anything runs: plain text of the file, then what was given at queueing. */
function lookup(
  variables: readonly VariablePlan[],
  queued: Readonly<Record<string, string>>,
): Scope['knownVariable'] {
  const known = new Map<string, string>();
  const values = [...Object.entries(queued), ...variables.map(({ name, value }) => [name, value] as const)];
  for (const [name, value] of values) {
    if (typeof value === 'string') known.set(fold(name), value);
    else known.delete(fold(name));
  }
  const { values: expanded } = expandVariables(known);
  return (name) => expanded.get(fold(name));
}
