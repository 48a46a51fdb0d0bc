import { PERMITTED, type HumanRole, type Permission } from '@signalbox/api';
import type { JobRequestId, PoolId, ProjectId, RunId } from '@signalbox/model';
import type { TokenRow } from '@signalbox/store';
import type { ApprovalKey } from '../http/pipelines/approval-id.ts';
import { holds, type Rights } from './rights.ts';

/** A user who calls: a person, or a service with an account. */
export interface PersonPrincipal {
  /** The strongest role on the organisation; in a project he may have a stronger one. */
  readonly role: HumanRole | 'member';
  readonly token: number;
  /** The name of the user. */
  readonly name: string;
  /** The number of the user. */
  readonly user: number;
  /** The groups that he is in, by way of others, too. */
  readonly groups: readonly string[];
  readonly rights: Rights;
  /** True when the browser's cookie spoke. */
  readonly session: boolean;
  /** What the route needs that he was let through to: other projects are shown to him as far as he has it there. */
  readonly asks?: Permission;
}

/** Who calls. */
export type Principal =
  | { readonly role: 'anonymous' }
  | PersonPrincipal
  | { readonly role: 'gate'; readonly token: number; readonly name: string; readonly project: ProjectId }
  | {
      readonly role: 'check';
      readonly token: number;
      readonly name: string;
      readonly project: ProjectId;
      /** The one check run that it answers for. */
      readonly check: ApprovalKey;
    }
  | { readonly role: 'agent'; readonly token: number; readonly name: string; readonly pool: PoolId }
  | {
      readonly role: 'job';
      readonly token: number;
      readonly name: string;
      readonly project: ProjectId;
      readonly run: RunId;
      readonly lease: JobLease;
    };

/** The lease that a job's token lives and dies with (INV-54). */
export interface JobLease {
  readonly pool: PoolId;
  readonly request: JobRequestId;
  readonly lease: number;
}

/** Whether somebody has a permission, in a project or on the organisation; the roles of programs know no place. */
export function isPermitted(principal: Principal, permission: Permission, project?: ProjectId): boolean {
  if ('rights' in principal) return holds(principal.rights, permission, project);
  return PERMITTED[permission].includes(principal.role);
}

/** Who calls, as the journal names them: the name of the token, or the role of one that has none. */
export function callerName({ principal }: { readonly principal: Principal }): string {
  return 'name' in principal ? principal.name : principal.role;
}

/** The scope text of a job's token, as the store keeps it. */
export function jobScope(run: RunId, lease: JobLease): string {
  return `job:${run}:${lease.request}:${lease.lease}`;
}

/** The scope text of the token of a check run, as the store keeps it (HOOK-8). */
export function checkScope({ run, stage, attempt, check }: ApprovalKey): string {
  return `check:${run}:${stage}:${attempt}:${check}`;
}

/** What the token of a program stands for; undefined when its scope is none that this server gives out. */
export function programOf(row: TokenRow): Principal | undefined {
  const { id: token, name, project, pool } = row;
  switch (row.scope) {
    case 'agent':
      return pool === undefined ? undefined : { role: 'agent', token, name, pool };
    case 'gate':
      return project === undefined ? undefined : { role: 'gate', token, name, project };
    default:
      return row.scope.startsWith('check:') ? checkPrincipal(row) : jobPrincipal(row);
  }
}

function checkPrincipal({ id: token, name, scope, project }: TokenRow): Principal | undefined {
  const parts = /^check:(\d+):(\d+):(\d+):(\d+)$/.exec(scope);
  if (parts === null || project === undefined) return undefined;
  const [run = 0, stage = 0, attempt = 0, check = 0] = parts.slice(1).map(Number);
  return { role: 'check', token, name, project, check: { run, stage, attempt, check } };
}

function jobPrincipal({ id: token, name, scope, project, pool }: TokenRow): Principal | undefined {
  const [, run, request, lease] = /^job:(\d+):(\d+):(\d+)$/.exec(scope) ?? [];
  if (run === undefined || project === undefined || pool === undefined) return undefined;
  return {
    role: 'job',
    token,
    name,
    project,
    run: Number(run),
    lease: { pool, request: Number(request), lease: Number(lease) },
  };
}
