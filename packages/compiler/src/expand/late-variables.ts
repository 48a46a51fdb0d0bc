import type { Expression } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import type { Report } from '../diagnostics.ts';
import { partsOfExpression, variableName } from '../plan/warnings/expression-parts.ts';
import type { Span } from '../read/source-file.ts';

/**
 * Predefined variables that get their value when a run, a stage, a job or a step starts (PVAR-1 without T). Folders of
 * agents are left out: production files read them, so the service seems to know more of them than it says.
 */
const LATE: ReadonlySet<string> = new Set(
  [
    'Agent.ContainerMapping',
    'Agent.Id',
    'Agent.JobName',
    'Agent.JobStatus',
    'Agent.MachineName',
    'Agent.Name',
    'Agent.OS',
    'Agent.OSArchitecture',
    'Build.BuildId',
    'Build.BuildNumber',
    'Build.BuildUri',
    'Build.ContainerId',
    'Build.SourceVersionMessage',
    'System.JobAttempt',
    'System.JobDisplayName',
    'System.JobId',
    'System.JobIdentifier',
    'System.JobName',
    'System.PhaseAttempt',
    'System.PhaseName',
    'System.PipelineStartTime',
    'System.PlanId',
    'System.StageAttempt',
    'System.StageDisplayName',
    'System.StageName',
    'System.TimelineId',
  ].map(fold),
);

/** Warns where a template expression reads a variable that has no value before the run: it is empty (TPL-8, PVAR-1). */
export function warnOfLateVariables(tree: Expression, at: Span, report: Report): void {
  for (const part of partsOfExpression(tree)) {
    const name = variableName(part);
    if (name === undefined || !LATE.has(fold(name))) continue;
    const message = `\`${name}\` is not known before the run: \`\${{ }}\` finds nothing there.`;
    report(
      'variable-not-known-yet',
      at,
      message,
      `Write \`$(${name})\`, or read it in a condition of the run.`,
    );
  }
}
