import type { DefinitionQueryOrder } from '../enums.ts';
import type { WireTime } from '../views.ts';
import type { BuildChange, NewBuild, WrittenDefinition, StageChange, WireYaml } from '../wire/build-input.ts';
import type { WireBuild, WireDefinition, WireLog, WireTimeline } from '../wire/build.ts';
import type { Collection } from '../wire/common.ts';
import type { TagChange } from '../wire/definition-notes.ts';
import type { LogQuery } from './logs.ts';
import type { RunQuery } from './run-query.ts';
import type { Paging } from './shape.ts';

/** How one definition is asked for. */
interface DefinitionQuery {
  /** The definition as it was then; `pipelineVersion` is the same in the words of the Pipelines API. */
  readonly revision?: number;
  readonly pipelineVersion?: number;
  readonly includeLatestBuilds?: boolean;
}

/** What the routes of `routes/build.ts` take and answer. */
export interface BuildShapes {
  readonly listDefinitions: {
    readonly query: Paging & {
      /** A `*` stands for any text. */
      readonly name?: string;
      /** A folder: `\team`. */
      readonly path?: string;
      readonly definitionIds?: readonly number[];
      readonly queryOrder?: DefinitionQueryOrder;
      /** 2: YAML; there are no others here. */
      readonly processType?: number;
      readonly yamlFilename?: string;
      readonly builtAfter?: WireTime;
      readonly notBuiltAfter?: WireTime;
      readonly repositoryId?: string;
      readonly repositoryType?: string;
      readonly includeLatestBuilds?: boolean;
    };
    readonly answer: Collection<WireDefinition>;
  };
  readonly createDefinition: {
    readonly body: WrittenDefinition;
    readonly answer: WireDefinition;
    readonly refuses: 409;
  };
  readonly getDefinition: { readonly query: DefinitionQuery; readonly answer: WireDefinition };
  readonly updateDefinition: {
    readonly body: WrittenDefinition & { readonly revision: number };
    readonly answer: WireDefinition;
    readonly refuses: 409;
  };
  readonly deleteDefinition: { readonly answer: undefined; readonly refuses: 409 };
  readonly restoreDefinition: {
    /** `deleted` must be false: that is what restores. */
    readonly query: DefinitionQuery & { readonly deleted: boolean };
    readonly answer: WireDefinition;
  };
  readonly definitionYaml: { readonly answer: WireYaml };
  readonly listBuilds: {
    /** Names of properties to show with each run. */
    readonly query: RunQuery & { readonly properties?: readonly string[] };
    readonly answer: Collection<WireBuild>;
  };
  readonly queueBuild: {
    /** Instead of `definition.id` of the body. */
    readonly query: { readonly definitionId?: number };
    readonly body: NewBuild;
    readonly answer: WireBuild;
    readonly refuses: 409 | 422;
  };
  readonly getBuild: {
    readonly query: {
      /** Names of properties to show. */
      readonly propertyFilters?: readonly string[];
    };
    readonly answer: WireBuild;
  };
  readonly updateBuild: {
    readonly query: {
      /** Runs the failed stages again. */
      readonly retry?: boolean;
    };
    readonly body: BuildChange;
    readonly answer: WireBuild;
    readonly refuses: 409;
  };
  readonly updateBuilds: {
    readonly query: { readonly retry?: boolean };
    readonly body: readonly (BuildChange & { readonly id: number })[];
    readonly answer: Collection<WireBuild>;
    readonly refuses: 409;
  };
  readonly getTimeline: { readonly answer: WireTimeline };
  readonly getTimelineById: { readonly answer: WireTimeline };
  readonly listLogs: {
    readonly query: {
      /** `zip` for all of them in one file. */
      readonly $format?: string;
    };
    readonly answer: Collection<WireLog>;
    readonly media: 'application/zip';
  };
  readonly getLog: {
    readonly query: LogQuery;
    readonly answer: Collection<string>;
    readonly media: 'text/plain' | 'application/zip';
  };
  readonly updateStage: { readonly body: StageChange; readonly answer: undefined; readonly refuses: 409 };
  readonly listTags: { readonly answer: Collection<string> };
  readonly addTags: { readonly body: readonly string[]; readonly answer: Collection<string> };
  readonly changeTags: { readonly body: TagChange; readonly answer: Collection<string> };
  readonly addTag: { readonly answer: Collection<string> };
  readonly deleteTag: { readonly answer: Collection<string> };
}
