import type { VariableLookup } from '@signalbox/expressions';
import type { OutboundRequest } from '../outbound/outbound.ts';

/** A service connection with its secret in clear. */
export interface CalledConnection {
  readonly name: string;
  readonly url: string;
  /** The value of the `Authorization` header; absent: it proves nothing. */
  readonly authorization?: string;
}

/** What a call is made of. */
export interface CallParts {
  readonly inputs: Readonly<Record<string, string>>;
  /** The connection that `connectionOf` names; undefined: the task needs none, or there is none. */
  readonly connection: CalledConnection | undefined;
  readonly lookup: VariableLookup;
}

/** What would be sent, and what the answer is judged by. Absent criteria: any 2xx passes (HOOK-3). */
export interface IntendedCall {
  readonly request: OutboundRequest;
  /** With its macros replaced. */
  readonly criteria?: string;
}

/** A call; or why there can be none, in one sentence that says what to change. */
export type Intent =
  { readonly ok: true; readonly call: IntendedCall } | { readonly ok: false; readonly message: string };

/** An intent that came to nothing. */
export function impossible(message: string): Intent & { readonly ok: false } {
  return { ok: false, message };
}

/** An input by one of its names, letter case aside; empty is absent. */
export function inputOf(
  inputs: Readonly<Record<string, string>>,
  ...names: readonly string[]
): string | undefined {
  const wanted = names.map((name) => name.toLowerCase());
  const found = Object.entries(inputs).find(
    ([name, value]) => wanted.includes(name.toLowerCase()) && value.trim() !== '',
  );
  return found?.[1];
}
