import { CRASH } from './crash.ts';
import { ORDER } from './order.ts';
import { OUTSIDE } from './outside.ts';
import { PEOPLE } from './people.ts';
import type { Scenario } from './scenario.ts';
import { SEVERAL_LOCKS } from './several-locks.ts';
import { WAITING } from './waiting.ts';

/** The scenarios Q1 to Q12 of the queue, in their order. */
export const SCENARIOS: readonly Scenario[] = [
  ...ORDER,
  ...WAITING,
  ...CRASH,
  ...OUTSIDE,
  ...PEOPLE,
  ...SEVERAL_LOCKS,
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
