import type { GroupView, NewRole, RoleResource, RoleView, UserView } from '@signalbox/api';
import type { Mark } from '../mark.ts';

/** Whether a user is let in. */
export function userMark({ active }: UserView): Mark {
  return active
    ? { icon: 'succeeded', tone: 'good', label: 'may sign in' }
    : { icon: 'canceled', tone: 'quiet', label: 'disabled' };
}

/** A role, and what it lets people do. */
export interface RoleWords {
  readonly role: NewRole['role'];
  readonly may: string;
}

/** The roles of people in a project or the organisation, the weakest first. */
export const PEOPLE_ROLES: readonly RoleWords[] = [
  { role: 'reader', may: 'look at everything' },
  { role: 'approver', may: 'look, and decide approvals' },
  { role: 'agentManager', may: 'look, and look after pools and agents' },
  { role: 'contributor', may: 'queue and change runs, edit pipelines' },
  { role: 'administrator', may: 'do everything' },
];

/** The roles on one thing of the library, the weakest first (ENV-3). */
export const RESOURCE_ROLES: readonly RoleWords[] = [
  { role: 'Reader', may: 'look at it' },
  { role: 'User', may: 'use it in pipelines' },
  { role: 'Administrator', may: 'change it, its checks and who may use it' },
];

/** Where a role counts. */
export interface RolePlace {
  /** Absent: in the whole project or organisation. */
  readonly resource?: RoleResource;
}

/** The roles that count in the whole project or organisation; those on single resources stand with those. */
export function rolesAt(roles: readonly RoleView[], { resource }: RolePlace): readonly RoleView[] {
  return roles.filter((one) => one.resource?.type === resource?.type && one.resource?.id === resource?.id);
}

/** A group as its form has it: one name to a line. */
export interface MembersForm {
  readonly name: string;
  readonly description: string;
  readonly members: string;
  readonly groups: string;
}

/** The form of a group, or of a new one. */
export function membersForm(group?: GroupView): MembersForm {
  return {
    name: group?.name ?? '',
    description: group?.description ?? '',
    members: (group?.members ?? []).join('\n'),
    groups: (group?.groups ?? []).join('\n'),
  };
}

/** The form as the server takes it; a name that is there twice counts once. */
export function membersOrder({ name, description, members, groups }: MembersForm): GroupView {
  return {
    name: name.trim(),
    description: description.trim(),
    members: namesIn(members),
    groups: namesIn(groups),
  };
}

function namesIn(text: string): readonly string[] {
  const names = text.split('\n').map((line) => line.trim());
  return [...new Set(names)].filter(Boolean);
}
