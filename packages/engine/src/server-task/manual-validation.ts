import {
  approvalProblems,
  DEFAULT_APPROVAL,
  MAX_INSTRUCTIONS,
  type ApprovalSettings,
  type Approver,
} from '@signalbox/model';
import { readFlag, type ServerTask } from './kind.ts';

/** Where the task names nobody: whoever may queue the pipeline may decide. */
const ANYONE: Approver = { kind: 'anyone', name: 'anyone who may queue the pipeline' };

/**
 * `ManualValidation@0` and `@1`: an approval inside of a stage, which keeps its locks meanwhile (APPR-19, X-17). One
 * of the approvers decides for all of them. When the step's time is over, `onTimeout` says what that means (TIME-3).
 */
export const manualValidation: ServerTask = {
  name: 'ManualValidation',
  versions: [0, 1],
  inputs: ['notifyUsers', 'approvers', 'allowApproversToApproveTheirOwnRuns', 'instructions', 'onTimeout'],
  retries: false,
  read(inputs) {
    const own = readFlag(inputs.get('allowapproverstoapprovetheirownruns'), true);
    if (own === undefined) {
      return { problem: '"allowApproversToApproveTheirOwnRuns" is neither true nor false.' };
    }
    const word = (inputs.get('ontimeout') ?? '').trim().toLowerCase();
    if (!['', 'reject', 'resume'].includes(word))
      return { problem: '"onTimeout" is neither reject nor resume.' };
    const settings = settingsOf(inputs, own);
    const [problem] = approvalProblems(settings);
    if (problem !== undefined) return { problem };
    const act = { kind: 'ask', settings, onTimeout: word === 'resume' ? 'succeed' : 'fail' } as const;
    const notified = (inputs.get('notifyusers') ?? '').trim() !== '';
    return { act, warnings: notified ? [NOTIFIED] : [] };
  },
};

const NOTIFIED =
  '"notifyUsers" tells nobody here: whoever subscribed to approvals of the project is told (signalbox notifications).';

function settingsOf(inputs: ReadonlyMap<string, string>, ownRuns: boolean): ApprovalSettings {
  const named = approversIn(inputs.get('approvers') ?? '');
  return {
    ...DEFAULT_APPROVAL,
    approvers: named.length === 0 ? [ANYONE] : named,
    minRequiredApprovers: 1,
    instructions: (inputs.get('instructions') ?? '').slice(0, MAX_INSTRUCTIONS),
    requesterCannotBeApprover: !ownRuns,
  };
}

/** Names separated by commas or lines; `[Organisation]\Name` is a group. Each counts once. */
function approversIn(text: string): readonly Approver[] {
  const found = new Map<string, Approver>();
  for (const part of text.split(/[,;\n]/)) {
    const name = part.trim();
    const group = /^\[[^\]]*\]\\(.+)$/.exec(name)?.[1]?.trim();
    const approver: Approver = group === undefined ? { kind: 'user', name } : { kind: 'group', name: group };
    if (name !== '') found.set(`${approver.kind}:${approver.name.toLowerCase()}`, approver);
  }
  return [...found.values()];
}
