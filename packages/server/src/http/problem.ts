import type { WireDiagnostic, WireError } from '@signalbox/api';
import type { ProblemCode } from '../refusals.ts';

/** A refusal on its way to the caller: status, Azure's type key, one sentence. */
export class Problem extends Error {
  readonly status: number;
  readonly typeKey: string;
  /** Our code, where programs have to tell refusals apart. */
  readonly code: ProblemCode | undefined;
  readonly diagnostics: readonly WireDiagnostic[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, typeKey: string, message: string, more: ProblemDetails = {}) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.typeKey = typeKey;
    this.code = more.code;
    this.diagnostics = more.diagnostics ?? [];
    this.headers = more.headers ?? {};
  }
}

/** What only some refusals carry. */
export interface ProblemDetails {
  readonly code?: ProblemCode | undefined;
  readonly diagnostics?: readonly WireDiagnostic[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error body, built here and nowhere else (REST.md §2.4). It shows no stack, SQL, path or secret (INV-72). */
export function errorBody(problem: Problem): WireError {
  return {
    $id: '1',
    innerException: null,
    message: problem.message,
    typeName: `Signalbox.${problem.typeKey}, Signalbox`,
    typeKey: problem.typeKey,
    errorCode: 0,
    eventId: 3000,
    ...(problem.code !== undefined && { code: problem.code }),
    ...(problem.diagnostics.length > 0 && { diagnostics: problem.diagnostics }),
  };
}

/** 400: the request is not well formed. */
export function badRequest(message: string): Problem {
  return new Problem(400, 'InvalidRequestException', message);
}

/** 404: there is no such thing, or the caller may not know of it. `kind` as in `Build`, `Pipeline`. */
export function notFound(kind: string, what: string): Problem {
  // Terraform takes "does not exist." as "gone" (REST.md §2.4).
  return new Problem(404, `${kind}NotFoundException`, `${what} does not exist.`);
}

/** 404 for a project, in the words that clients know; the same whether there is none or it is hidden. */
export function projectNotFound(name: string): Problem {
  const message = `TF200016: The following project does not exist: ${name.slice(0, 256)}.`;
  return new Problem(404, 'ProjectDoesNotExistWithNameException', message);
}

/** 403: known, but not allowed. */
export function forbidden(message: string): Problem {
  return new Problem(403, 'AccessDeniedException', message);
}

/** 409: the request is right, but not for the state that things are in. */
export function conflict(typeKey: string, message: string, code?: ProblemCode): Problem {
  return new Problem(409, typeKey, message, { code });
}
