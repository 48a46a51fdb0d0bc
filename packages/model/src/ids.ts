/** A point in time: milliseconds since 1970-01-01T00:00:00Z. Read once per transaction and handed in. */
export type Instant = number;

/** A span of time in milliseconds. */
export type Millis = number;

/** A run (= build) of a pipeline; grows in commit order (GLOSS-1, INV-41). */
export type RunId = number;

/** A pipeline definition (GLOSS-1). */
export type DefinitionId = number;

/** A project, by number inside one Signalbox; its GUID is for the wire only. */
export type ProjectId = number;

/** An agent pool of the organisation (AGENT-1). */
export type PoolId = number;

/** An agent of one pool. */
export type AgentId = number;

/** An environment of a project (section 7 of the specification). */
export type EnvironmentId = number;

/** A lock of a project (QUEUEING §1). */
export type LockId = number;

/** All the lock requests of one stage attempt; granted together or not at all (QUEUEING §1). */
export type BundleId = number;

/** A request for an agent: one job instance waiting in, or taken from, a pool. */
export type JobRequestId = number;

/** A lower-case GUID, as the wire wants it. */
export type Guid = string;

/** A name folded for comparison: what JavaScript's `toLowerCase` makes of it (ARCHITECTURE §4). */
export type FoldedName = string;

/** Folds a name so that two spellings of it compare equal (YAML-3, NAME-2). */
export function fold(name: string): FoldedName {
  return name.toLowerCase();
}
