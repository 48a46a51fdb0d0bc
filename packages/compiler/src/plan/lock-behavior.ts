import type { YamlLockBehavior } from '@signalbox/model';
import type { Key } from './key.ts';
import { choiceKey } from './values.ts';

/** `lockBehavior` of a pipeline or a stage (YAML-7, YAML-26). */
export const lockBehaviorKey: Key<YamlLockBehavior> = choiceKey(
  'What happens to runs that wait for the same lock: `sequential` lets all through in order, `runLatest` only the newest.',
  ['sequential', 'runLatest'],
);
