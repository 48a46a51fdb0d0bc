import { didYouMean } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import type { UsesPlan } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Node, ScalarNode } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { mappingOf, TEXTS } from '../shape.ts';
import { readTextList } from '../values.ts';

const keys = {
  repositories: { summary: 'Aliases of repositories.', shape: TEXTS, read: readRepositories },
  pools: { summary: 'Names of pools.', shape: TEXTS, read: readTexts },
};

/** The keys of a `uses` mapping (YAML-34). */
export const usesKeys: KeyTable = keys;

/** `uses`: declares resources that a script uses; nothing runs by it (YAML-34). */
export const usesKey: Key<UsesPlan> = {
  summary: 'Repositories and pools that the job uses without naming them elsewhere.',
  shape: mappingOf('uses'),
  read(node, scope) {
    const fields = readFields(node, keys, '`uses`', scope);
    if (fields === undefined) return undefined;
    const { repositories = [], pools = [] } = fields;
    return { repositories, pools };
  },
};

function readRepositories(node: Node, scope: Scope): readonly string[] | undefined {
  for (const one of readTextList(node, scope) ?? []) checkRepository(one, scope);
  return readTexts(node, scope);
}

function checkRepository({ text, at }: ScalarNode, scope: Scope): void {
  if (scope.repositories.has(fold(text))) return;
  const help = (): string => didYouMean(fold(text), scope.repositories);
  scope.report('repository-unknown', at, `${quote(text)} is not the alias of a repository.`, help);
}

function readTexts(node: Node, scope: Scope): readonly string[] | undefined {
  return readTextList(node, scope)?.map(({ text }) => text);
}
