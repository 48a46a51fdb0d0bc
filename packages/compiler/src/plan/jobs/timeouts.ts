import type { Value } from '@signalbox/model';
import { CANCEL_TIMEOUT_MINUTES, MAX_TIMEOUT_MINUTES } from '../../limits.ts';
import type { Key } from '../key.ts';
import { lateBooleanKey, lateIntegerKey } from '../late.ts';

/** Minutes that a job gets when it does not say (YAML-32). */
export const DEFAULT_JOB_TIMEOUT = 60;

/** Minutes that a cancelled job gets for its clean-up when it does not say (YAML-32). */
export const DEFAULT_CANCEL_TIMEOUT = 5;

/** `timeoutInMinutes` of a job: a number, macros or a run-time expression (YAML-36); 0 is the maximum. */
export const jobTimeoutKey: Key<Value | number> = lateIntegerKey(
  'Minutes the job may take; 0 means without limit on own agents. Default 60.',
  { min: 0, max: MAX_TIMEOUT_MINUTES },
);

const cleanUpKey = lateIntegerKey(
  'Minutes a cancelled job may take to clean up, 1 to 35790. Default 5.',
  CANCEL_TIMEOUT_MINUTES,
);

/** `cancelTimeoutInMinutes` of a job (YAML-32, YAML-36); none at all is accepted, with a warning. */
export const cancelTimeoutKey: Key<Value | number> = {
  ...cleanUpKey,
  read(node, scope) {
    const minutes = cleanUpKey.read(node, scope);
    if (minutes === 0) {
      const message = 'A cancelled job has no time to clean up: steps with `always()` do not run then.';
      scope.report('no-time-to-clean-up', node.at, message);
    }
    return minutes;
  },
};

/** `continueOnError` of a job: a boolean, macros or a run-time expression (YAML-33, YAML-36). */
export const jobContinueOnErrorKey: Key<Value | boolean> = lateBooleanKey(
  'True lets later jobs run although this one failed.',
);
