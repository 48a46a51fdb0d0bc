import type { Collection, WireOperation, WireProject } from '../wire/common.ts';
import type { WireConnectionData, WireLocation, WireNoAreas } from '../wire/discovery.ts';
import type { WireIdentity } from '../wire/identities.ts';
import type { NewProject, WireProjectInFull } from '../wire/projects.ts';
import type { Skipping } from './shape.ts';

/** What the routes of `routes/core.ts` take and answer. */
export interface CoreShapes {
  readonly discoverRoot: { readonly answer: Collection<WireLocation> };
  readonly discover: { readonly answer: Collection<WireLocation> };
  readonly discoverArea: { readonly answer: Collection<WireLocation> };
  readonly connectionData: { readonly answer: WireConnectionData };
  readonly resourceAreas: { readonly answer: WireNoAreas };
  readonly resourceArea: { readonly answer: WireNoAreas };
  readonly telemetry: { readonly body: unknown; readonly answer: undefined };
  readonly listProjects: { readonly query: Skipping; readonly answer: Collection<WireProject> };
  readonly getProject: {
    readonly query: { readonly includeCapabilities?: boolean };
    readonly answer: WireProjectInFull;
  };
  readonly createProject: {
    readonly body: NewProject;
    readonly answer: WireOperation;
    readonly status: 202;
    readonly refuses: 409;
  };
  readonly updateProject: {
    readonly body: Partial<NewProject>;
    readonly answer: WireOperation;
    readonly status: 202;
    readonly refuses: 409;
  };
  readonly deleteProject: {
    readonly answer: WireOperation;
    readonly status: 202;
    readonly refuses: 409;
  };
  readonly getOperation: { readonly answer: WireOperation };
  readonly listIdentities: {
    readonly query: {
      /** A display name. */
      readonly filterValue?: string;
      readonly identityIds?: readonly string[];
      /** `descriptors` is the older name. */
      readonly subjectDescriptors?: readonly string[];
      readonly descriptors?: readonly string[];
    };
    readonly answer: Collection<WireIdentity>;
  };
}
