import { fold, type LockBehavior, type LockPolicy } from '@signalbox/model';
import type { InterlockingMessage, Requester, ResourceKey } from '@signalbox/engine';

/** A bundle as the reference remembers it. */
export interface Asked extends Requester {
  readonly id: number;
  readonly behavior: LockBehavior | undefined;
  readonly locks: readonly Lock[];
  readonly rank: number;
  /** What git said of its commit beside that of a run: its first word counts. */
  readonly relations: Map<number, string>;
  since: number;
  status: string;
  eligible: boolean;
  approved?: true;
  /** It asked before its approval, which it still lacks. */
  unapproved?: true;
  checks?: { readonly valid: boolean; readonly from?: number; readonly until?: number };
  /** Its stage failed and nobody has acknowledged that: how it is to end. */
  kept?: string;
  idle?: true;
  held?: true;
  forced?: true;
  granted?: number;
  /** It was older than what was deployed. */
  rejected?: true;
  /** Its place, once an operator has given it one. */
  place?: number;
  tokens: Record<string, number>;
  /** Of somebody outside: whose token asked, for how long, until when they count as alive, and whether
   * they are told of the grant: then they need not be heard of before it. */
  lease?: { readonly owner: string; readonly seconds: number; until: number; isTold: boolean };
  supersededBy?: number;
  /** It holds for several stages: which locks are for its own, and what has become of that. */
  span?: { readonly own: readonly Lock[]; left?: true; over?: true; worst?: 'failed' | 'abandoned' };
  /** It passes through the span of its run, with these locks. */
  inside?: { readonly span: Asked; readonly locks: readonly Lock[] };
}

/** A lock as the reference remembers it. */
export interface Lock {
  readonly key: string;
  policy: LockPolicy;
  enabled: boolean;
  deleted?: true;
  /** Who last deployed here, by pipeline. */
  readonly deployed: Map<number, Requester>;
  freeze?: { readonly until: number | undefined; readonly exempt: readonly string[] };
  lastToken: number;
}

/** A run that may still come to a lock with a stage. */
export interface Expected {
  readonly key: string;
  readonly definition: number;
  readonly stage: string;
  readonly run: number;
  readonly runQueueTime: number;
  readonly branch: string;
  since?: number;
  lapsed?: true;
}

/** The message of a type. */
export type Of<T extends InterlockingMessage['type']> = Extract<InterlockingMessage, { type: T }>;

/** Everything that there is, in the order in which it came. */
export class State {
  readonly locks: Lock[] = [];
  readonly bundles: Asked[] = [];
  expected: Expected[] = [];
  now = 0;

  /** Those that wait at locks. */
  waiting(): readonly Asked[] {
    return this.bundles.filter(({ status, inside }) => status === 'waiting' && !inside);
  }

  holders(lock: Lock): readonly Asked[] {
    return this.bundles.filter(
      ({ status, inside, locks }) => status === 'holding' && !inside && locks.includes(lock),
    );
  }

  find({ run, stage, attempt }: { run: number; stage: string; attempt: number }): Asked | undefined {
    return this.bundles.find(
      (one) => one.run === run && one.attempt === attempt && fold(one.stage) === fold(stage),
    );
  }
}

/** Whether the checks that it has passed count now. */
export function checksCount({ now }: State, { checks, forced }: Asked): boolean {
  if (checks === undefined || forced) return true;
  return checks.valid && (checks.from ?? now) <= now && now < (checks.until ?? Infinity);
}

/** Which lock of a resource is meant. */
export function keyOf(resource: ResourceKey): string {
  return `${resource.type}/${resource.id}`;
}
