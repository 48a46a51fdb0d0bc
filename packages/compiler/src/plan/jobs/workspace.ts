import { isEmpty } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { mappingOf } from '../shape.ts';
import { choiceKey } from '../values.ts';

const cleanKey = choiceKey('What is emptied before the job starts.', ['outputs', 'resources', 'all']);

const keys = {
  clean: {
    summary: 'What is emptied before the job starts; nothing means nothing.',
    shape: cleanKey.shape,
    read: (node: Node, scope: Scope) => (isEmpty(node) ? undefined : cleanKey.read(node, scope)),
  },
};

/** The keys of a `workspace` mapping (YAML-35). */
export const workspaceKeys: KeyTable = keys;

/** `workspace`: gives what to clean before the job (YAML-35). */
export const workspaceKey: Key<'outputs' | 'resources' | 'all'> = {
  summary: 'What of the work folder is kept from job to job.',
  shape: mappingOf('workspace'),
  read: (node, scope) => readFields(node, keys, 'a workspace', scope)?.clean,
};
