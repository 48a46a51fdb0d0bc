/** Told about what goes on; every call is optional reading. */
export interface WorkObserver {
  worked?(report: { readonly messages: number; readonly parked: number }): void;
  effect?(outcome: 'done' | 'failed', reason?: string): void;
  /** A round failed; it is tried again after a pause. */
  failed?(what: string, error: unknown): void;
}
