import { PERMITTED, type Permission } from '@signalbox/api';
import type { JobRequestId, PoolId, ProjectId, RunId } from '@signalbox/model';
import type { TokenRow } from '@signalbox/store';
import type { ApprovalKey } from '../http/pipelines/approval-id.ts';

/** Who calls. */
export type Principal =
  | { readonly role: 'anonymous' }
  | {
      readonly role: 'administrator' | 'contributor' | 'reader';
      readonly token: number;
      readonly name: string;
      /** Set when the token was made for one project. */
      readonly project?: ProjectId;
      /** True when the browser's cookie spoke. */
      readonly session: boolean;
    }
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

/** True when the principal's role has the permission. */
export function isPermitted(principal: Principal, permission: Permission): boolean {
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

/** What a token's row stands for; undefined when its scope is none that this server gives out. */
export function principalOf(row: TokenRow, session: boolean): Principal | undefined {
  const { id: token, name, project, pool } = row;
  switch (row.scope) {
    case 'administrator':
    case 'contributor':
    case 'reader':
      return { role: row.scope, token, name, session, ...(project !== undefined && { project }) };
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
