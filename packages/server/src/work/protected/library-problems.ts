import { fold, type Diagnostic } from '@signalbox/model';
import type { NamedReference } from './references.ts';

/** A kind of resource that a run cannot do without. */
export type LibraryType = 'endpoint' | 'securefile' | 'variablegroup';

/** What of the library must be there before a run is queued, with its words and how it is made. */
const LIBRARY: Readonly<
  Record<LibraryType, { readonly what: string; readonly make: (name: string) => string }>
> = {
  endpoint: {
    what: 'service connection',
    make: (name) => `signalbox connections create ${name} URL`,
  },
  securefile: {
    what: 'secure file',
    make: (name) => `signalbox secure-files upload ${name}`,
  },
  variablegroup: {
    what: 'variable group',
    make: (name) => `signalbox variable-groups create ${name}`,
  },
};

/** Whether a resource of this type has to be there. */
export function isOfLibrary(type: string): type is LibraryType {
  return Object.hasOwn(LIBRARY, type);
}

/** The refusals for what is not there, or whose name is not known yet; each is told once, where it stands first. */
export function libraryProblems(missing: readonly NamedReference[]): readonly Diagnostic[] {
  const first = new Map<string, Diagnostic>();
  for (const reference of missing) {
    const { type, written } = reference;
    const key = `${type}:${fold(written)}`;
    if (isOfLibrary(type) && !first.has(key)) first.set(key, problem(type, reference));
  }
  return [...first.values()];
}

function problem(type: LibraryType, { name, written, source }: NamedReference): Diagnostic {
  const { what, make } = LIBRARY[type];
  const said =
    name === undefined
      ? {
          message: `The name of the ${what} '${written}' is not known when the run is queued.`,
          help: 'Write the name, or use a variable whose value is plain text.',
        }
      : {
          message: `The ${what} '${name}' does not exist.`,
          help: `Correct the name, or have an administrator make it: ${make(name)}`,
        };
  return { code: 'resource-not-found', severity: 'error', ...said, range: source };
}
