import { readFields } from '../key.ts';
import type { Key, KeyTable } from '../key.ts';
import { choiceKey } from '../values.ts';

const keys = {
  clean: choiceKey('What is emptied before the job starts.', ['outputs', 'resources', 'all']),
};

/** The keys of a `workspace` mapping (YAML-35). */
export const workspaceKeys: KeyTable = keys;

/** `workspace`: gives what to clean before the job (YAML-35). */
export const workspaceKey: Key<'outputs' | 'resources' | 'all'> = {
  summary: 'What of the work folder is kept from job to job.',
  read: (node, scope) => readFields(node, keys, 'a workspace', scope)?.clean,
};
