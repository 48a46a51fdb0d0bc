import {
  partName,
  type DeploymentRecordEffect,
  type InstanceKey,
  type JobReport,
  type Mail,
  type Reply,
  type RunIdentity,
  type StageState,
  type StepState,
} from '@signalbox/engine';
import type { NodeResult } from '@signalbox/model';
import { CHECK_ACTS, checkLines, operatedLine, saidLines, type Act } from './check-acts.ts';
import { BIRTHDAY, MINUTE, type OneRun } from './one-run.ts';
import { earlierLines, RETRY_ACTS } from './retry-acts.ts';
import { reachWords, SPAN_ACTS } from './span-acts.ts';

/** A result in a story's words. */
const RESULTS: ReadonlyMap<string, NodeResult> = new Map([
  ['succeeds', 'succeeded'],
  ['succeeds with issues', 'succeededWithIssues'],
  ['fails', 'failed'],
  ['is canceled', 'canceled'],
]);

/** What can happen in a story; `path` is `stage.job.part`, the part a hook, a leg, or `hook_machine`, and a stage alone means its job `j`. */
const ACTS: readonly (readonly [RegExp, Act])[] = [
  [/^(\S+) joins (\S+)$/, (run, [machine = '', environment = '']) => joins(run, machine, environment)],
  [/^begin$/, (run) => run.begin()],
  ...CHECK_ACTS,
  ...SPAN_ACTS,
  ...RETRY_ACTS,
  [/^(\S+) (succeeds with issues|succeeds|fails|is canceled)$/, finish],
  [/^(\S+) is assigned$/, (run, [path = '']) => run.assign(path)],
  [/^(\S+) starts$/, (run, [path = '']) => run.start(path)],
  [
    /^(\S+) sets (\S+) to (.*)$/,
    (run, [path = '', name = '', value = '']) => output(run, path, { name, value, secret: false }),
  ],
  [
    /^(\S+) reports under an old lease$/,
    (run, [path = '']) => run.report(path, [{ kind: 'started', at: run.now }], 99).reply,
  ],
  [/^(\S+) is served by nobody$/, (run, [path = '']) => unserved(run, path)],
  [
    /^(\S+) has left the queue$/,
    (run, [path = '']) => void run.tell({ type: 'JobUnqueued', instance: run.at(path).key }),
  ],
  [
    /^(\S+) is not heard of(?:, until in (\d+) minutes)?$/,
    (run, [path = '', minutes = '']) => loseLease(run, path, minutes === '' ? undefined : Number(minutes)),
  ],
  [
    /^(\S+) is heard of again$/,
    (run, [path = '']) => void run.tell({ type: 'LeaseRegained', ...leaseAt(run, path) }),
  ],
  [
    /^(\S+) loses its locks to force$/,
    (run, [stage = '']) =>
      void run.tell({
        type: 'LocksTaken',
        stage,
        attempt: run.stage(stage).attempt,
        by: 'ops',
        reason: 'the machine burnt',
      }),
  ],
  [/^(\S+) loses its agent$/, (run, [path = '']) => closeLease(run, path)],
  [
    /^(\S+) is granted as attempt (\d+)$/,
    (run, [stage = '', attempt = '']) =>
      void run.tell({ type: 'LocksGranted', stage, attempt: Number(attempt), tokens: [] }),
  ],
  [/^(\S+) is granted (.+), protected by (\S+)$/, granted],
  [/^(\S+) is granted(?: (.+))?$/, granted],
  [
    /^(\S+) is superseded by run (\d+)$/,
    (run, [stage = '', by = '']) => lost(run, stage, { kind: 'superseded', byRun: Number(by), lock: 'prod' }),
  ],
  [
    /^(\S+) waited too long, then (skip|fail)$/,
    (run, [stage = '', then = '']) =>
      lost(run, stage, {
        kind: 'timedOut',
        lock: 'prod',
        minutes: 10,
        // oxlint-disable-next-line unicorn/no-thenable -- the message's own word
        then: then === 'fail' ? 'fail' : 'skip',
      }),
  ],
  [
    /^(\S+) finds no lock$/,
    (run, [stage = '']) => lost(run, stage, { kind: 'lockMissing', message: 'no lock' }),
  ],
  [
    /^force cancel(?: (\S+))?(?: because (.*))?$/,
    (run, [stage = '', reason = '']) =>
      run.tell({
        type: 'ForceCancel',
        by: 'eve',
        reason: reason === 'nothing' ? ' ' : reason || 'it hangs',
        ...(stage !== '' && { stage }),
      }).reply,
  ],
  [/^cancel by (\S+)$/, (run, [by = '']) => run.tell({ type: 'Cancel', by }).reply],
  [/^cancel$/, (run) => run.tell({ type: 'Cancel', by: 'eve' }).reply],
  [/^cancel (\S+)$/, (run, [stage = '']) => run.tell({ type: 'CancelStage', stage, by: 'eve' }).reply],
  [/^(\d+) minutes pass$/, (run, [minutes = '']) => run.pass(Number(minutes))],
];

