import { BRANCH_CONTROL_TASK } from '@signalbox/api';
import { DEFAULT_BRANCH_CONTROL, MAX_BRANCH_LIST, type BranchControlSettings } from '@signalbox/model';
import { readTask, TASK_MINUTES, TASK_TYPE, writeTask } from './task-settings.ts';
import type { WireKind } from './wire-kind.ts';

// Terraform asks for exactly this version back (REST.md §3.6).
const TASK = { id: BRANCH_CONTROL_TASK, name: 'evaluatebranchProtection', version: '0.0.1' };

const TITLE = 'a branch control';

/** The last one is ours. */
const INPUTS = [
  'allowedBranches',
  'ensureProtectionOfBranch',
  'allowUnknownStatusBranch',
  'protectedBranches',
];

/** The branch control on the wire (CHK-61). */
export const branchControlKind: WireKind<BranchControlSettings> = {
  title: TITLE,
  type: TASK_TYPE,
  tasks: [TASK],
  defaultMinutes: TASK_MINUTES,
  async read(settings, { base = DEFAULT_BRANCH_CONTROL }) {
    const { common, inputs } = readTask(settings, INPUTS, { title: TITLE, base });
    return {
      kind: 'branchControl',
      ...common,
      allowedBranches: inputs.text('allowedBranches', MAX_BRANCH_LIST) ?? base.allowedBranches,
      ensureProtection: inputs.flag('ensureProtectionOfBranch') ?? base.ensureProtection,
      allowUnknownStatus: inputs.flag('allowUnknownStatusBranch') ?? base.allowUnknownStatus,
      protectedBranches: inputs.text('protectedBranches', MAX_BRANCH_LIST) ?? base.protectedBranches,
    };
  },
  write(settings) {
    const { allowedBranches, ensureProtection, allowUnknownStatus, protectedBranches } = settings;
    return writeTask(settings, TASK, {
      allowedBranches,
      ensureProtectionOfBranch: String(ensureProtection),
      allowUnknownStatusBranch: String(allowUnknownStatus),
      ...(protectedBranches !== '' && { protectedBranches }),
    });
  },
};
