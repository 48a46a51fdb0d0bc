import type { WireTime } from '../views.ts';

/** A list on the wire; `count` is the length of `value` (REST.md §2.5). */
export interface Collection<T> {
  readonly count: number;
  readonly value: readonly T[];
}

/** A list with where to go on, as the client gives it; `next` is absent on the last page. */
export interface Paged<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** A person or service. */
export interface IdentityRef {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
  readonly descriptor: string;
}

/** A project, named where something belongs to it. */
export interface ProjectRef {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly state: string;
  readonly revision: number;
  readonly visibility: string;
}

/** `GET projects[/{id}]`. */
export interface WireProject extends ProjectRef {
  readonly description: string;
  readonly lastUpdateTime: WireTime;
}

/** What an asynchronous command answers; look it up until it is `succeeded` or `failed`. */
export interface WireOperation {
  readonly id: string;
  readonly status: 'queued' | 'inProgress' | 'succeeded' | 'failed';
  readonly url: string;
  readonly resultMessage?: string;
}

/** A link in `_links`. */
export interface WireLink {
  readonly href: string;
}

/** The error body of every refusal (REST.md §2.4). */
export interface WireError {
  readonly $id: '1';
  readonly innerException: null;
  readonly message: string;
  readonly typeName: string;
  readonly typeKey: string;
  readonly errorCode: number;
  readonly eventId: number;
  /** Every problem of a pipeline file, with its position. */
  readonly diagnostics?: readonly WireDiagnostic[];
  /** Our code for a refusal that is not about the request's form, for example `lease-refused`. */
  readonly code?: string;
}

/** A problem of a pipeline file. */
export interface WireDiagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly help: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
