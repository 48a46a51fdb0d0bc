import type { StepTarget } from '@signalbox/model';
import { MAX_TASK_RETRIES, MAX_TIMEOUT_MINUTES } from '../../limits.ts';
import { conditionKey } from '../condition.ts';
import type { Key } from '../key.ts';
import { booleanKey, integerKey, textKey, textMapKey } from '../values.ts';
import { targetKey } from './target.ts';

/** The keys that every step has, and what each gives. */
export type StepKeys = {
  readonly name: Key<string>;
  readonly displayName: Key<string>;
  readonly condition: Key<string>;
  readonly continueOnError: Key<boolean>;
  readonly enabled: Key<boolean>;
  readonly env: Key<Readonly<Record<string, string>>>;
  readonly target: Key<StepTarget>;
  readonly timeoutInMinutes: Key<number>;
  readonly retryCountOnTaskFailure: Key<number>;
};

/** The keys that every step has (STEPY-1). */
export const stepKeys: StepKeys = {
  name: textKey('The reference name, for outputs: letters, digits, `-` and `_`.'),
  displayName: textKey('What people see.'),
  condition: conditionKey('stepConditionCheck'),
  continueOnError: booleanKey('True goes on after a failure, with issues.'),
  enabled: booleanKey('False leaves the step out.'),
  env: textMapKey('Additions to the environment.', '`env`'),
  target: targetKey,
  timeoutInMinutes: integerKey('Minutes the step may take; 0 means without limit.', 0, MAX_TIMEOUT_MINUTES),
  retryCountOnTaskFailure: integerKey('How often a failed step is tried again.', 0, MAX_TASK_RETRIES),
};
