import type { JobExpansion } from './state.ts';

/** What a job becomes as it starts; without an expansion it is one plain instance. */
export type Expanded =
  | { readonly ok: true; readonly expansion?: JobExpansion }
  /** Why it cannot start. */
  | { readonly ok: false; readonly message: string };
