import { statement, type Statement } from '../work.ts';

/** A taken effect. */
export type EffectTuple = [id: number, body: string, attempt: number, note: string | null];

/** Effects that are due, taken until `lease` is over. SQLite has one writer: nobody else can take them. */
export const takeEffects: Statement<EffectTuple> = statement(
  'effect_take',
  `UPDATE effect SET due = $2, attempt = attempt + 1
   WHERE id IN (SELECT id FROM effect WHERE due <= $1 ORDER BY due, id LIMIT $3)
   RETURNING id, body, attempt, reason`,
);

/** As `takeEffects`, for replicas that take at the same time: each skips what another one holds. */
export const takeEffectsSkipping: Statement<EffectTuple> = statement(
  'effect_take_skipping',
  `UPDATE effect SET due = $2, attempt = attempt + 1
   WHERE id IN (SELECT id FROM effect WHERE due <= $1 ORDER BY due, id LIMIT $3 FOR UPDATE SKIP LOCKED)
   RETURNING id, body, attempt, reason`,
);
