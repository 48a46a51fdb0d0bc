import type { ApprovalRow, ResourceKey } from '@signalbox/engine';
import type { CheckConfiguration, CheckedResource, Instant, ProjectId } from '@signalbox/model';

/** A check of a resource; it counts for checkpoints that begin while it is enabled (CHK-52). */
export interface CheckRow extends CheckConfiguration {
  readonly project: ProjectId;
  readonly enabled: boolean;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly modifiedBy: string;
  readonly modifiedAt: Instant;
}

/** What a caller gives of a check, and who the caller is. */
export type CheckInput = Pick<CheckRow, 'settings' | 'timeoutMinutes' | 'enabled'> & { readonly by: string };

/** The checks of resources. The exclusive lock is not among them: it is a row of the locks. */
export interface Checks {
  create(project: ProjectId, resource: CheckedResource, input: CheckInput): Promise<CheckRow>;
  get(project: ProjectId, id: number): Promise<CheckRow | undefined>;
  /** All, or those of one resource, disabled ones too, in the order of creation. */
  list(project: ProjectId, resource?: ResourceKey): Promise<readonly CheckRow[]>;
  /** Replaces it; the version grows by one. Refused with `not-found` when there is none. */
  update(project: ProjectId, id: number, input: CheckInput): Promise<CheckRow>;
  /** False when there was none. */
  remove(project: ProjectId, id: number): Promise<boolean>;
}

/** The approvals that runs have asked for. */
export interface Approvals {
  /** Newest first; `open`: only those that wait for somebody. At most `limit`. */
  list(
    project: ProjectId,
    filter: { readonly open: boolean; readonly limit: number },
  ): Promise<readonly ApprovalRow[]>;
}
