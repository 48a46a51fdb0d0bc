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

/** A pool to make; the one of this name may be there already. */
export interface NewPool {
  readonly name: string;
  readonly poolType?: 'automation';
  readonly autoProvision?: boolean;
  readonly autoUpdate?: boolean;
}

/** What of a pool changes; clients may write back what else they read, as it was. */
export interface PoolChange {
  readonly name?: string;
  /** Whether projects that are made from now on have a queue to it. */
  readonly autoProvision?: boolean;
  /** Kept for clients: agents here are brought up to date by those who run them. */
  readonly autoUpdate?: boolean;
  /** Jobs that may run at once; `null`: as many as it has agents. */
  readonly parallelJobs?: number | null;
}

/** A pool for a project to use, by number or by name. */
export interface NewQueue {
  readonly name?: string;
  readonly pool?: { readonly id?: number };
}
