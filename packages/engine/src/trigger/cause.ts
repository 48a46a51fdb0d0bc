/** What started a run, when no person did. Plain facts, told when it was queued. */
export interface RunCause {
  /** As Azure's `triggerInfo`: `ci.sourceSha`, `pr.number`, `scheduleName` … */
  readonly info: Readonly<Record<string, string>>;
  /** Predefined variables that only this kind of run has, by name (TRIG-35, TRIG-44, TRIG-45). */
  readonly variables: Readonly<Record<string, string>>;
  /** Somebody else's code: no secrets, no protected resource (TH2, TRIG-23). */
  readonly fork?: true;
}
