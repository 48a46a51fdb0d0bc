import type { InterlockingEvent, InterlockingMessage, Mail, Outcome, Requester } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type Blocker, type LockBehavior, type LockPolicy } from '@signalbox/model';
import { parse } from 'yaml';
import { Project, timersOf } from './project.ts';

/** One case of `spec/interlocking`; `spec/interlocking/README.md` explains the words. */
export interface StoryCase {
  readonly name: string;
  readonly what: string;
  readonly rules: readonly string[];
  readonly locks?: Readonly<Record<string, Partial<LockPolicy> & { readonly enabled?: boolean }>>;
  readonly runs?: Readonly<Record<string, RunWords>>;
  /** `late`: timers of a minute come after what is told of that minute. */
  readonly timers?: 'late';
  readonly story: readonly string[];
  readonly expect?: readonly string[];
  readonly runLatest?: readonly string[];
  readonly sequential?: readonly string[];
}

interface RunWords {
  readonly pipeline?: string;
  readonly branch?: string;
  readonly queued?: number;
  readonly behavior?: LockBehavior;
}

/** Where the behaviour of a case that is told for two of them comes from (LOCK-8). */
export interface Told {
  readonly behavior?: LockBehavior;
  readonly by?: 'stage' | 'lock';
}

const MINUTE = 60_000;

/** Tells a case to the real interlocking and writes down what it does, in the words of the `expect` lists. */
export class Story {
  readonly project: Project = new Project();
  readonly seen: string[] = [];
  readonly #case: StoryCase;
  readonly #told: Told;
  readonly #timers: { body: InterlockingMessage; due: number; order: number }[] = [];
  readonly #attempts: Map<string, number> = new Map();
  #minute = 0;
  /** What the journal entry of a grant says of the order, by requester. */
  #exceptions: Map<string, string> = new Map();

  constructor(one: StoryCase, told: Told) {
    this.#case = one;
    this.#told = told;
  }

  get now(): number {
    return this.#minute * MINUTE;
  }

  tell(): readonly string[] {
    for (const name of Object.keys(this.#case.locks ?? {})) this.#configure(name, {});
    this.seen.length = 0;
    for (const line of this.#case.story) {
      const [, minute = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? fail(line);
      const before = this.#case.timers === 'late' ? Number(minute) * MINUTE - 1 : Number(minute) * MINUTE;
      this.#ring(before);
      this.#minute = Number(minute);
      this.#say(rest);
    }
    this.#ring(this.#minute * MINUTE);
    return this.seen;
  }

  #ring(until: number): void {
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.due - b.due || a.order - b.order);
      if (next === undefined || next.due > until) return;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#minute = Math.max(this.#minute, next.due / MINUTE);
      this.#send(next.body);
    }
  }

