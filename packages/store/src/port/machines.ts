import type { EnvironmentId, Instant, PoolId } from '@signalbox/model';

/** A machine of an environment: a resource that runs steps by an agent of its own (ENV-5, DEP-12). */
export interface MachineRow {
  readonly id: number;
  readonly environment: EnvironmentId;
  /** The name of its agent, unique in the environment, letter case aside. */
  readonly name: string;
  readonly tags: readonly string[];
  /** The pool of all machines of the environment. */
  readonly pool: PoolId;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** The machines of environments; they go with their environment. */
export interface Machines {
  /** By name. */
  list(environment: EnvironmentId): Promise<readonly MachineRow[]>;
  /** The machine of this name, made if there is none; it keeps its tags where none are given. */
  register(
    input: Pick<MachineRow, 'environment' | 'name' | 'pool'> & { readonly tags?: readonly string[] },
  ): Promise<MachineRow>;
  /** Refused with `not-found` when there is no such machine in the environment. */
  setTags(environment: EnvironmentId, id: number, tags: readonly string[]): Promise<MachineRow>;
  /** False when there was none. */
  remove(environment: EnvironmentId, id: number): Promise<boolean>;
}
