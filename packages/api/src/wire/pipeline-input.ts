import type { WireTime } from '../views.ts';
import type { WireSignedContent } from './artifacts.ts';

/** A pipeline to make, in the words of the Pipelines API. */
export interface NewPipeline {
  readonly name: string;
  /** Absent: the root. */
  readonly folder?: string | null;
  readonly configuration: {
    readonly type: 'yaml' | number;
    /** The file, from the root of the repository. */
    readonly path: string;
    readonly repository: {
      readonly url?: string;
      readonly id?: string;
      readonly type?: string | number;
      readonly name?: string;
    };
  };
}

/** A run to make, or to preview. */
export interface NewPipelineRun {
  /** Compiles only, and answers the file with everything in its place. */
  readonly previewRun?: boolean;
  /** With `previewRun`: a text in the place of the file. */
  readonly yamlOverride?: string | null;
  readonly resources?: {
    readonly repositories?: {
      /** The branch, and a commit of it. */
      readonly self?: { readonly refName?: string | null; readonly version?: string | null };
    };
  };
  readonly variables?: Readonly<
    Record<string, { readonly value?: string | null; readonly isSecret?: boolean | null }>
  >;
  /** Values of the parameters of the file: texts, or what they are as JSON. */
  readonly templateParameters?: Readonly<Record<string, unknown>>;
  readonly stagesToSkip?: readonly string[] | null;
  /** Each `Stage.Job`; ours. */
  readonly jobsToSkip?: readonly string[];
}

/** A pipeline file with everything in its place. */
export interface WirePreview {
  readonly finalYaml: string;
}

/** The logs of a run, in the words of the Pipelines API. */
export interface WireRunLogs {
  readonly url: string;
  /** All of them as a zip; where `$expand=signedContent` asks for it. */
  readonly signedContent?: WireSignedContent;
  readonly logs: readonly WireRunLog[];
}

/** One of them. */
export interface WireRunLog {
  readonly id: number;
  readonly lineCount: number;
  readonly createdOn: WireTime;
  readonly lastChangedOn: WireTime;
  readonly url: string;
  /** Its text; where `$expand=signedContent` asks for it. */
  readonly signedContent?: WireSignedContent;
}