  #say(text: string): void {
    if (text === 'time passes') return;
    const match =
      /^(\S+) (expects|requests|awaits approval of|awaits a person|hears from a person|is approved|releases|withdraws|will not ask|is over|becomes|explains|is reconciled|is released by force|is released|is put on hold|is let go|is moved|is withdrawn by hand|is forced|is frozen|is thawed|fails|is lost|drains|is back|is abandoned|is acknowledged|acquires|renews|gives back)(?: (.*))?$/.exec(
        text,
      );
    const [, subject = '', verb = '', rest = ''] = match ?? fail(text);
    const [, first = '', more = ''] = /^(\S+) ?(.*)$/.exec(rest) ?? [];
    const operator = this.#operatorMessage(subject, verb, { first, more });
    if (operator !== undefined) return this.#send(operator);
    const lease = this.#leaseMessage(subject, verb, rest);
    if (lease !== undefined) return this.#send(lease);
    if (verb === 'becomes') return this.#configure(subject, parse(rest) as Partial<LockPolicy>);
    if (verb === 'explains') return this.#explain(this.#requester(subject));
    if (verb === 'is released') return this.#releaseAll(subject);
    this.#send(this.#message(subject, verb, rest));
  }

  #releaseAll(name: string): void {
    const id = this.#lockId(name);
    for (const { status, requests, requester } of this.project.rows.bundles.values()) {
      const { run, stage, attempt } = requester;
      const holds = status === 'inUse' && requests.some(({ lock }) => lock === id);
      if (holds) return this.#send({ type: 'LocksReleased', run, stage, attempt });
    }
  }

  /** `r2 is moved before r1` · `prod is frozen until 30 except refs/heads/hotfix/*`. */
  #operatorMessage(
    subject: string,
    verb: string,
    { first, more }: { readonly first: string; readonly more: string },
  ): InterlockingMessage | undefined {
    const who = { by: 'ann', reason: 'because' };
    const act = (name: string) => ({ bundle: this.#bundleId(name), ...who });
    switch (verb) {
      case 'is put on hold':
        return { type: 'HoldRequest', ...act(subject), reason: first === 'silently' ? ' ' : who.reason };
      case 'is let go':
        return { type: 'UnholdRequest', ...act(subject) };
      case 'is moved': {
        const side = first === 'before' ? 'before' : 'after';
        return { type: 'MoveRequest', ...act(subject), place: { side, of: this.#bundleId(more) } };
      }
      case 'is withdrawn by hand':
        return { type: 'WithdrawRequest', ...act(subject) };
      case 'is acknowledged':
        return { type: 'AcknowledgeFailure', ...act(subject) };
      case 'is released by force':
        return { type: 'ForceRelease', ...act(subject) };
      case 'is forced':
        return { type: 'ForceGrant', ...act(subject) };
      case 'is frozen': {
        const [, until] = /until (\d+)/.exec(`${first} ${more}`) ?? [];
        const [, except = ''] = /except (.*)$/.exec(`${first} ${more}`) ?? [];
        const exempt = except.split(/, */).filter((pattern) => pattern !== '');
        const end = until === undefined ? {} : { until: Number(until) * MINUTE };
        return { type: 'FreezeLock', lock: this.#lockId(subject), ...end, exempt, ...who };
      }
      case 'is thawed':
        return { type: 'UnfreezeLock', lock: this.#lockId(subject), ...who };
      default:
        return undefined;
    }
  }

  /** `x1 acquires prod, db for 5` (minutes) · `x1 renews by another` · `x1 gives back failed`. */
  #leaseMessage(request: string, verb: string, rest: string): InterlockingMessage | undefined {
    const owner = rest.endsWith('by another') ? 'another' : 'token';
    if (verb === 'renews') return { type: 'RenewLease', request, owner };
    if (verb === 'gives back')
      return { type: 'ReleaseLease', request, owner, failed: rest.startsWith('failed') };
    if (verb !== 'acquires') return undefined;
    const [, names = '', length = '10'] = /^(.*?)(?: for (\S+))?(?: by another)?$/.exec(rest) ?? [];
    const ids = [...this.project.rows.locks.values()].map(({ id, name }) => [name, id] as const);
    const locks = names
      .split(/, */)
      .filter((name) => name !== '')
      .map((name) => new Map(ids).get(name) ?? 99);
    return { type: 'AcquireLease', request, caller: 'tool', owner, locks, seconds: Number(length) * 60 };
  }

  /** 99 for one that has never asked. */
  #bundleId(name: string): number {
    const { run, stage, attempt } = this.#requester(name);
    const found = [...this.project.rows.bundles.values()].find(
      ({ requester }) => requester.run === run && requester.stage === stage && requester.attempt === attempt,
    );
    return found?.id ?? 99;
  }

  #message(subject: string, verb: string, rest: string): InterlockingMessage {
    if (verb === 'is reconciled') return { type: 'Reconcile', locks: [this.#lockId(subject)] };
    const requester = this.#requester(subject);
    const { run, stage, attempt } = requester;
    const names = rest.split(/, */).filter((name) => name !== '' && name !== 'own' && name !== 'nothing');
    const resources = names.map(resourceOf);
    switch (verb) {
      case 'expects': {
        const { definition, branch, runQueueTime } = requester;
        return { type: 'Expected', run, definition, branch, runQueueTime, stages: [{ stage, resources }] };
      }
      case 'awaits a person':
        return { type: 'PersonAwaited', run, stages: [stage] };
      case 'hears from a person':
        return { type: 'PersonAnswered', run, stages: [stage] };
      case 'is approved':
        return { type: 'ApprovalGiven', run, stage, attempt };
      case 'awaits approval of':
      case 'requests': {
        const behavior =
          this.#case.runs?.[`r${run}`]?.behavior ??
          (this.#told.by === 'stage' ? this.#told.behavior : undefined);
        const ownLock = rest.split(/, */).includes('own');
        return {
          type: 'LocksRequested',
          requester,
          ownLock,
          resources,
          ...(behavior !== undefined && { behavior }),
          ...(verb === 'awaits approval of' && { approvals: 'pending' }),
        };
      }
      case 'fails':
        return { type: 'LocksReleased', run, stage, attempt, end: 'failed' };
      case 'is abandoned':
        return { type: 'LocksReleased', run, stage, attempt, end: 'abandoned' };
      case 'is back':
        return { type: 'HolderChanged', run, stage, attempt, state: 'working' };
      case 'is lost':
      case 'drains': {
        const [, until] = /until (\d+)/.exec(rest) ?? [];
        const state = verb === 'drains' ? 'draining' : 'quarantined';
        const end = until === undefined ? {} : { until: Number(until) * MINUTE };
        return { type: 'HolderChanged', run, stage, attempt, state, ...end };
      }
      case 'releases':
        return { type: 'LocksReleased', run, stage, attempt };
      case 'withdraws':
        return { type: 'LocksWithdrawn', run, stage, attempt };
      case 'will not ask':
        return { type: 'NotExpected', run, stage };
      default:
        return { type: 'NotExpected', run };
    }
  }

  /** `r1`, `r1/test`, `r1/test@2`: the stage is `Deploy` and the attempt the last one told, if not given. */
  #requester(subject: string): Requester {
    if (subject.startsWith('x')) {
      const runQueueTime = this.#minute * MINUTE;
      return { run: 0, definition: 0, stage: subject, attempt: 1, branch: '', runQueueTime };
    }
    const [, name = '', stage = 'Deploy', attempt] =
      /^(r\d+)(?:\/(\w+))?(?:@(\d+))?$/.exec(subject) ?? fail(subject);
    const words = this.#case.runs?.[name] ?? {};
    const key = `${name}/${stage}`;
    if (attempt !== undefined) this.#attempts.set(key, Number(attempt));
    return {
      run: Number(name.slice(1)),
      definition: (words.pipeline ?? 'P').charCodeAt(0),
      stage,
      attempt: this.#attempts.get(key) ?? 1,
      branch: words.branch ?? 'main',
      // Queue times of a project's runs grow with their numbers, without ties (INV-41).
      runQueueTime: (words.queued ?? 0) * MINUTE + Number(name.slice(1)),
    };
  }

  #configure(name: string, change: Partial<LockPolicy> & { readonly enabled?: boolean }): void {
    const before = [...this.project.rows.locks.values()].find((lock) => lock.name === name);
    const first = {
      ...this.#case.locks?.[name],
      ...(this.#told.by === 'lock' && { behavior: this.#told.behavior }),
    };
    const { enabled, ...policy } = {
      enabled: before?.enabled ?? true,
      ...(before === undefined && first),
      ...change,
    };
    this.#send({
      type: 'ConfigureLock',
      resource: before?.resource ?? resourceOf(name),
      name,
      policy: { ...(before?.policy ?? DEFAULT_LOCK_POLICY), ...(policy as Partial<LockPolicy>) },
      enabled,
      by: 'tester',
    });
  }

  #lockId(name: string): number {
    const lock = [...this.project.rows.locks.values()].find((row) => row.name === name);
    return (lock ?? fail(name)).id;
  }

  #send(body: InterlockingMessage): void {
    const outcome = this.project.send(body, this.#minute * MINUTE);
    for (const timer of timersOf(outcome.mail)) this.#timers.push({ ...timer, order: this.#timers.length });
    this.#write(outcome, body);
    for (const { to, due, body: next } of outcome.mail) {
      if (to.kind === 'interlocking' && due === undefined) this.#send(next as InterlockingMessage);
    }
  }

  #write(outcome: Outcome<InterlockingEvent>, body: InterlockingMessage): void {
    this.#exceptions = new Map();
    for (const event of outcome.events) {
      if (event.type === 'BundleAbandoned') this.#note(this.#name(event.bundle), 'is abandoned');
      this.#outside(event);
      if (event.type === 'HoldLimitReached')
        this.#note(
          this.#name(event.bundle),
          `holds ${this.project.rows.getLock(event.lock)?.name} longer than ${event.minutes}: ${event.action}`,
        );
      if (event.type === 'BundleCanceled') this.#note(this.#name(event.bundle), 'is canceled');
      if (event.type === 'ExpectationChanged' && event.why === 'limit')
        this.#note('settle', `lets pass ${event.rows.map(({ run }) => `r${run}`).join(' ')}: limit`);
      if (event.type === 'BundleGranted' && event.exceptions !== undefined)
        this.#exceptions.set(this.#name(event.bundle), ` (${event.exceptions.join(', ')})`);
    }
    for (const mail of outcome.mail) this.#heard(mail);
    const { reply } = outcome;
    if (reply?.ok === false)
      this.#note(body.type === 'ConfigureLock' ? body.name : 'it', `is refused: ${reply.refusal.code}`);
    const isOperators = reply?.ok === true && typeof reply.value === 'object' && reply.value !== null;
    if (isOperators && 'changed' in reply.value && reply.value.changed === false)
      this.#note('it', 'changes nothing');
    if (body.type === 'Reconcile' && reply?.ok === true)
      this.#note('settle', `mended ${JSON.stringify(reply.value)}`);
  }

  /** What no run is told of callers from outside: they ask by themselves. */
  #outside(event: InterlockingEvent): void {
    const bundle = 'bundle' in event && typeof event.bundle === 'number' ? event.bundle : 0;
    const row = this.project.rows.getBundle(bundle);
    if (row?.requester.caller === undefined) return;
    const name = row.requester.stage;
    if (event.type === 'BundleGranted') {
      const names = event.requests.map(
        ({ lock, token }) => `${this.project.rows.getLock(lock)?.name}#${token}`,
      );
      this.#note(name, `gets ${names.join(', ')}${this.#exceptions.get(name) ?? ''}`);
    }
    if (event.type === 'BundleTimedOut') this.#note(name, 'times out');
    if (event.type === 'BundleWithdrawn') this.#note(name, `is withdrawn by ${event.by}: ${event.reason}`);
    if (event.type === 'BundleSuperseded') this.#note(name, `is superseded by r${event.byRun}`);
    if (event.type === 'BundleFinished') this.#note(name, 'is finished');
    if (event.type === 'HolderChanged' && event.until !== undefined)
      this.#note(name, `is ${event.state} until ${event.until / MINUTE}`);
    if (event.type === 'LeaseRenewed') this.#note(name, `has its lease until ${event.until / MINUTE}`);
  }

  #heard({ to, body }: Mail): void {
    if (to.kind !== 'run') return;
    if (body.type === 'CancelStage') this.#note(nameOf(to.id, body.stage, 1), 'is told to end');
    if (body.type === 'LocksGranted') {
      const tokens = body.tokens.map(({ lockName, token }) => `${lockName}#${token}`);
      const name = nameOf(to.id, body.stage, body.attempt);
      this.#note(name, `gets ${tokens.join(', ') || 'no lock'}${this.#exceptions.get(name) ?? ''}`);
    } else if (body.type === 'LocksLost') {
      const { why } = body;
      const words = {
        superseded: () => (why.kind === 'superseded' ? `is superseded by r${why.byRun} at ${why.lock}` : ''),
        timedOut: () =>
          why.kind === 'timedOut' ? `times out at ${why.lock} after ${why.minutes}: ${why.then}` : '',
        withdrawn: () => (why.kind === 'withdrawn' ? `is withdrawn by ${why.by}: ${why.reason}` : ''),
        lockMissing: () => 'loses: lock missing',
      };
      this.#note(nameOf(to.id, body.stage, body.attempt), words[why.kind]());
    }
  }

  #explain(requester: Requester): void {
    const bundle = [...this.project.rows.bundles.values()].find(
      (row) =>
        row.requester.run === requester.run &&
        row.requester.stage === requester.stage &&
        row.requester.attempt === requester.attempt,
    );
    const blockers = bundle === undefined ? [] : this.project.blockersOf(bundle.id);
    const words = blockers.map((blocker) => this.#wordsOf(blocker)).join('; ');
    this.#note(nameOf(requester.run, requester.stage, requester.attempt), `waits: ${words || 'for nothing'}`);
  }

  #wordsOf(blocker: Blocker): string {
    const lock = this.project.rows.getLock(blocker.lock)?.name;
    if (blocker.kind === 'notGrantedTogether') {
      return `notGrantedTogether ${lock} for ${this.project.rows.getLock(blocker.waitsFor)?.name}`;
    }
    if (blocker.kind === 'frozen' || blocker.kind === 'onHold') {
      return `${blocker.kind} ${lock} by ${blocker.actor}`;
    }
    const by = blocker.kind === 'checksPending' ? [] : blocker.by;
    const until = blocker.kind === 'quarantined' && blocker.until !== undefined ? blocker.until / MINUTE : '';
    const names = by.map(({ run, stage, attempt }) => nameOf(run, stage, attempt));
    return [blocker.kind, lock, ...names, ...(until === '' ? [] : [`until ${until}`])].join(' ');
  }

  #name(bundle: number): string {
    const { requester } = this.project.rows.getBundle(bundle) ?? fail(`bundle ${bundle}`);
    return nameOf(requester.run, requester.stage, requester.attempt);
  }

  #note(subject: string, words: string): void {
    this.seen.push(`${this.#minute} ${subject} ${words}`);
  }
}

function resourceOf(name: string): { type: 'environment'; id: string; name: string } {
  return { type: 'environment', id: name, name };
}

function nameOf(run: number, stage: string, attempt: number): string {
  if (run === 0) return stage;
  return `r${run}${stage.toLowerCase() === 'deploy' ? '' : `/${stage}`}${attempt === 1 ? '' : `@${attempt}`}`;
}

function fail(text: string): never {
  throw new Error(`not a line of a story: ${text}`);
}
