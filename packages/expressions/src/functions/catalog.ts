import { foldCase } from '../values/fold.ts';
import { COLLECTION_FUNCTIONS } from './collection.ts';
import { COMPARISON_FUNCTIONS } from './comparison.ts';
import { COUNTER_FUNCTION } from './counter.ts';
import { CRITERIA_FUNCTIONS } from './criteria.ts';
import { FORMAT_FUNCTION } from './format.ts';
import { LOGIC_FUNCTIONS } from './logic.ts';
import type { FunctionRecord } from './record.ts';
import { STATUS_FUNCTIONS } from './status.ts';
import { TEXT_FUNCTIONS } from './text.ts';

/** Every function of the language. */
export const FUNCTIONS: readonly FunctionRecord[] = [
  ...LOGIC_FUNCTIONS,
  ...COMPARISON_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  FORMAT_FUNCTION,
  COUNTER_FUNCTION,
  ...STATUS_FUNCTIONS,
  ...CRITERIA_FUNCTIONS,
];

const BY_NAME: ReadonlyMap<string, FunctionRecord> = new Map(
  FUNCTIONS.map((record) => [foldCase(record.name), record]),
);

/** The function of that name, ignoring case (REC-98). */
export function findFunction(name: string): FunctionRecord | undefined {
  return BY_NAME.get(foldCase(name));
}
