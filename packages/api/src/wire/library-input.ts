import type { NewConnection, NewVariableGroup, PermissionPatch, WireProjectReference } from './library.ts';

/** The project of something that is written, with what it is called there (REST.md §3.8). */
interface ReferenceInput {
  readonly projectReference?: Partial<WireProjectReference['projectReference']>;
  readonly name?: string;
  readonly description?: string | null;
}

/** A service connection as clients write it; its project is named by the address, or by its one reference. */
export interface WrittenConnection extends Partial<Omit<NewConnection, 'description' | 'authorization'>> {
  readonly description?: string | null;
  readonly authorization?: {
    readonly scheme?: NewConnection['authorization']['scheme'];
    /** `username` and `password`, or `apitoken`; a secret that is absent or `null` stays. */
    readonly parameters?: Readonly<Record<string, string | null>>;
  };
  readonly data?: Readonly<Record<string, never>>;
  readonly serviceEndpointProjectReferences?: readonly ReferenceInput[];
}

/** A variable group as clients write it. */
export interface WrittenVariableGroup extends Partial<
  Omit<NewVariableGroup, 'description' | 'type' | 'variables'>
> {
  /** `Vsts`: a group with values of its own, which every group here is. */
  readonly type?: string;
  readonly description?: string | null;
  /** The value of a secret stays where it is `null`. */
  readonly variables?: Readonly<
    Record<string, { readonly value?: string | null; readonly isSecret?: boolean | null }>
  >;
  readonly variableGroupProjectReferences?: readonly ReferenceInput[];
}

/** What is changed of who may use one of several resources. */
export interface ManyPermissionPatch extends PermissionPatch {
  readonly resource: { readonly type: string; readonly id: string | number };
}
