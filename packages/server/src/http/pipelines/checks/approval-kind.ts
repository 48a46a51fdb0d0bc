import { APPROVAL_CHECK, type EnumTable } from '@signalbox/api';
import {
  DEFAULT_APPROVAL,
  DEFAULT_CHECK_MINUTES,
  MAX_INSTRUCTIONS,
  type ApprovalSettings,
  type Approver,
} from '@signalbox/model';
import { badRequest } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { wireApprover } from '../../shape/approval.ts';
import { knownApprovers, readApprover } from '../read-approver.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { WireKind } from './wire-kind.ts';

const EXECUTION_ORDER: EnumTable<ApprovalSettings['executionOrder']> = { anyOrder: 1, inSequence: 2 };
const ASKED: EnumTable<ApprovalSettings['asked']> = {
  preCheck: 1,
  dynamic: 2,
  postCheck: 3,
  postDeployment: 4,
};

/** The published definitions of an approval, and the category that each is asked in (CHK-20). */
const DEFINITIONS: Readonly<Partial<Record<ApprovalSettings['asked'], string>>> = {
  preCheck: '0f52a19b-c67e-468f-b8eb-0ae83b532c99',
  dynamic: '26014962-64a0-49f4-885b-4b874119a5cc',
  postCheck: '06441319-13fb-4756-b198-c2da116894a4',
};

const KNOWN = [
  'approvers',
  'minRequiredApprovers',
  'executionOrder',
  'instructions',
  'requesterCannotBeApprover',
  'blockedApprovers',
  'asked',
  'definitionRef',
];

/** The approval on the wire; its definition says when it is asked, not what it is (APPR-1). */
export const approvalKind: WireKind<ApprovalSettings> = {
  title: 'an approval',
  type: { id: APPROVAL_CHECK, name: 'Approval' },
  tasks: [],
  defaultMinutes: DEFAULT_CHECK_MINUTES,
  async read(settings, { store, base }) {
    refuseUnknown(settings, KNOWN, 'An approval');
    return readApproval(settings, await knownApprovers(store), base);
  },
  write({ kind: _kind, approvers, blockedApprovers, ...rest }) {
    const definition = DEFINITIONS[rest.asked];
    return {
      ...rest,
      approvers: approvers.map(wireApprover),
      blockedApprovers: blockedApprovers.map(wireApprover),
      ...(definition !== undefined && { definitionRef: { id: definition } }),
    };
  },
};

function readApproval(
  body: Fields,
  known: readonly Approver[],
  base: ApprovalSettings = DEFAULT_APPROVAL,
): ApprovalSettings {
  const approvers = (name: string): readonly Approver[] =>
    body.list(name).map((one) => readApprover(one, known, `"${name}"`));
  return {
    kind: 'approval',
    asked: body.word('asked', ASKED) ?? askedBy(body.object('definitionRef').text('id')) ?? base.asked,
    approvers: body.has('approvers') ? approvers('approvers') : base.approvers,
    minRequiredApprovers: body.number('minRequiredApprovers') ?? base.minRequiredApprovers,
    executionOrder: body.word('executionOrder', EXECUTION_ORDER) ?? base.executionOrder,
    instructions: body.text('instructions', MAX_INSTRUCTIONS) ?? base.instructions,
    requesterCannotBeApprover: body.flag('requesterCannotBeApprover') ?? base.requesterCannotBeApprover,
    blockedApprovers: body.has('blockedApprovers') ? approvers('blockedApprovers') : base.blockedApprovers,
  };
}

function askedBy(definition: string | undefined): ApprovalSettings['asked'] | undefined {
  if (definition === undefined) return undefined;
  const found = Object.entries(DEFINITIONS).find(([, id]) => id === definition.toLowerCase());
  if (found === undefined)
    throw badRequest(`"definitionRef" names ${definition}, which is no kind of approval.`);
  return found[0] as ApprovalSettings['asked'];
}
