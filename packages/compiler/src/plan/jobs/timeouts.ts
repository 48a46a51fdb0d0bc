import type { Value } from '@signalbox/model';
import { CANCEL_TIMEOUT_MINUTES, MAX_TIMEOUT_MINUTES } from '../../limits.ts';
import type { Node } from '../../read/node.ts';
import type { Key, Scope } from '../key.ts';
import { booleanOf, readBoolean, readInteger, readScalar, toValue } from '../values.ts';

/** Minutes that a job gets when it does not say (YAML-32). */
export const DEFAULT_JOB_TIMEOUT = 60;

/** Minutes that a cancelled job gets for its clean-up when it does not say (YAML-32). */
export const DEFAULT_CANCEL_TIMEOUT = 5;

/** `timeoutInMinutes` of a job: a number, macros or a run-time expression (YAML-36); 0 is the maximum. */
export const jobTimeoutKey: Key<Value | number> = {
  summary: 'Minutes the job may take; 0 means without limit on own agents. Default 60.',
  read: (node, scope) => readMinutes(node, 0, MAX_TIMEOUT_MINUTES, scope),
};

/** `cancelTimeoutInMinutes` of a job (YAML-32, YAML-36); none at all is accepted, with a warning. */
export const cancelTimeoutKey: Key<Value | number> = {
  summary: 'Minutes a cancelled job may take to clean up, 1 to 35790. Default 5.',
  read(node, scope) {
    const minutes = readMinutes(node, CANCEL_TIMEOUT_MINUTES.min, CANCEL_TIMEOUT_MINUTES.max, scope);
    if (minutes === 0) {
      const message = 'A cancelled job has no time to clean up: steps with `always()` do not run then.';
      scope.report('no-time-to-clean-up', node.at, message);
    }
    return minutes;
  },
};

/** `continueOnError` of a job: a boolean, macros or a run-time expression (YAML-33, YAML-36). */
export const jobContinueOnErrorKey: Key<Value | boolean> = {
  summary: 'True lets later jobs run although this one failed.',
  read(node, scope) {
    const later = lateValue(node, scope);
    return later ?? readBoolean(node, scope);
  },
};

function readMinutes(node: Node, min: number, max: number, scope: Scope): Value | number | undefined {
  if (node.kind === 'scalar' && node.text === '') return undefined;
  return lateValue(node, scope) ?? readInteger(node, min, max, scope);
}

/** A value that only a run can know, if the text holds one. */
function lateValue(node: Node, scope: Scope): Value | undefined {
  const text = node.kind === 'scalar' ? readScalar(node, scope)?.text : undefined;
  if (text === undefined || booleanOf(text) !== undefined) return undefined;
  const value = toValue(text);
  return typeof value === 'object' || /\$\([^)]+\)/.test(text) ? value : undefined;
}
