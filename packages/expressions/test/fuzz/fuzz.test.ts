import { describe, expect, it } from 'vitest';
import { fuzzExamples } from './examples.ts';
import { fuzzExpressions } from './fuzz.ts';

describe('lexer, parser and evaluator', () => {
  const examples = fuzzExamples();

  it.each([1, 1_000_000, 20_261_122])(
    'keep their promises for 1,500 texts from seed %i on',
    { timeout: 60_000 },
    (seed) => {
      const result = fuzzExpressions(examples, seed, 1_500);
      expect(result.findings).toEqual([]);
      // Chance must reach the evaluator, else nothing of it was tried.
      expect(result.parsed).toBeGreaterThan(300);
      expect(result.evaluated).toBeGreaterThan(150);
    },
  );
});
