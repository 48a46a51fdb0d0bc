import type { WireApprovalSettings, WireCheck } from '@signalbox/api';
import { counted } from '../names.ts';
import { roughly } from '../time.ts';
import type { CheckValues } from './check-form.ts';
import { kindOf, valuesOf } from './check-form.ts';
import type { FormKind } from './check-kinds.ts';
import { CHECK_FORMS, formOf } from './check-kinds.ts';

/** A check of a resource as its page shows it. */
export interface CheckLine {
  readonly check: WireCheck;
  readonly kind: FormKind | undefined;
  readonly title: string;
  /** What it asks for, in a few words. */
  readonly text: string;
  /** `before the lock`, `after the jobs`. */
  readonly when: string;
  readonly off: boolean;
  readonly timeout: string;
}

/** The steps of a checkpoint, in the order in which they are evaluated (CHK-20); the lock comes when all have passed. */
const WHEN = [
  'first, at once',
  'before the other checks',
  'together',
  'after the other checks',
  'last, the place in the line',
  'when the jobs are over',
] as const;

const STEP: Readonly<Record<FormKind, number>> = {
  branchControl: 0,
  requiredTemplate: 0,
  artifactPolicy: 0,
  approval: 2,
  businessHours: 2,
  restApi: 2,
  azureFunction: 2,
  azureMonitor: 2,
  serviceNow: 2,
  exclusiveLock: 4,
};

const ASKED: Readonly<Record<WireApprovalSettings['asked'], number>> = {
  preCheck: 1,
  dynamic: 2,
  postCheck: 3,
  postDeployment: 5,
};

/** The checks in the order in which they are evaluated. */
export function checkLines(checks: readonly WireCheck[]): readonly CheckLine[] {
  return checks
    .toSorted((a, b) => stepOf(a) - stepOf(b) || rank(a) - rank(b) || a.id - b.id)
    .map((check) => {
      const kind = kindOf(check);
      const values = valuesOf(check);
      const title = kind === undefined ? check.type.name : formOf(kind).title;
      return {
        check,
        kind,
        title: values['displayName'] ? `${title}: ${values['displayName']}` : title,
        text: textOf(check, kind),
        when: WHEN[stepOf(check)] ?? WHEN[2],
        off: check.isDisabled,
        timeout: `gives up after ${roughly(check.timeout * 60_000)}${values['onTimeout'] === 'fail' ? ', and its stage fails' : ''}`,
      };
    });
}

function stepOf(check: WireCheck): number {
  const { settings } = check;
  if (settings !== undefined && 'asked' in settings) return ASKED[settings.asked];
  const kind = kindOf(check);
  return kind === undefined ? 2 : STEP[kind];
}

function rank(check: WireCheck): number {
  const kind = kindOf(check);
  return CHECK_FORMS.findIndex((form) => form.kind === kind);
}

const TEXTS: Partial<Readonly<Record<FormKind, (values: CheckValues) => string | undefined>>> = {
  branchControl: ({ allowedBranches }) => allowedBranches,
  requiredTemplate: ({ templates }) => templates?.replaceAll('\n', ', '),
  businessHours: ({ windows = '', timeZone = '' }) => `${windows} (${timeZone})`,
  restApi: ({ connectedServiceName = '', urlSuffix = '' }) => `${connectedServiceName}${urlSuffix}`,
  azureFunction: (values) => values['function'],
  azureMonitor: ({ ResourceGroupName }) => ResourceGroupName,
  serviceNow: ({ changeRequestNumber }) => changeRequestNumber,
  exclusiveLock: () => 'one at a time, as the policy of the lock says',
};

function textOf(check: WireCheck, kind: FormKind | undefined): string {
  if (kind === 'approval') return approvalText(check.settings as WireApprovalSettings | undefined);
  return (kind === undefined ? undefined : TEXTS[kind]?.(valuesOf(check))) ?? '';
}

function approvalText(settings: WireApprovalSettings | undefined): string {
  if (settings === undefined) return '';
  const { approvers, minRequiredApprovers } = settings;
  const names = approvers.map(({ displayName, isContainer }) =>
    isContainer === true ? `the group ${displayName}` : displayName,
  );
  const enough =
    minRequiredApprovers === 0 || minRequiredApprovers >= names.length
      ? ''
      : `${counted(minRequiredApprovers, 'yes').replace('yess', 'yeses')} of `;
  return `${enough}${names.join(', ')}`;
}