/** Does one line of a story; answers what a command was told. */
export function act(run: OneRun, line: string): Reply | undefined {
  for (const [pattern, doIt] of ACTS) {
    const match = pattern.exec(line);
    if (match !== null)
      return (
        doIt(
          run,
          match.slice(1).map((part) => part ?? ''),
        ) ?? undefined
      );
  }
  throw new Error(`the story does not know '${line}'`);
}

function finish(run: OneRun, [path = '', how = '']: readonly string[]): Reply | undefined {
  return run.finish(path, RESULTS.get(how) ?? 'failed').reply;
}

function output(run: OneRun, path: string, one: Omit<Extract<JobReport, { kind: 'output' }>, 'kind'>): void {
  run.report(path, [{ kind: 'output', ...one }]);
}

function unserved(run: OneRun, path: string): void {
  run.tell({ type: 'JobUnserved', instance: run.at(path).key, message: 'no agent has `pwsh`.' });
}

function closeLease(run: OneRun, path: string): void {
  run.tell({ type: 'LeaseClosed', ...leaseAt(run, path), lost: true });
}

function loseLease(run: OneRun, path: string, minutes: number | undefined): void {
  const until = minutes === undefined ? {} : { until: run.now + minutes * MINUTE };
  run.tell({ type: 'LeaseLost', ...leaseAt(run, path), ...until });
}

function leaseAt(run: OneRun, path: string): { readonly instance: InstanceKey; readonly lease: number } {
  const { key, instance } = run.at(path);
  return { instance: key, lease: instance.phase === 'queued' ? 0 : (instance.lease?.token ?? 0) };
}

function granted(run: OneRun, [stage = '', locks = '', shield = '']: readonly string[]): void {
  const names = locks.split(', ').filter((one) => one !== '');
  const tokens = names.map((one, index) => {
    const [lockName = '', token = '1'] = one.split('#');
    return { lock: index + 1, lockName, token: Number(token) };
  });
  const protectedBy = tokens
    .filter(({ lockName }) => lockName === shield)
    .map(({ lock, lockName }) => ({ lock, lockName }));
  const some = protectedBy.length === 0 ? {} : { protectedBy };
  run.tell({ type: 'LocksGranted', stage, attempt: run.stage(stage).attempt, tokens, ...some });
}

type Why = Extract<Parameters<OneRun['tell']>[0], { type: 'LocksLost' }>['why'];

function lost(run: OneRun, stage: string, why: Why): void {
  run.tell({ type: 'LocksLost', stage, attempt: run.stage(stage).attempt, why });
}

