import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Simulation } from './simulation.ts';

/** Longer runs: `SIGNALBOX_TEST_FACTOR=100 npx vitest run --project engine simulation`. */
const FACTOR = Number(process.env['SIGNALBOX_TEST_FACTOR'] ?? 1);

vi.setConfig({ testTimeout: 300_000 * FACTOR });

describe('the whole engine, with late mail, crashes, lost agents and impatient users', () => {
  it.each([
    ['settled', false],
    ['changing', true],
  ])('ends all runs and frees all locks; journals fold to rows; policies are %s', (_, changing) => {
    const setting = fc.record({ seed: fc.nat(), steps: fc.constant(250), changing: fc.constant(changing) });
    fc.assert(
      fc.property(setting, (one) => {
        const { broken, world } = new Simulation(one).run();
        expect(broken, [...world.log.slice(-40), ...broken].join('\n')).toEqual([]);
      }),
      { numRuns: 12 * FACTOR, endOnFailure: true },
    );
  });
});
