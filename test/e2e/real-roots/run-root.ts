import type { JobView, RunView } from '@signalbox/api';
import { compile, reachOf, type CompileRequest } from '@signalbox/compiler';
import {
  fold,
  isGroup,
  type JobPlan,
  type Plan,
  type PoolPlan,
  type StepPlan,
  type VariableEntry,
} from '@signalbox/model';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { CORPUS } from '../../../packages/compiler/test/corpus/folder.ts';
import { requestFor, type RealRoot } from '../../../packages/compiler/test/corpus/real-roots.ts';
import { NOBODY, signalboxRun } from './signalbox-run.ts';
import { notCalled, saidCommands } from './said-commands.ts';
import { REAL, StandIns } from './stand-ins.ts';

/** What a run gets besides the files. */
export interface Given {
  readonly variables?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Files of the repository that the corpus does not show, and that tasks look for. */
  readonly files?: readonly string[];
  /** Programs that tasks look for, and what they print. */
  readonly tools?: Readonly<Record<string, string>>;
}

/** What a root came to, and how the commands that were called compare with what its file says. */
export interface RootRun {
  /** Absent: it was refused; `err` says why. */
  readonly run: RunView | undefined;
  readonly err: string;
  /** What the scripts that ran to a good end say that they call. */
  readonly said: readonly string[];
  readonly called: readonly string[];
  /** Of what was said, that which was not called, or not in that order. */
  readonly missing: readonly string[];
}

/** Runs a root as a user would, `signalbox run FILE`, with stand-ins for everything that its scripts call. */
export async function runRoot(root: RealRoot, given: Given = {}): Promise<RootRun> {
  const request = await completed(withGiven(requestFor(root), given));
  const plan = await planOf(request);
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-root-'));
  try {
    chmodSync(folder, 0o755);
    const standIns = new StandIns(folder);
    for (const [name, says] of Object.entries({ ...TOOLS, ...given.tools })) standIns.program(name, says);
    const files = repositoryOf(root, folder, { plan, standIns, given });
    const { parameters = {}, queueTimeVariables: variables = {} } = request;
    const ended = await signalboxRun(folder, {
      file: join(files, root.path),
      path: standIns.path,
      variables,
      parameters: Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [name, String(value)]),
      ),
      repositories: Object.fromEntries(
        Object.entries(root.repositories).map(([alias, other]) => [alias, `${CORPUS}real/${other.folder}`]),
      ),
      groups: groupsOf(plan),
      capabilities: capabilitiesOf(plan),
    });
    const run = ended.out.trim() === '' ? undefined : (JSON.parse(ended.out) as RunView);
    const called = standIns.calls();
    const said = (run === undefined ? [] : saidBy(run, plan, { variables })).filter(
      (command) => !REAL.includes(command.split(' ', 1)[0] ?? ''),
    );
    return { run, err: ended.err, said, called, missing: notCalled(said, called) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What tasks call by themselves. */
const TOOLS: Readonly<Record<string, string>> = { az: '', docker: '', kubectl: '', npm: '', pwsh: '' };

async function planOf(request: CompileRequest): Promise<Plan> {
  const result = await compile(request);
  if (!result.ok) throw new Error(`${request.path} does not compile.`);
  return result.plan;
}

/** Names of connections and pools that only a variable of the definition, or of a group, would have. */
async function completed(request: CompileRequest): Promise<CompileRequest> {
  const plan = await planOf(request);
  const known = new Set(plan.variables.flatMap((one) => (isGroup(one) ? [] : [fold(one.name)])));
  const names = reachOf(plan).flatMap(({ resources }) =>
    resources.flatMap(({ type, name }) =>
      (type === 'endpoint' || type === 'queue') && typeof name === 'string' ? [name] : [],
    ),
  );
  const variables = { ...request.queueTimeVariables };
  for (const [, macro = ''] of names.flatMap((name) => [...name.matchAll(/\$\(([^()]+)\)/g)])) {
    if (!known.has(fold(macro))) variables[macro] ??= 'stand-in';
  }
  return { ...request, queueTimeVariables: variables };
}

function withGiven(request: CompileRequest, { variables, parameters }: Given): CompileRequest {
  return {
    ...request,
    parameters: { ...request.parameters, ...parameters },
    queueTimeVariables: { ...request.queueTimeVariables, ...variables },
  };
}

/** The files of the root as a repository, with stand-ins for the scripts that it does not show. */
function repositoryOf(
  root: RealRoot,
  folder: string,
  { plan, standIns, given }: { readonly plan: Plan; readonly standIns: StandIns; readonly given: Given },
): string {
  const files = join(folder, 'self');
  cpSync(`${CORPUS}real/${root.repo}`, files, { recursive: true });
  const steps = plan.stages.flatMap(({ jobs }) => jobs.flatMap((job) => stepsOf(job)));
  for (const name of new Set(steps.flatMap((step) => saidCommands(step, new Map()).names))) {
    if (name.includes('/')) standIns.script(files, name);
    else standIns.program(name);
  }
  const known = variablesOf(plan.variables, given);
  for (const { inputs } of steps) {
    const named = inputs['workingDirectory'] ?? inputs['workingDir'] ?? '';
    makeFolder(
      files,
      named.replace(/\$\(([^()]+)\)/g, (macro, name: string) => known.get(fold(name)) ?? macro),
    );
  }
  for (const path of given.files ?? []) {
    makeFolder(files, dirname(path));
    writeFileSync(join(files, path), '');
  }
  execFileSync('git', ['init', '-q', '-b', 'main', files]);
  if (NOBODY !== undefined) execFileSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, files]);
  return files;
}