/** What a story can ask for by a key: a state, the mail since the last look, or the deployment records. */
export function look(run: OneRun, key: string, reply: Reply | undefined): unknown {
  if (key === 'run') return run.state.result ?? run.state.status;
  if (key === 'mail') return takeMail(run);
  if (key === 'canceled by') return run.state.cancel?.by ?? null;
  if (key === 'deployed') {
    return run.effects.flatMap((effect) =>
      effect.kind === 'deploymentRecord' ? [deploymentLine(effect)] : [],
    );
  }
  if (key === 'asked') return takeEvaluations(run);
  if (key === 'refused') return reply?.ok === false ? reply.refusal.code : null;
  const pending = /^pending (.*)$/.exec(key)?.[1];
  if (pending !== undefined) return pendingFor(run.stage(pending));
  const checked = /^checks (.*)$/.exec(key)?.[1];
  if (checked !== undefined) return checkLines(run.stage(checked));
  const said = /^says (.*)$/.exec(key)?.[1];
  if (said !== undefined) return saidLines(run, run.stage(said));
  const stepped = /^steps (.*)$/.exec(key)?.[1];
  if (stepped !== undefined) return run.at(stepped).instance.steps.map(stepWords);
  const attempted = /^attempt (.*)$/.exec(key)?.[1];
  if (attempted !== undefined) return attemptOf(run, attempted);
  const earlier = /^earlier (.*)$/.exec(key)?.[1];
  if (earlier !== undefined) return earlierLines(run, earlier);
  const operated = /^operated (.*)$/.exec(key)?.[1];
  if (operated !== undefined) return operatedLine(run.stage(operated));
  const why = /^why (.*)$/.exec(key)?.[1];
  return why === undefined ? wordFor(run, key) : reasonFor(run, why);
}

/** The evaluations that services were asked for since the last look: `A#1.2` is the second of the first check. */
function takeEvaluations(run: OneRun): readonly string[] {
  const asked = run.effects.flatMap((effect) =>
    effect.kind === 'invokeCheck' ? [`${effect.stage}#${effect.check}.${effect.evaluation}`] : [],
  );
  run.effects = run.effects.filter(({ kind }) => kind !== 'invokeCheck');
  return asked;
}

function joins(run: OneRun, machine: string, environment: string): void {
  run.machines = { ...run.machines, [environment]: { ...run.machines[environment], [machine]: [] } };
}

/** A line of the history: `prod succeeded`, and of a machine `prod#1 failed`. */
function deploymentLine({ environment, resource, result }: DeploymentRecordEffect): string {
  return `${environment}${resource === undefined ? '' : `#${resource}`} ${result}`;
}

function wordFor(run: OneRun, path: string): string {
  const [stageName = '', jobName, hook] = path.split('.');
  const stage = run.stage(stageName);
  if (jobName === undefined) return stageWord(stage);
  const job = stage.jobs.find((one) => one.name === jobName);
  if (job === undefined) throw new Error(`no job ${path}`);
  if (hook !== undefined) {
    const instance = job.instances.find((one) => partName(one) === hook);
    return instance === undefined ? 'absent' : instanceWord(instance);
  }
  const [only] = job.instances;
  if (job.phase === 'running' && !job.cancelling && only !== undefined && job.instances.length === 1) {
    return instanceWord(only);
  }
  return nodeWord(job);
}

/** The attempt of a stage, or of one of its jobs. */
function attemptOf(run: OneRun, path: string): number | undefined {
  const [stageName = '', jobName] = path.split('.');
  const stage = run.stage(stageName);
  return jobName === undefined ? stage.attempt : stage.jobs.find(({ name }) => name === jobName)?.attempt;
}

/** The cancel that waits for the end of a protected stage, as `run by eve`; null: there is none. */
function pendingFor(stage: StageState): string | null {
  const waits = stage.phase === 'running' ? stage.cancelRequested : undefined;
  return waits === undefined ? null : `${waits.of} by ${waits.by}`;
}

