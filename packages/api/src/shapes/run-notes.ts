import type { WireChange } from '../wire/changes.ts';
import type { Collection } from '../wire/common.ts';
import type { PropertyChange, WireProperties } from '../wire/properties.ts';
import type { Paging } from './shape.ts';

/** What the routes of `routes/run-notes.ts` take and answer. */
export interface RunNoteShapes {
  readonly listChanges: { readonly query: Paging; readonly answer: Collection<WireChange> };
  readonly listWorkItems: { readonly query: Paging; readonly answer: Collection<never> };
  readonly getBuildProperties: {
    readonly query: {
      /** Names of properties; absent: all. */
      readonly filter?: readonly string[];
    };
    readonly answer: WireProperties;
  };
  readonly updateBuildProperties: {
    readonly body: readonly PropertyChange[];
    readonly answer: WireProperties;
  };
}
