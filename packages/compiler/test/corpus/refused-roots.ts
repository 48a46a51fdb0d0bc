import type { DiagnosticCode } from '@signalbox/compiler';

/** Why a root is rightly refused. */
export interface RefusedRoot {
  /** The codes of all its errors, sorted: another one would be a false error. */
  readonly codes: readonly DiagnosticCode[];
  /** In one sentence, with the rule or the recorded fact. */
  readonly reason: string;
}

const oldCallers: RefusedRoot = {
  codes: ['parameter-missing', 'parameter-unknown'],
  reason: 'it passes what its template does not declare, and not what that needs (REC-63, REC-68)',
};
const agentFolder: RefusedRoot = {
  codes: ['template-not-found'],
  reason: 'the path of a template is computed, and the corpus has not got the file it leads to (REC-82)',
};

/** The roots that the service would refuse, too, as far as its recorded answers tell. */
export const REFUSED_ROOTS: Readonly<Record<string, RefusedRoot>> = {
  'NuGet+NuGet.Client/eng/pipelines/ci.yml': {
    codes: ['expression-invalid', 'parameter-unknown'],
    reason:
      'it reads a parameter that it does not declare and passes one that its template does not (REC-68, REC-70)',
  },
  'Planning-Inspectorate+odw-common/pipelines/ado-common-codeql.yml': agentFolder,
  'Planning-Inspectorate+odw-common/pipelines/azure-pipelines.yaml': agentFolder,
  'SkillsFundingAgency+das-commitments/azure-pipelines.yml': {
    codes: ['parameter-missing'],
    reason: 'the corpus has a newer template than the tag that it names, with further parameters (REC-63)',
  },
  'dotnet+diagnostics/diagnostics-codeql.yml': {
    codes: ['parameter-unknown', 'parameter-value-invalid'],
    reason:
      'it passes parameters that its template does not declare, and a value that is not allowed (REC-62, REC-68)',
  },
  'dotnet+diagnostics/diagnostics.yml': {
    codes: ['expression-invalid'],
    reason: 'its template asks for a parameter that it does not declare (REC-70)',
  },
  'dotnet+docker-tools/eng/pipelines/annotate-eol-digests.yml': {
    codes: ['parameter-missing'],
    reason: 'it does not pass parameters that have no default (REC-63)',
  },
  'dotnet+docker-tools/eng/pipelines/cleanup-acr-images-custom-official.yml': {
    codes: ['parameter-unknown', 'wrong-value'],
    reason: 'a parameter has the type int, which there is not, and two are not declared (REC-47, REC-68)',
  },
  'dotnet+machinelearning/build/.outer-loop-build.yml': {
    codes: ['name-not-unique'],
    reason: 'two jobs have the same name (NAME-2)',
  },
  'microsoft+Oryx/vsts/pipelines/PlatformBinaries/dotnetcore.yml': oldCallers,
  'microsoft+Oryx/vsts/pipelines/PlatformBinaries/golang.yml': oldCallers,
  'sonic-net+sonic-swss/azure-pipelines-dash.yml': {
    codes: ['parameter-missing'],
    reason: 'it does not pass parameters that have no default (REC-63)',
  },
};
