import type {
  CheckCategory,
  Instant,
  Millis,
  NodeResult,
  PipelineResourcePlan,
  RepositoryPlan,
} from '@signalbox/model';
import type { Refusal } from '../refusals.ts';
import type { Person } from './person.ts';

/** What a check may know of the run that it checks. */
export interface CheckFacts {
  /** Full ref of the run's own branch, and its commit. */
  readonly branch: string;
  readonly commit: string;
  /** The name of the project. */
  readonly project: string;
  /** The repositories that the pipeline declares besides its own, with the refs that it uses them at. */
  readonly repositories: readonly RepositoryPlan[];
  /** The runs of other pipelines that it takes artifacts from. */
  readonly pipelines: readonly PipelineResourcePlan[];
  /** The templates that the pipeline extends; included ones are not among them (CHK-60). */
  readonly extended: readonly TemplatePlace[];
  /** For whom the run was started, and who started it (GAP-20). */
  readonly requesters: readonly string[];
  /** Whether the pipeline may use the resource now. */
  readonly permitted: boolean;
}

/** Where a template lies. */
export interface TemplatePlace {
  /** The kind of the repository, as files write it: `git`, `github`. */
  readonly type: string;
  readonly name: string;
  /** A branch, a tag or a commit. */
  readonly ref: string;
  /** From the root of the repository. */
  readonly path: string;
}

/** What an act on a check is judged by. */
export interface ActContext {
  readonly now: Instant;
  readonly by: Person;
  /** For whom the run was started, and who started it (GAP-20). */
  readonly requesters: readonly string[];
  /** When the check times out. */
  readonly dueAt: Instant;
}

/** The check after an act; or why the act is refused, and nothing changes. */
export type Acted<P> = { readonly progress: P } | { readonly refusal: Refusal };

/** A check under way: what it is, and how far. */
export interface UnderWay<S, P> {
  readonly settings: S;
  readonly progress: P;
}

/**
 * What a check says. `approved` and `rejected` are final (CHK-33); `approvedUntil` counts only before that instant,
 * then the check is to be asked again (CHK-34); `timedOut`: it cannot pass any more, whatever time is left (CHK-36).
 */
export type Verdict = 'running' | 'approved' | 'rejected' | 'timedOut' | { readonly approvedUntil: Instant };

/** What an operator can do about a check (CHK-50 … CHK-53). */
export type CheckOperation = 'bypass' | 'rerun' | 'defer';

/** What an HTTP service said about one evaluation: its request was taken, and a callback is to come; or the answer. */
export interface CheckAnswer {
  readonly evaluation: number;
  readonly answer: 'passed' | 'failed' | 'accepted';
  /** What it said, or what went wrong, for people; empty: nothing. */
  readonly message: string;
}

/**
 * One kind of check: pure functions from what is known to what is so. `S`: its settings; `P`: how far it is;
 * `A`: what a person can do about it. The checkpoint does the rest: order, time-outs, lapses, the end of the stage.
 */
export interface CheckKind<S, P, A> {
  /** How people call it. */
  name(settings: S): string;
  /** Whether it waits for a person: then younger runs pass after `expectedLimit` (LOCK-63). */
  readonly awaitsPerson: boolean;
  /** What operators can do about it. */
  readonly operations: readonly CheckOperation[];
  category(settings: S): CheckCategory;
  /** Its category begins (CHK-38). */
  start(settings: S, at: Instant, facts: CheckFacts): P;
  /** A person acts on it; absent: nobody can. */
  act?(check: UnderWay<S, P>, act: A, context: ActContext): Acted<P>;
  /** A service answers; undefined: nothing changes (HOOK-7). Absent: it asks none. */
  answer?(check: UnderWay<S, P>, answer: CheckAnswer, now: Instant): P | undefined;
  /** It is evaluated anew at once (CHK-51); absent: time and facts alone decide it. */
  evaluate?(check: UnderWay<S, P>, now: Instant): P;
  /** The number of the evaluation that a service is asked for; absent: it asks none. */
  evaluation?(progress: P): number;
  /** What the passing of time has made of it. */
  pass(check: UnderWay<S, P>, now: Instant, facts: CheckFacts): P;
  /** What it says now. */
  verdict(check: UnderWay<S, P>): Verdict;
  /** When time alone will change it next, its time-out and the end of its pass apart. */
  wakeAt(check: UnderWay<S, P>): Instant | undefined;
  /** How often it looks again though nobody told it anything; absent: it hears of every change. */
  readonly looksEvery?: Millis;
  /** It ends from outside: its time is over, or nobody needs it any more. */
  close(progress: P, how: 'timedOut' | 'canceled'): P;
  /** The result of the stage when it says no, and when its time is over (CHK-30). */
  readonly onRejected: NodeResult;
  readonly onTimeOut: NodeResult;
  /** Why it said no, or has not said yes, as a sentence without a stop; empty: there is nothing to say. */
  why(progress: P): string;
}
