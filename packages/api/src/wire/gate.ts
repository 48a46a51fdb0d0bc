/** `POST gates/azure`: an organisation of Azure DevOps whose stages may wait for locks of the project. */
export interface NewAzureGate extends AzureGatePatch {
  /** 1 to 60 letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /** `https://dev.azure.com/contoso/`: the only address that is called back. */
  readonly organizationUrl: string;
}

/** `PATCH gates/azure/{name}`: what is absent stays as it is. */
export interface AzureGatePatch {
  /** A personal access token that may read builds and decide checks, for when Azure's own token has ended (HOOK-8). */
  readonly pat?: string;
  /** How long a stage holds its locks at most when Azure cannot be asked about it; 360 if absent. */
  readonly holdMinutes?: number;
  /** Added to `holdMinutes`; 15 if absent. */
  readonly graceMinutes?: number;
}

/** A gate, without its secrets. */
export interface AzureGateView {
  readonly name: string;
  readonly organizationUrl: string;
  /** Whether a personal access token is stored. */
  readonly hasPat: boolean;
  readonly holdMinutes: number;
  readonly graceMinutes: number;
  /** Where Azure's check has to send its request. */
  readonly checkUrl: string;
}

/** The one answer that holds the secret with which Azure's check calls. */
export interface NewAzureGateView extends AzureGateView {
  readonly secret: string;
}

/** What Azure's check sends as its body. Ids of the check run come as headers or here, under the same names. */
export interface AzureCheckRequest {
  /** Names or numbers of locks; all of them are granted together. */
  readonly locks: readonly (string | number)[];
  /** `$(Build.BuildId)`. */
  readonly runId: string | number;
  /** `$(System.StageName)`. */
  readonly stage: string;
  /** `$(Checks.StageAttempt)`. */
  readonly attempt: string | number;
  /** `$(System.TeamProject)`, as the queue shows it. */
  readonly project?: string;
  /** Of this stage, instead of the gate's. */
  readonly holdMinutes?: number;
}
