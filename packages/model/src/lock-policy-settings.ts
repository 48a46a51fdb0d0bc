import { POLICY_NUMBERS, POLICY_WORDS } from './lock-policy-check.ts';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from './lock-policy.ts';

/** The settings that are one word or one number; `lanes` and `span` are described by hand. */
type ScalarSetting = Exclude<keyof LockPolicy, 'lanes' | 'span'>;

/** One setting of a lock as its policy file, the file's schema and the reference page see it. */
export interface LockSetting {
  readonly name: ScalarSetting;
  /** What it does, as Markdown. */
  readonly summary: string;
  readonly default: string | number;
  readonly values: LockSettingValues;
}

/** What a setting may be: one of a few words, or a whole number with both bounds included. */
export type LockSettingValues =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number };

const SUMMARIES: Readonly<Record<ScalarSetting, string>> = {
  capacity: 'How many may hold the lock at once.',
  behavior: 'What becomes of those who wait, where the YAML has no `lockBehavior`.',
  orderBy: 'The order of those who wait: as they came, or as their runs were queued.',
  expectedLimitMinutes:
    'How long a run that waits for a person holds younger ones back under `runQueueTime`; then they pass.',
  supersede:
    'When `runLatest` cancels older waiters: when the lock comes free, when a younger one arrives, or when a younger one is approved (then also those that wait for their approval).',
  slot: 'When a stage with approvals takes its place: once it has them, or before anybody is asked, as classic releases do.',
  waitTimeoutMinutes: 'How long a stage waits at most; 43,200 is 30 days.',
  onWaitTimeout: 'What then becomes of the stage; the run fails either way.',
  holdLimitMinutes: 'How long a stage holds the lock before `onHoldLimit`; 0 is for ever.',
  onHoldLimit:
    'What then happens: an entry in the journal, or the stage is cancelled as well, clean-up included.',
  onFailure:
    'Whether a failed stage gives the lock back, or keeps it until somebody acknowledges the failure.',
  cancel:
    'When a cancel reaches a stage that holds the lock: at once, or when the stage is over; only a forced cancel goes through that.',
  staleGuard:
    'What becomes of a stage whose commit is older than what its pipeline last deployed there: it deploys, it deploys with a warning, or it fails.',
};

/** Every setting of a lock that is one word or one number, in the order of the reference (QUEUEING §2). Whatever lists settings is made of it. */
export const LOCK_SETTINGS: readonly LockSetting[] = (Object.keys(SUMMARIES) as readonly ScalarSetting[]).map(
  (name) => ({
    name,
    summary: SUMMARIES[name],
    default: DEFAULT_LOCK_POLICY[name],
    values: valuesOf(name),
  }),
);

function valuesOf(name: ScalarSetting): LockSettingValues {
  if (isWords(name)) return { kind: 'words', words: POLICY_WORDS[name] };
  const { least, most } = POLICY_NUMBERS[name];
  return { kind: 'number', least, most };
}

function isWords(name: ScalarSetting): name is keyof typeof POLICY_WORDS {
  return Object.hasOwn(POLICY_WORDS, name);
}
