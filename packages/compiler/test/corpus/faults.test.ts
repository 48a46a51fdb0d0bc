import { describe, expect, it } from 'vitest';
import { FAULT_KINDS } from './faults/fault.ts';
import { plantFaults } from './faults/plant.ts';
import { hasCorpus } from './folder.ts';
import { realRoots } from './real-roots.ts';

/** `npm run corpus` plants 2,000. */
const COUNT = 200;
const SEED = 20_261_122;

describe.skipIf(!hasCorpus)(
  'faults planted into real pipelines (skipped where the corpus is not beside the repository)',
  () => {
    it('are refused at the line where they are', { timeout: 600_000 }, async () => {
      const planted = await plantFaults(realRoots(), COUNT, SEED);
      expect(planted).toHaveLength(COUNT);
      expect(new Set(planted.map(({ kind }) => kind)).size).toBe(FAULT_KINDS.length);
      const told = planted.map((one) => ({ ...one, fault: { ...one.fault, text: '' } }));
      expect(told.filter(({ refused }) => !refused).slice(COUNT * 0.01)).toEqual([]);
      expect(told.filter(({ located }) => !located).slice(COUNT * 0.05)).toEqual([]);
    });
  },
);
