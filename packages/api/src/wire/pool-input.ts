/** An environment to make. */
export interface NewEnvironment {
  readonly name: string;
  readonly description?: string | null;
}

/** All the tags of a machine, which `id` names. */
export interface MachineTags {
  readonly id: number;
  readonly tags: readonly string[];
}

/** The limit of a pool; clients may write a pool back as they read it, too. */
export interface PoolChange {
  /** Jobs that may run at once; `null`: as many as it has agents. */
  readonly parallelJobs?: number | null;
}

/** A pool for a project to use, by number or by name. */
export interface NewQueue {
  readonly name?: string;
  readonly pool?: { readonly id?: number };
}