/** Folders that scripts work in, and that the corpus does not have for want of files that it shows. */
function makeFolder(files: string, named: string): void {
  const path = named.replace(/^\$\((Build\.SourcesDirectory|System\.DefaultWorkingDirectory)\)\/?/i, '');
  if (path === '' || path.includes('$') || isAbsolute(path) || path.includes('..')) return;
  mkdirSync(join(files, path), { recursive: true });
  writeFileSync(join(files, path, '.keep'), '');
}

function stepsOf(job: JobPlan, hook?: string): readonly StepPlan[] {
  if (job.kind === 'job') return job.steps;
  return job.hooks.filter((one) => hook === undefined || one.hook === hook).flatMap(({ steps }) => steps);
}

/** The commands of the steps that ran to a good end, job by job. */
function saidBy(run: RunView, plan: Plan, given: Given): readonly string[] {
  return run.stages.flatMap((stage) => {
    const planned = plan.stages.find(({ name }) => fold(name) === fold(stage.name));
    return stage.jobs.flatMap((job) => {
      const of = planned?.jobs.find(({ name }) => fold(name) === fold(job.name));
      if (of === undefined || planned === undefined) return [];
      const known = variablesOf([...plan.variables, ...planned.variables, ...of.variables], given);
      return saidByJob(job, stepsOf(of, job.hook), known);
    });
  });
}

/** Plain values by folded name; those that were given win. */
function variablesOf(
  entries: readonly VariableEntry[],
  { variables = {} }: Given,
): ReadonlyMap<string, string> {
  const plain = entries.flatMap((one): readonly [string, string][] =>
    isGroup(one) || typeof one.value !== 'string' || one.value.includes('$')
      ? []
      : [[fold(one.name), one.value]],
  );
  const given = Object.entries(variables).map(([name, value]): [string, string] => [fold(name), value]);
  return new Map([...plain, ...given]);
}

/** The agent's own step comes before those of the file. */
function saidByJob(
  job: JobView,
  steps: readonly StepPlan[],
  known: ReadonlyMap<string, string>,
): readonly string[] {
  return job.steps.flatMap(({ order, result }) => {
    const step = steps[order - 2];
    return result === 'succeeded' && step !== undefined ? saidCommands(step, known).sure : [];
  });
}

function groupsOf(plan: Plan): readonly string[] {
  const entries = [
    plan.variables,
    ...plan.stages.flatMap((stage) => [stage.variables, ...stage.jobs.map(({ variables }) => variables)]),
  ].flat();
  return [
    ...new Set(entries.flatMap((one) => (isGroup(one) && typeof one.group === 'string' ? [one.group] : []))),
  ];
}

/** This machine can do whatever a job demands. */
function capabilitiesOf(plan: Plan): Readonly<Record<string, string>> {
  const pools = plan.stages
    .flatMap(({ jobs }) => jobs)
    .flatMap((job): readonly PoolPlan[] =>
      job.kind === 'job' ? [job.pool] : job.hooks.map(({ pool }) => pool),
    );
  const demands = pools.flatMap((pool) => (pool.kind === 'server' ? [] : pool.demands));
  return Object.fromEntries(demands.map(({ capability, equals = '' }) => [capability, equals]));
}
