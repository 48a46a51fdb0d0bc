import { ROUTES } from '../routes/table.ts';
import type { ApprovalUpdate, GroupView, WireApproval } from '../wire/approvals.ts';
import type { Collection, Paged } from '../wire/common.ts';
import type { Transport } from './transport.ts';

/** Approvals, and the groups that they name. */
export interface ApprovalsClient {
  /** With their steps, newest first. */
  listApprovals(
    project: string,
    filter?: { readonly state?: string; readonly assignedTo?: string; readonly top?: number },
  ): Promise<Paged<WireApproval>>;
  getApproval(project: string, id: string): Promise<WireApproval>;
  updateApprovals(project: string, updates: readonly ApprovalUpdate[]): Promise<Collection<WireApproval>>;
  listGroups(): Promise<Paged<GroupView>>;
  /** Makes it, or replaces its members; `groups` are groups whose members are in it, too. */
  setGroup(
    name: string,
    members: readonly string[],
    more?: Partial<Pick<GroupView, 'groups' | 'description'>>,
  ): Promise<GroupView>;
  removeGroup(name: string): Promise<void>;
}

/** The calls of `ApprovalsClient`. */
export function approvalsClient(transport: Transport): ApprovalsClient {
  return {
    listApprovals: (project, { top, ...filter } = {}) =>
      transport.page(ROUTES.listApprovals, {
        path: { project },
        query: { ...filter, $top: top, $expand: 'steps' },
      }),
    getApproval: (project, approvalId) =>
      transport.json(ROUTES.getApproval, { path: { project, approvalId }, query: { $expand: 'steps' } }),
    updateApprovals: (project, body) => transport.json(ROUTES.updateApprovals, { path: { project }, body }),
    listGroups: () => transport.page(ROUTES.listGroups, {}),
    setGroup: (group, members, more = {}) =>
      transport.json(ROUTES.setGroup, { path: { group }, body: { members, ...more } }),
    removeGroup: (group) => transport.json(ROUTES.removeGroup, { path: { group } }),
  };
}
