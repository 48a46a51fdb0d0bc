import type { PushHint } from './changes.ts';
import type { LookState } from './look-state.ts';

/** What starts runs by itself. */
export interface Triggers {
  /** False: this server starts nothing by itself. */
  readonly on: boolean;
  /** There may be something to do. */
  wake(): void;
  /** Looks at a repository now; nothing is thrown. */
  look(project: number, url: string, hints?: readonly PushHint[]): Promise<void>;
  /** How it went when this server last looked; undefined: it did not. */
  stateOf(project: number, url: string): LookState | undefined;
  /** Does everything that is due now; for tests that move the clock. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Where nothing starts by itself. */
export const NO_TRIGGERS: Triggers = {
  on: false,
  wake: () => undefined,
  look: async () => undefined,
  stateOf: () => undefined,
  settle: async () => undefined,
  stop: async () => undefined,
};
