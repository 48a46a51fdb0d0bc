import type { JobEndpoint } from '@signalbox/api';
import { fold, type FoldedName } from '@signalbox/model';
import type { Masker } from '../masking/masker.ts';

/** The connection of the job itself to its server; no step changes it (LOG-18). */
const SYSTEM = fold('SystemVssConnection');

/** What of a connection a step may change. */
export type EndpointField = 'authParameter' | 'dataParameter' | 'url';

/** A change of one value of a connection; `key` names a parameter, and is not needed for the address. */
export interface EndpointChange {
  readonly id: string;
  readonly field: EndpointField;
  readonly key: string;
  readonly value: string;
}

/** The service connections of a job, as its steps changed them (LOG-18). Authorisation is masked (SEC-1). */
export class Endpoints {
  readonly #endpoints = new Map<FoldedName, JobEndpoint>();
  readonly #masker: Masker;

  constructor(masker: Masker, endpoints: readonly JobEndpoint[] = []) {
    this.#masker = masker;
    for (const endpoint of endpoints) {
      this.#endpoints.set(fold(endpoint.id), endpoint);
      for (const value of Object.values(endpoint.parameters)) masker.add(value);
    }
  }

  /** All connections as they are now. */
  entries(): readonly JobEndpoint[] {
    return [...this.#endpoints.values()];
  }

  /** True for the id of the job's own connection. */
  isSystem(id: string): boolean {
    return fold(id) === SYSTEM;
  }

  /** Changes a connection for the steps to come; false when the job has none of this id. */
  change({ id, field, key, value }: EndpointChange): boolean {
    const endpoint = this.#endpoints.get(fold(id));
    // Masked in any case: the refusal quotes the line.
    if (field === 'authParameter') this.#masker.add(value);
    if (endpoint === undefined) return false;
    this.#endpoints.set(fold(id), changed(endpoint, { field, key, value }));
    return true;
  }
}

function changed(
  endpoint: JobEndpoint,
  { field, key, value }: Pick<EndpointChange, 'field' | 'key' | 'value'>,
): JobEndpoint {
  switch (field) {
    case 'authParameter':
      return { ...endpoint, parameters: { ...endpoint.parameters, [key]: value } };
    case 'dataParameter':
      return { ...endpoint, data: { ...endpoint.data, [key]: value } };
    case 'url':
      return { ...endpoint, url: value };
  }
}
