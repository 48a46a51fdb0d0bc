/** Where the keys of the secrets come from; only those of its `own` file the server changes itself. */
export type WireKeySource = 'own' | 'file' | 'environment' | 'command';

/** A key of the secrets; the key itself is never told. */
export interface WireSecretKey {
  /** Eight hexadecimal digits, made of the key; each sealed value names it. */
  readonly id: string;
  /** True for the one that seals; the others only open. */
  readonly active: boolean;
}

/** How far the sealing anew of everything is. */
export interface WireKeyRotation {
  readonly state: 'running' | 'finished';
  /** The key that everything is sealed by in the end. */
  readonly to: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** Rounds through everything; the last one finds nothing to change. */
  readonly round: number;
  /** The table that is looked at, or `secure files`. */
  readonly table: string;
  /** Rows looked at in this round. */
  readonly seen: number;
  /** Rows and files sealed anew altogether. */
  readonly resealed: number;
}

/** The keys of the secrets of a server. */
export interface WireSecretKeys {
  readonly source: WireKeySource;
  /** The active one first. */
  readonly keys: readonly WireSecretKey[];
  /** The last rotation; absent: there was none. */
  readonly rotation?: WireKeyRotation;
}
