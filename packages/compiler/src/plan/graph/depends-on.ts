import type { Dependency } from './graph.ts';
import type { Key } from '../key.ts';
import { TEXTS } from '../shape.ts';
import { readTextList } from '../values.ts';

/** `dependsOn`: one name or a list (YAML-22); nothing means no dependency (YAML-21). */
export const dependsOnKey: Key<readonly Dependency[]> = {
  summary: 'The names of the stages, or of the jobs of the same stage, that must be finished first.',
  shape: TEXTS,
  read: (node, scope) =>
    readTextList(node, scope)
      ?.filter(({ text }) => text !== '')
      .map(({ text, at }) => ({ name: text, at })),
};
