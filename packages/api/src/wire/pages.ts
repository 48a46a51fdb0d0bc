import type { WireDiagnostic } from './common.ts';

/** What a form needs that queues a run: what the file of a branch declares. `GET P/_apis/pipelines/{id}/form`. */
export interface QueueFormView {
  /** `refs/heads/main`. */
  readonly branch: string;
  readonly commit: string;
  readonly parameters: readonly ParameterView[];
  /** Variables of the pipeline that a run may give other values. */
  readonly variables: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly secret: boolean;
  }[];
  /** In the order of the file; empty when the file is not right. */
  readonly stages: readonly FormStageView[];
  /** What is wrong with the file, apart from values that a run has to be given. */
  readonly problems: readonly WireDiagnostic[];
}

/** A parameter that the file declares (PARM-1). */
export interface ParameterView {
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  /** A default that is one text; of another kind the file alone knows it. */
  readonly default?: string;
  /** A run needs a value for it. */
  readonly required: boolean;
  /** The only values that are allowed; absent: any of its type. */
  readonly values?: readonly string[];
}

/** A stage that a run may leave out. */
export interface FormStageView {
  readonly name: string;
  readonly displayName: string;
  readonly dependsOn: readonly string[];
  /** False: it may not be left out (YAML-25). */
  readonly skippable: boolean;
}

/** The file of a run as it was expanded. `GET [P/]_apis/signalbox/runs/{id}/yaml`. */
export interface RunYamlView {
  readonly yaml: string;
  readonly stages: readonly StageSourceView[];
}

/** Where a stage comes from. */
export interface StageSourceView {
  readonly name: string;
  /** Where the expanded text has it, from 1. */
  readonly line: number;
  /** Where the file or the template has it that it was written in. */
  readonly source: { readonly file: string; readonly line: number };
}
