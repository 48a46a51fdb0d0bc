import { describe, expect, it } from 'vitest';
import { CONTRADICTING_PEERS } from './contradicting-peers.ts';
import { hasCorpus } from './folder.ts';
import { peerCases } from './peer-cases.ts';
import { disagreement } from './peer-verdict.ts';

describe.skipIf(!hasCorpus)(
  'cases of other tools (skipped where the corpus is not beside the repository)',
  () => {
    it(
      'turn out as they say, or are listed with the rule that contradicts them',
      { timeout: 600_000 },
      async () => {
        const wrong: string[] = [];
        const listed: string[] = [];
        for (const one of peerCases()) {
          const found = await disagreement(one);
          if (found === undefined) continue;
          if (CONTRADICTING_PEERS[one.id] !== undefined) listed.push(one.id);
          else wrong.push(`${one.id}: ${found}`);
        }
        expect(wrong).toEqual([]);
        expect(listed.sort()).toEqual(Object.keys(CONTRADICTING_PEERS).sort());
      },
    );

    it('are contradicted thirty times at most', () => {
      expect(Object.keys(CONTRADICTING_PEERS).length).toBeLessThanOrEqual(30);
    });
  },
);
