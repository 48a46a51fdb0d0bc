import type { CompletionTrigger, PipelineResourcePlan } from '@signalbox/model';
import type { Node } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { choiceOf, mappingOf, oneOf } from '../shape.ts';
import { filterKey } from '../triggers/filters.ts';
import { booleanKey, given, textKey, textsKey } from '../values.ts';
import { readOnOrNone } from './on-or-none.ts';
import { resourceListKey } from './resource-list.ts';

const triggerFields = {
  enabled: booleanKey('False: its runs start nothing.'),
  branches: filterKey('The branches of its runs that count.', 'refs'),
  stages: textsKey('All of these stages must have succeeded; without them the whole run.'),
  tags: textsKey('A run must carry all of these tags.'),
};

/** The keys of the `trigger` of a pipeline resource (TRIG-40). */
export const completionTriggerKeys: KeyTable = triggerFields;

const triggerKey: Key<CompletionTrigger> = {
  summary: 'Which of its finished runs start a run: `true` for all, `none`, or a mapping. Default `none`.',
  shape: oneOf(choiceOf('true', 'none'), mappingOf('completion trigger')),
  read: readTrigger,
};

const keys = {
  pipeline: textKey('The alias, used by `download` and in variables.', { required: true }),
  source: textKey('The name of the pipeline, with its folder where needed.', { required: true }),
  project: textKey("The project of the pipeline; without it the pipeline's own."),
  version: textKey('The number of the run to take.'),
  branch: textKey('The newest run of this branch is taken.'),
  tags: textsKey('The newest run that carries all of these tags is taken.'),
  trigger: triggerKey,
};

/** The keys of an item of `resources.pipelines` (RSRC-2). */
export const pipelineResourceKeys: KeyTable = keys;

/** `resources.pipelines`: the runs of other pipelines (RSRC-2, RSRC-3). */
export const pipelineResourcesKey: Key<readonly PipelineResourcePlan[]> = resourceListKey(
  'Runs of other pipelines.',
  {
    key: 'pipeline',
    what: 'a pipeline resource',
    keys,
    plan: (alias, { source, project, version, branch, tags, trigger }): PipelineResourcePlan | undefined =>
      source === undefined
        ? undefined
        : { alias, source, ...given({ project, version, branch, tags, trigger }) },
  },
);

function readTrigger(node: Node, scope: Scope): CompletionTrigger | undefined {
  if (node.kind !== 'mapping') return readOnOrNone(node, scope) === true ? {} : undefined;
  const fields = readFields(node, triggerFields, 'the trigger of a pipeline resource', scope);
  if (fields === undefined || fields.enabled === false) return undefined;
  const { branches, stages, tags } = fields;
  return given({ branches, stages, tags });
}
