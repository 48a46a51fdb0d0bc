import type { JobStep } from '@signalbox/api';
import type { NodeResult } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import { stepCondition, type ConditionResult } from './condition.ts';
import type { RunningJob } from './running-job.ts';
import type { StepTurn } from './step-order.ts';
import { StepRecord } from './step-record.ts';
import type { StepSetting } from './step-setting.ts';
import { restrictedStep } from '../tasks/job-packages.ts';
import { executeStep } from './try-step.ts';

const PART_TITLES = { preJob: 'Pre-job: ', postJob: 'Post-job: ' } as const;

/** Runs, or skips, one step of the user's, or a part of its task, and reports it (STEP-1). */
export async function runStep(
  run: RunningJob,
  turn: StepTurn & { readonly order: number },
  setting: StepSetting,
): Promise<void> {
  const { step, part, order } = turn;
  const { variables } = run;
  run.publishStatus();
  const displayName = `${part === undefined ? '' : PART_TITLES[part.kind]}${variables.expand(step.displayName)}`;
  const name = part === undefined ? step.name : `${step.name}:${part.kind}`;
  variables.setOwn('System.TaskInstanceId', randomUUID());
  variables.setOwn('System.TaskInstanceName', step.name);
  variables.setOwn('System.TaskDisplayName', displayName);
  const record = new StepRecord(run, { order, name, displayName, step: restrictedStep(run, step) });
  const condition = evaluateCondition(run, conditionOf(turn));
  if (condition.kind === 'false') {
    record.end('skipped');
    return;
  }
  record.begin();
  record.output.info(`##[section]Starting: ${displayName}`);
  let result: NodeResult = 'failed';
  if (condition.kind === 'error') record.output.issue('error', condition.message);
  else result = await executeStep(run, turn, { ...setting, record, condition: conditionOf(turn) });
  // RES-9: for everybody else the step then only had issues.
  if (result === 'failed' && step.continueOnError) result = 'succeededWithIssues';
  run.merge(result);
  record.output.info(`##[section]Finishing: ${displayName}`);
  record.end(result);
}

function conditionOf({ step, part }: StepTurn): JobStep['condition'] {
  return part?.condition ?? step.condition;
}

/** AGENT-10 and CANCEL-8: when the agent goes, or the time for clean-up is over, no condition is asked. */
function evaluateCondition(run: RunningJob, condition: string | undefined): ConditionResult {
  const { shutdown, killed } = run.control;
  if (shutdown.aborted || killed.aborted) return { kind: 'false' };
  return stepCondition(condition, run.variables, run.status);
}
