import type { WireDiagnostic } from './common.ts';
import type { FormStageView } from './pages.ts';

/** A repository that no pipeline names yet. */
export interface RepositoryPlace {
  /** An https or ssh URL, perhaps with a user and a token in it, or an absolute path on the server. */
  readonly url: string;
  /** Absent: the branch that the repository itself calls its default. */
  readonly branch?: string;
}

/** What a repository has at the newest commit of a branch. `POST P/_apis/signalbox/repositories/look`. */
export interface RepositoryLook {
  /** `refs/heads/main`. */
  readonly branch: string;
  readonly commit: string;
  readonly commitMessage: string;
  /** The YAML files, those first that look like pipelines; at most 500. */
  readonly files: readonly PipelineFileView[];
  /** How many YAML files there are. */
  readonly fileCount: number;
}

/** A YAML file of a repository. */
export interface PipelineFileView {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  /** Its name or its first keys are those of a pipeline. */
  readonly likely: boolean;
}

/** A file of a repository that may become a pipeline. */
export interface PlaceOfFile extends RepositoryPlace {
  /** From the root of the repository. */
  readonly path: string;
}

/** What a pipeline of a file would be; nothing is made. `POST P/_apis/signalbox/repositories/preview`. */
export interface FilePreview {
  readonly branch: string;
  readonly commit: string;
  /** The file itself, its first 200,000 characters. */
  readonly text: string;
  /** In the order of the file; empty when the file is not right. */
  readonly stages: readonly PreviewStageView[];
  /** What is wrong with the file, apart from values that a run has to be given. */
  readonly problems: readonly WireDiagnostic[];
  readonly needs: readonly NeedView[];
}

/** A stage, and where it deploys to. */
export interface PreviewStageView extends FormStageView {
  /** The names of its environments, each once. */
  readonly environments: readonly string[];
}

/** A resource that a file names, and whether a new pipeline may use it. */
export interface NeedView {
  readonly type: 'environment' | 'endpoint' | 'variablegroup' | 'repository' | 'securefile' | 'queue';
  readonly name: string;
  /** The stages that use it, by name. */
  readonly stages: readonly string[];
  /**
   * `ready`: it is there, and open to every pipeline. `made`: the first run makes it. `closed`: the first run waits
   * until somebody permits it. `missing`: no run is possible without it.
   */
  readonly state: 'ready' | 'made' | 'closed' | 'missing';
}

/** A variable that a step of a run gave to others (CTX-1). `GET [P/]_apis/signalbox/runs/{id}/outputs`. */
export interface OutputView {
  readonly stage: string;
  readonly job: string;
  /** The leg, the hook or the machine; absent: the job has one instance. */
  readonly part?: string;
  /** `<step>.<variable>`. */
  readonly name: string;
  /** Null: it is secret, and is never shown. */
  readonly value: string | null;
}
