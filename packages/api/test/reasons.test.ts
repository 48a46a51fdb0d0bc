import type { Blocker, BlockingBundle } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { reasonText, type ReasonNames } from '../src/index.ts';

const names: ReasonNames = {
  lock: (id) => ['', 'qa', 'db'][id] ?? `lock ${id}`,
  definition: (id) => `pipeline-${id}`,
  run: (id) => `2026.${id}`,
  time: (at) => `minute ${at / 60_000}`,
};
const by = (...runs: readonly number[]): BlockingBundle[] =>
  runs.map((run) => ({ bundle: run, run, definition: 7, stage: 'Deploy', attempt: run === 9 ? 2 : 1 }));

describe('reasonText', () => {
  it.each<[Blocker, string]>([
    [
      { kind: 'heldBy', lock: 1, by: by(1), since: 0 },
      'qa is held by run 2026.1 of pipeline-7 (stage Deploy).',
    ],
    [
      { kind: 'behind', lock: 1, by: by(1, 9), since: 0 },
      'Behind run 2026.1 of pipeline-7 (stage Deploy) and run 2026.9 of pipeline-7 (stage Deploy, attempt 2) in the queue of qa.',
    ],
    [
      { kind: 'olderRunExpected', lock: 1, by: by(3), since: 0 },
      'Waits for the older run 2026.3 of pipeline-7 (stage Deploy), which may still reach qa.',
    ],
    [
      { kind: 'notGrantedTogether', lock: 1, waitsFor: 2, since: 0 },
      'All locks of the stage are granted together, and db is not free.',
    ],
    [{ kind: 'checksPending', lock: 1, since: 0 }, 'A check of qa has to pass again.'],
    [
      { kind: 'frozen', lock: 1, since: 0, actor: 'Ada', reason: 'database migration' },
      'qa is frozen by Ada: database migration.',
    ],
    [
      { kind: 'frozen', lock: 1, since: 0, until: 120_000, actor: 'Ada', reason: 'We migrate!' },
      'qa is frozen by Ada until minute 2: We migrate!',
    ],
    [
      { kind: 'onHold', lock: 2, since: 0, actor: 'Ada', reason: 'waits for the other team' },
      'Held back from db by Ada: waits for the other team.',
    ],
    [
      { kind: 'quarantined', lock: 1, since: 0, by: by(1) },
      'qa waits until nothing of run 2026.1 of pipeline-7 (stage Deploy) can act any more; its agent, or an operator, says when.',
    ],
    [
      { kind: 'quarantined', lock: 1, since: 0, by: by(1), until: 120_000 },
      'qa waits until nothing of run 2026.1 of pipeline-7 (stage Deploy) can act any more, at minute 2 at the latest.',
    ],
    [
      { kind: 'keptForFailure', lock: 1, since: 0, by: by(1) },
      'qa is kept after a failure of run 2026.1 of pipeline-7 (stage Deploy), until somebody acknowledges it.',
    ],
  ])('%j', (blocker, text) => {
    expect(reasonText(blocker, names)).toBe(text);
  });

  it('names three of many, so that a long queue is no long sentence', () => {
    const text = reasonText({ kind: 'behind', lock: 1, by: by(1, 2, 3, 4, 5), since: 0 }, names);
    expect(text).toMatch(/2026\.3 .* and 2 more/);
    expect(text).not.toContain('2026.4');
  });
});
