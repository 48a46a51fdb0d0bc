import type { OutsideWork } from '../work/effects.ts';
import type { CallerDesk } from './desk.ts';
import { tellCaller } from './tell.ts';
import { watchCaller } from './watch.ts';

/** The effects about callers from outside. */
export function outsideWork(desk: CallerDesk): OutsideWork {
  return {
    tellCaller: (effect, taken) => tellCaller(desk, effect, taken),
    watchCaller: (effect, taken) => watchCaller(desk, effect, taken),
  };
}
