import type { Collection } from '../wire/common.ts';
import type { TagChange, WireMetric, WireRevision } from '../wire/definition-notes.ts';
import type { PropertyChange, WireProperties } from '../wire/properties.ts';

/** What the routes of `routes/definition-notes.ts` take and answer. */
export interface DefinitionNoteShapes {
  readonly listRevisions: { readonly answer: Collection<WireRevision> };
  readonly listDefinitionTags: { readonly answer: Collection<string> };
  readonly addDefinitionTags: { readonly body: readonly string[]; readonly answer: Collection<string> };
  readonly changeDefinitionTags: { readonly body: TagChange; readonly answer: Collection<string> };
  readonly addDefinitionTag: { readonly answer: Collection<string> };
  readonly deleteDefinitionTag: { readonly answer: Collection<string> };
  readonly getDefinitionProperties: {
    readonly query: {
      /** Names of properties; absent: all. */
      readonly filter?: readonly string[];
    };
    readonly answer: WireProperties;
  };
  readonly updateDefinitionProperties: {
    readonly body: readonly PropertyChange[];
    readonly answer: WireProperties;
  };
  readonly definitionMetrics: { readonly answer: Collection<WireMetric> };
}
