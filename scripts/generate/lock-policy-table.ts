import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '../../packages/model/src/index.ts';
import { root } from '../run.ts';
import type { GeneratedFile } from './generated-file.ts';
import { table } from './table.ts';

const PAGE = 'docs/reference/settings.md';
const PLACE = /(<!-- lock policy: generated -->\n).*?(<!-- \/lock policy -->\n)/s;

/** In `docs/reference/settings.md`, the table of a lock's settings; the rest of the page is written by hand. */
export function lockPolicyTable(): readonly GeneratedFile[] {
  const page = readFileSync(join(root, PAGE), 'utf8');
  if (!PLACE.test(page)) throw new Error(`${PAGE} has no place for the lock policy.`);
  const names = Object.keys(MEANINGS) as (keyof LockPolicy)[];
  const lines = names.map((name) => {
    const [option, words, meaning] = MEANINGS[name];
    return [
      `\`${name}\``,
      option === '' ? '' : `\`${option}\``,
      words,
      `\`${DEFAULT_LOCK_POLICY[name]}\``,
      meaning,
    ];
  });
  const text = table(['setting', 'option of `locks`', 'values', 'default', 'meaning'], lines);
  return [
    {
      path: PAGE,
      text: page.replace(PLACE, (_all, start: string, end: string) => `${start}\n${text}\n${end}`),
    },
  ];
}

const MEANINGS: Readonly<
  Record<keyof LockPolicy, readonly [option: string, values: string, meaning: string]>
> = {
  capacity: ['--capacity', '1 to 10,000', 'How many may hold the lock at once.'],
  behavior: [
    '--behavior',
    '`runLatest`, `sequential`, `branchRunLatest`, `parallel`',
    'What becomes of those who wait, where the YAML has no `lockBehavior`.',
  ],
  orderBy: [
    '--order-by',
    '`arrival`, `runQueueTime`',
    'The order of those who wait: as they came, or as their runs were queued.',
  ],
  expectedLimitMinutes: [
    '',
    '0 to 5,256,000',
    'How long a run that waits for a person holds younger ones back under `runQueueTime`; then they pass.',
  ],
  supersede: [
    '--supersede',
    '`onRelease`, `onArrival`, `onApproval`',
    'When `runLatest` cancels older waiters: when the lock comes free, when a younger one arrives, or when a younger one is approved (then also those that wait for their approval).',
  ],
  waitTimeoutMinutes: [
    '--wait-timeout',
    '1 to 5,256,000',
    'How long a stage waits at most; 43,200 is 30 days.',
  ],
  onWaitTimeout: [
    '--on-wait-timeout',
    '`skip`, `fail`',
    'What then becomes of the stage; the run fails either way.',
  ],
  holdLimitMinutes: [
    '',
    '0 to 5,256,000',
    'How long a stage holds the lock before `onHoldLimit`; 0 is for ever.',
  ],
  onHoldLimit: [
    '',
    '`alert`, `cancel`',
    'What then happens: an entry in the journal, or the stage is cancelled as well, clean-up included.',
  ],
  onFailure: [
    '',
    '`release`, `hold`',
    'Whether a failed stage gives the lock back, or keeps it until somebody acknowledges the failure.',
  ],
};
