import type { Collection } from '../wire/common.ts';
import type {
  ResourceAuthorization,
  WireAuthorizedResource,
  WireGeneralSettings,
  WireResourceUsage,
} from '../wire/project-settings.ts';

/** Which resources. */
interface ResourceQuery {
  /** For example `endpoint`, `environment`, `queue`, `variablegroup`, `securefile`. */
  readonly type?: string;
  readonly id?: string;
}

/** What the routes of `routes/project-settings.ts` take and answer. */
export interface ProjectSettingShapes {
  readonly getGeneralSettings: { readonly answer: WireGeneralSettings };
  readonly updateGeneralSettings: {
    readonly body: Partial<WireGeneralSettings>;
    readonly answer: WireGeneralSettings;
  };
  readonly listAuthorizedResources: {
    readonly query: ResourceQuery;
    readonly answer: Collection<WireAuthorizedResource>;
  };
  readonly authorizeResources: {
    readonly body: readonly ResourceAuthorization[];
    readonly answer: Collection<WireAuthorizedResource>;
  };
  readonly listDefinitionResources: {
    readonly query: ResourceQuery;
    readonly answer: Collection<WireAuthorizedResource>;
  };
  readonly authorizeDefinitionResources: {
    readonly body: readonly ResourceAuthorization[];
    readonly answer: Collection<WireAuthorizedResource>;
  };
  readonly listProjectTags: { readonly answer: Collection<string> };
  readonly deleteProjectTag: { readonly answer: Collection<string> };
  readonly buildResourceUsage: { readonly answer: WireResourceUsage };
}