/** A step, and what it says of itself: `Delay failed: The step timed out.` */
function stepWords({ displayName, state, result, issues }: StepState): string {
  const said = issues.map(({ message }) => message).join(' ');
  return `${displayName} ${result ?? state}${said === '' ? '' : `: ${said}`}`;
}

function stageWord(stage: StageState): string {
  const draining = stage.phase === 'completed' && stage.locks === 'draining' ? ', draining' : '';
  return nodeWord(stage) + draining;
}

function nodeWord(node: {
  readonly phase: string;
  readonly result?: NodeResult;
  readonly cancelling?: boolean;
}): string {
  return node.result ?? (node.cancelling === true ? 'cancelling' : node.phase);
}

function instanceWord(instance: StageState['jobs'][number]['instances'][number]): string {
  if (instance.phase === 'completed') return instance.result;
  if (instance.cancel !== undefined) return 'cancelling';
  if (instance.phase === 'queued') return 'queued';
  return instance.startTime === undefined ? 'assigned' : 'running';
}

function reasonFor(run: OneRun, path: string): unknown {
  const [stageName = '', jobName] = path.split('.');
  const stage = run.stage(stageName);
  if (jobName === undefined) return stage.phase === 'completed' ? stage.reason : undefined;
  const job = stage.jobs.find((one) => one.name === jobName);
  return job?.phase === 'completed' ? job.message : undefined;
}

function takeMail(run: OneRun): readonly string[] {
  const lines = run.mail.map(mailLine);
  run.mail = [];
  return lines;
}

/** A message in one line: `JobReady A.j`, `LocksRequested B prod`. */
function mailLine({ body }: Mail): string {
  const words: string[] = [body.type];
  if ('instance' in body) {
    const { stage, job } = body.instance;
    const part = partName(body.instance);
    words.push([stage, job, ...(part === '__default' ? [] : [part])].join('.'));
  }
  if ('stage' in body && body.stage !== undefined) words.push(body.stage);
  if (body.type === 'PersonAwaited' || body.type === 'PersonAnswered') words.push(...body.stages);
  if (body.type === 'LocksRequested') {
    words.push(
      body.requester.stage,
      ...body.resources.map(({ type, id }) => (type === 'environment' ? id : `${type}:${id}`)),
    );
    if (body.byHand) words.push('by hand');
    if (body.behavior !== undefined) words.push(body.behavior);
    if (body.approvals !== undefined) words.push('before approval');
    if (body.reach !== undefined) words.push(reachWords(body.reach));
    if (body.checks?.until !== undefined) words.push(untilWords(body.checks.until));
  }
  if (body.type === 'ChecksChanged') {
    words.push(body.valid ? 'valid' : 'lapsed');
    if (body.until !== undefined) words.push(untilWords(body.until));
  }
  if (body.type === 'JobCanceled') words.push(body.kill ? 'at once' : `within ${body.budgetMs / MINUTE} min`);
  if (body.type === 'JobWithdrawn' && body.kill) words.push('at once');
  if (body.type === 'HolderChanged') {
    words.push(body.state);
    if (body.until !== undefined) words.push(`until ${(body.until - BIRTHDAY) / MINUTE} min`);
  }
  if (body.type === 'JobReady' && body.protected) words.push('protected');
  if (body.type === 'JobOver' && body.lost) words.push('lost');
  if (body.type === 'LocksReleased' && body.end !== undefined) words.push(body.end);
  if (body.type === 'JobReady' && body.demands.length > 0) {
    words.push(
      ...body.demands.map(({ capability, equals }) =>
        equals === undefined ? capability : `${capability}=${equals}`,
      ),
    );
  }
  return words.join(' ');
}

function untilWords(until: number): string {
  return `until ${(until - BIRTHDAY) / MINUTE} min`;
}

/** Parts of a run's identity that a story may set. */
export type StoryIdentity = Partial<
  Pick<
    RunIdentity,
    'branch' | 'repository' | 'stagesToSkip' | 'jobsToSkip' | 'variables' | 'pools' | 'reason'
  >
>;
