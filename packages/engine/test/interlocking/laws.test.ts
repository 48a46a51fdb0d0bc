import { createInterlocking } from '@signalbox/engine';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { tell, told, type Told } from './history/index.ts';
import { PROJECT, Project, snapshot, write } from './project.ts';

const STEPS = 60;
/** Longer runs: `SIGNALBOX_TEST_FACTOR=100 npx vitest run --project engine laws`. */
const FACTOR = Number(process.env['SIGNALBOX_TEST_FACTOR'] ?? 1);

vi.setConfig({ testTimeout: 300_000 * FACTOR });

function always(runs: number, property: (history: Told) => void): void {
  fc.assert(fc.property(told({ steps: STEPS }), property), { numRuns: runs * FACTOR });
}

describe('every history', () => {
  it('is decided alike on a slice, in a batch, and on everything', () => {
    always(80, (history) => {
      const project = new Project({ stingy: true });
      let base = snapshot(project.rows);
      let batch = createInterlocking(PROJECT);
      let size = 0;
      const expected: string[] = [];
      tell(project, history, {
        before(message, now) {
          const whole = createInterlocking(PROJECT, project.rows);
          expected.splice(0, 2, JSON.stringify(project.decide(whole, message, { now })));
          expected.push(JSON.stringify(project.decide(batch, message, { now, rows: base })));
        },
        after(_, outcome) {
          expect(JSON.stringify(outcome)).toBe(expected[0]);
          expect(expected[1]).toBe(expected[0]);
          size = (size + 1) % 7;
          if (size > 0) return;
          write(base, batch.changes());
          expect(base).toEqual(project.rows);
          batch = createInterlocking(PROJECT);
          base = snapshot(project.rows);
        },
      });
    });
  });

  it('finds nothing when it is settled again (INV-05)', () => {
    always(30, (history) => {
      const project = new Project();
      tell(project, history, {
        atRest: (now) => {
          const locks = [...project.rows.locks.keys()];
          const again = createInterlocking(PROJECT, project.rows);
          const outcome = project.decide(again, { type: 'Reconcile', locks }, { now });
          expect(outcome.reply).toEqual({ ok: true, value: { mended: 0 } });
        },
      });
    });
  });
});
