import { describe, expect, it } from 'vitest';
import { fuzzPipelines } from './fuzz.ts';
import { fuzzSeeds } from './seeds.ts';

describe('compile', () => {
  const seeds = fuzzSeeds();

  it.each([1, 1_000_000, 20_261_122])(
    'keeps its promises for 400 pipelines from seed %i on',
    { timeout: 120_000 },
    async (seed) => {
      const result = await fuzzPipelines(seeds, seed, 400);
      expect(result.findings).toEqual([]);
      // Chance must reach the plan, else nothing behind the reader was tried.
      expect(result.compiled).toBeGreaterThan(40);
    },
  );
});
