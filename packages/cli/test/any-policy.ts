import { DEFAULT_LOCK_POLICY, LOCK_SETTINGS, policyProblems, type LockPolicy } from '@signalbox/model';
import fc from 'fast-check';

/** Every setting of the model, those that are no word and no number included. */
export const ALL_SETTINGS = Object.keys(DEFAULT_LOCK_POLICY) as readonly (keyof LockPolicy)[];

/** Settings that are more than one word or one number; a new one of that kind needs its values here. */
const SHAPED = {
  span: fc.constantFrom<LockPolicy['span']>('stage', 'run', {
    through: { shop: 'Verify', 'team/api': 'Smoke_1' },
  }),
  lanes: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('hotfix', '1', 'yes: #', 'fast lane'),
      branches: fc.uniqueArray(fc.constantFrom('refs/heads/main', 'refs/heads/hotfix/*', '*'), {
        minLength: 1,
      }),
      headStartMinutes: fc.integer({ min: 1, max: 43_200 }),
    }),
    { maxLength: 3, selector: ({ name }) => name },
  ),
};

/** Every sound policy; each setting of the model takes every value that it may have. */
export const anyPolicy: fc.Arbitrary<LockPolicy> = fc
  .record({
    ...SHAPED,
    ...Object.fromEntries(
      LOCK_SETTINGS.map(({ name, values }) => [
        name,
        values.kind === 'words'
          ? fc.constantFrom(...values.words)
          : fc.integer({ min: values.least, max: values.most }),
      ]),
    ),
  })
  .map((policy) => policy as unknown as LockPolicy)
  .filter((policy) => policyProblems(policy).length === 0);
