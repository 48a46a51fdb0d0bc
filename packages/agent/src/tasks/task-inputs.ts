import { fold, resourceOfInput, type TaskInput } from '@signalbox/model';
import { resolve } from 'node:path';

/** What a job has of the library, by id and by name. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** The inputs of a task as its process gets them, and what they name. */
export interface PreparedInputs<E extends Named, F extends Named> {
  readonly values: Readonly<Record<string, string>>;
  readonly endpoints: readonly E[];
  readonly secureFiles: readonly F[];
}

/** What preparing takes. */
export interface InputsOfJob<E extends Named, F extends Named> {
  readonly inputs: readonly TaskInput[];
  /** By the task's own names, macros expanded. */
  readonly values: Readonly<Record<string, string>>;
  /** Where relative paths of inputs begin: the sources. */
  readonly sources: string;
  readonly endpoints: readonly E[];
  readonly secureFiles: readonly F[];
}

/**
 * Gives inputs the forms that tasks expect: paths are absolute, and an empty one is the sources folder; connections and
 * secure files are named by their ids, several of them with commas.
 */
export function prepareInputs<E extends Named, F extends Named>(
  job: InputsOfJob<E, F>,
): PreparedInputs<E, F> {
  const values: Record<string, string> = { ...job.values };
  const endpoints = new Map<string, E>();
  const secureFiles = new Map<string, F>();
  for (const input of job.inputs) {
    const value = values[input.name] ?? '';
    if (input.type === 'filepath') values[input.name] = resolve(job.sources, value);
    const resource = resourceOfInput(input);
    if (resource === 'endpoint') values[input.name] = byId(value, job.endpoints, endpoints);
    if (resource === 'securefile') values[input.name] = byId(value, job.secureFiles, secureFiles);
  }
  return { values, endpoints: [...endpoints.values()], secureFiles: [...secureFiles.values()] };
}

/** Names become ids; what the job does not have stays as it is, and the task says that it misses it. */
function byId<T extends Named>(text: string, all: readonly T[], used: Map<string, T>): string {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names
    .map((name) => {
      const found = all.find((one) => fold(one.name) === fold(name) || fold(one.id) === fold(name));
      if (found !== undefined) used.set(found.id, found);
      return found?.id ?? name;
    })
    .join(',');
}
