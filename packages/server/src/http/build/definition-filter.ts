import type { DefinitionRow } from '@signalbox/store';
import type { Ask } from '../ask.ts';
import { wireRepository } from '../shape/definition.ts';

/** The type of process of a pipeline from a file; classic ones (1) are none of ours. */
const YAML_PROCESS = 2;

/**
 * What a list of definitions is asked for beside name, path and numbers (REST.md §3.2): `repositoryId`,
 * `repositoryType`, `yamlFilename`, `processType`, and by their newest run `builtAfter` and `notBuiltAfter`.
 */
export async function filterDefinitions(
  ask: Ask,
  rows: readonly DefinitionRow[],
): Promise<readonly DefinitionRow[]> {
  const process = ask.query.number('processType');
  if (process !== undefined && process !== YAML_PROCESS) return [];
  const file = ask.query.text('yamlFilename', 1024)?.replaceAll('\\', '/').replace(/^\/+/, '');
  const ofFile = rows.filter(({ yamlFilename }) => file === undefined || yamlFilename === file);
  return byTime(ask, ofFile.filter(repositoryTest(ask)));
}

/** Whether a definition has the repository that a query names, letter case aside. */
export function repositoryTest({ query }: Ask): (definition: DefinitionRow) => boolean {
  const id = query.text('repositoryId', 2048)?.toLowerCase();
  const type = query.text('repositoryType')?.toLowerCase();
  return (definition) => {
    const repository = wireRepository(definition);
    const ids = [repository.id, repository.url ?? '', repository.name].map((text) => text.toLowerCase());
    return (
      (id === undefined || ids.includes(id)) && (type === undefined || repository.type.toLowerCase() === type)
    );
  };
}

async function byTime(ask: Ask, rows: readonly DefinitionRow[]): Promise<readonly DefinitionRow[]> {
  const after = ask.query.time('builtAfter');
  const notAfter = ask.query.time('notBuiltAfter');
  const [first] = rows;
  if (first === undefined || (after === undefined && notAfter === undefined)) return rows;
  const definitions = rows.map(({ id }) => id);
  const wanted = { definitions, maxPerDefinition: 1, limit: definitions.length };
  const { items } = await ask.app.store.runs.list(first.project, wanted);
  const built = new Map(items.map((run) => [run.definition.id, run.queueTime]));
  return rows.filter(({ id }) => {
    const time = built.get(id) ?? -Infinity;
    return time > (after ?? -Infinity) && time <= (notAfter ?? Infinity);
  });
}
