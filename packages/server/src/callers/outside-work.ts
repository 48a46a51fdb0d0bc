import type { CheckDesk } from '../checks/desk.ts';
import { invokeCheck } from '../checks/invoke-check.ts';
import type { OutsideWork } from '../work/effects.ts';
import type { CallerDesk } from './desk.ts';
import { tellCaller } from './tell.ts';
import { watchCaller } from './watch.ts';

/** The effects about callers from outside, and the services that checks ask. */
export function outsideWork(desk: CallerDesk & CheckDesk): OutsideWork {
  return {
    tellCaller: (effect, taken) => tellCaller(desk, effect, taken),
    watchCaller: (effect, taken) => watchCaller(desk, effect, taken),
    invokeCheck: (effect, taken) => invokeCheck(desk, effect, taken),
  };
}
