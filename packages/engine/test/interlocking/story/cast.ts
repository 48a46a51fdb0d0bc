import type { BundleRow, InterlockingMessage, Requester, WholeInterlocking } from '@signalbox/engine';
import type { LockBehavior } from '@signalbox/model';
import { MINUTE, fail, type RunWords, type StoryCase, type Told } from './case.ts';

/** No row has this id: for those who have never asked, and locks that do not exist. */
export const NOBODY = 99;

/** Whom and what the names of a story mean. */
export class Cast {
  /** In minutes. */
  minute = 0;
  readonly rows: WholeInterlocking;
  /** What slow runs have still to say, by run. */
  readonly unsaid: Map<number, () => InterlockingMessage | undefined> = new Map();
  readonly #case: StoryCase;
  readonly #told: Told;
  readonly #attempts: Map<string, number> = new Map();

  constructor(rows: WholeInterlocking, one: StoryCase, told: Told) {
    this.rows = rows;
    this.#case = one;
    this.#told = told;
  }

  /** `r1`, `r1/test`, `r1/test@2`: the stage is `Deploy` and the attempt the last one told, if not given. */
  requester(subject: string): Requester {
    if (subject.startsWith('x')) {
      const runQueueTime = this.minute * MINUTE;
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

  /** What the stage says itself. */
  behaviorOf({ run }: Requester): LockBehavior | undefined {
    const told = this.#told.by === 'stage' ? this.#told.behavior : undefined;
    return this.#case.runs?.[`r${run}`]?.behavior ?? told;
  }

  /** The plan of a run, if the case tells it. */
  planOf(run: number): NonNullable<RunWords['plan']> {
    return this.#case.runs?.[`r${run}`]?.plan ?? {};
  }

  /** Whether the run says only when it is told to what it can reach. */
  isSlow({ run }: Requester): boolean {
    return this.#case.runs?.[`r${run}`]?.slow ?? false;
  }

  /** The pipeline of a run, as policies call it. */
  pipelineOf({ definition }: Requester): string {
    return String.fromCharCode(definition);
  }

  bundle(subject: string): BundleRow | undefined {
    const { run, stage, attempt } = this.requester(subject);
    return [...this.rows.bundles.values()].find(
      ({ requester }) => requester.run === run && requester.stage === stage && requester.attempt === attempt,
    );
  }

  bundleId(subject: string): number {
    return this.bundle(subject)?.id ?? NOBODY;
  }

  lockId(name: string): number {
    const lock = [...this.rows.locks.values()].find((row) => row.name === name);
    return (lock ?? fail(name)).id;
  }

  /** The bundle's name in `expect` lists. */
  nameOfBundle(bundle: number): string {
    const { requester } = this.rows.getBundle(bundle) ?? fail(`bundle ${bundle}`);
    return nameOf(requester.run, requester.stage, requester.attempt);
  }

  nameOfLock(lock: number): string {
    return String(this.rows.getLock(lock)?.name);
  }
}

/** A stage attempt's name in `expect` lists; of run 0, the request of somebody outside. */
export function nameOf(run: number, stage: string, attempt: number): string {
  if (run === 0) return stage;
  return `r${run}${stage.toLowerCase() === 'deploy' ? '' : `/${stage}`}${attempt === 1 ? '' : `@${attempt}`}`;
}

/** A lock's resource: an environment, or with a slash the stage of a pipeline itself. */
export function resourceOf(name: string): {
  type: 'environment' | 'persistedStage';
  id: string;
  name: string;
} {
  const [pipeline, stage] = name.split('/');
  if (pipeline === undefined || stage === undefined) return { type: 'environment', id: name, name };
  return { type: 'persistedStage', id: `${pipeline.charCodeAt(0)}:${stage.toLowerCase()}`, name };
}
