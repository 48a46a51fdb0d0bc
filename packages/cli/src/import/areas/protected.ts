import { fold } from '@signalbox/model';
import type { AreaName } from '../report.ts';
import type { Side } from '../side.ts';

/** Something that checks and permissions protect. */
export interface Protected {
  /** The word of the API. */
  readonly type: string;
  /** The id by which checks and permissions know it. */
  readonly id: string;
  readonly name: string;
}

/** The words of the API for what can be protected. */
const TYPES: readonly (readonly [type: string, area: AreaName])[] = [
  ['environment', 'environment'],
  ['endpoint', 'connection'],
  ['variablegroup', 'variable-group'],
  ['queue', 'queue'],
  ['securefile', 'secure-file'],
  ['repository', 'repository'],
];

/** Everything of a side that can be protected, as far as it was read. */
export function protectedOf(side: Side): readonly Protected[] {
  return TYPES.flatMap(([type, area]) =>
    side.known(area).map(({ id, name }) => ({ type, id: idOf(side, type, { id, name }), name })),
  );
}

/** The protected resource of a side that is called so; undefined: there is none. */
export function findProtected(side: Side, type: string, name: string): Protected | undefined {
  const found = protectedOf(side).find((one) => one.type === type && fold(one.name) === fold(name));
  // What is known by its name alone can be protected before it is there.
  return found ?? (side.isSignalbox && isNamed(type) ? { type, id: name, name } : undefined);
}

/** Whether a Signalbox knows the resources of a type by their names, and Azure by ids. */
function isNamed(type: string): boolean {
  return type === 'securefile' || type === 'repository';
}

function idOf(
  side: Side,
  type: string,
  { id, name }: { readonly id: string; readonly name: string },
): string {
  if (!isNamed(type)) return id;
  if (side.isSignalbox) return name;
  return type === 'repository' ? `${side.projectId}.${id}` : id;
}
