import type { DefinitionId, Instant, Millis, ProjectId } from '@signalbox/model';

/** What a caller gives of a cache. */
export interface CacheInput {
  readonly project: ProjectId;
  readonly definition: DefinitionId;
  /** The branch that it was made on, or `refs/pull/<number>/merge`. */
  readonly scope: string;
  /** Its segments joined by `|`. */
  readonly key: string;
  /** The content that lists its files. */
  readonly manifest: string;
  readonly files: number;
  readonly bytes: number;
}

/** A cache; it never changes. */
export interface CacheRow extends CacheInput {
  readonly id: number;
  readonly createdAt: Instant;
  readonly usedAt: Instant;
}

/** What is looked for: the first key that any scope has, in the order of the keys, then of the scopes. */
export interface CacheQuery {
  readonly definition: DefinitionId;
  readonly scopes: readonly string[];
  /** Has to be met as it is. */
  readonly key: string;
  /** Beginnings of keys, in whole segments; of several caches the newest. */
  readonly restoreKeys: readonly string[];
}

/** How much may be kept. */
export interface CacheBounds {
  /** Those that nobody used for so long go. */
  readonly unused: Millis;
  /** Of each project the longest unused go until the others fit. */
  readonly bytesPerProject: number;
}

/** The caches of pipelines. */
export interface Caches {
  /** Keeps it, unless its scope has one of that key already: then that one stays, and the answer is false. */
  create(input: CacheInput, contents: readonly string[]): Promise<boolean>;
  /** The best one; it counts as used now. */
  find(query: CacheQuery): Promise<CacheRow | undefined>;
  get(id: number): Promise<CacheRow | undefined>;
  /** Removes what goes beyond the bounds; answers how many. */
  evict(bounds: CacheBounds): Promise<number>;
}
