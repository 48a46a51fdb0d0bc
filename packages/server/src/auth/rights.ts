import { FULL_ACCESS, HUMAN_ROLES, PERMITTED, SCOPES, type HumanRole, type Permission } from '@signalbox/api';
import type { ProjectId } from '@signalbox/model';
import type { RoleRow } from '@signalbox/store';

/** What a user may do: his roles by place, and what his token leaves of them. */
export interface Rights {
  /** Roles on the organisation count in all of its projects. */
  readonly organization: readonly HumanRole[];
  readonly projects: ReadonlyMap<ProjectId, readonly HumanRole[]>;
  /** Roles on single resources, in the words of ENV-3. */
  readonly resources: readonly RoleRow[];
  /** What the token is limited to; absent: nothing is taken away. */
  readonly cap?: ReadonlySet<Permission>;
  /** The one project that the token is for. */
  readonly only?: ProjectId;
}

// Whatever a token is limited to, it can ask who it is.
const ALWAYS: readonly Permission[] = ['public', 'discover'];

/** The rights that rows give; words that are no role of people count nothing. */
export function rightsOf(rows: readonly RoleRow[], limit: Pick<Rights, 'cap' | 'only'>): Rights {
  const projects = new Map<ProjectId, readonly HumanRole[]>();
  for (const { place, role } of rows) {
    if (place.project === undefined || place.resource !== undefined || !isHumanRole(role)) continue;
    projects.set(place.project, [...(projects.get(place.project) ?? []), role]);
  }
  return {
    organization: rows.flatMap(({ place, role }) =>
      place.project === undefined && place.resource === undefined && isHumanRole(role) ? [role] : [],
    ),
    projects,
    resources: rows.filter(({ place }) => place.resource !== undefined),
    ...limit,
  };
}

/** Whether a word is a role of people. */
export function isHumanRole(word: string): word is HumanRole {
  return HUMAN_ROLES.some((role) => role === word);
}

/** The roles in a project, or on the organisation alone. Roles add up: no place takes away what another one gave. */
export function rolesIn(rights: Rights, project?: ProjectId): readonly HumanRole[] {
  if (rights.only !== undefined && rights.only !== project) return [];
  if (project === undefined) return rights.organization;
  return [...rights.organization, ...(rights.projects.get(project) ?? [])];
}

/** The strongest role in a project or on the organisation; `member` without one. */
export function strongestRole(rights: Rights, project?: ProjectId): HumanRole | 'member' {
  const mine = rolesIn(rights, project);
  return HUMAN_ROLES.find((role) => mine.includes(role)) ?? 'member';
}

/** Whether the roles give a permission, whatever the token is limited to. */
export function rolesGive(rights: Rights, permission: Permission, project?: ProjectId): boolean {
  const roles = [...rolesIn(rights, project), 'member'] as const;
  return roles.some((role) => PERMITTED[permission].includes(role));
}

/** Whether the rights hold a permission in a project, or on the organisation. */
export function holds(rights: Rights, permission: Permission, project?: ProjectId): boolean {
  const isLeft = rights.cap?.has(permission) ?? true;
  return (isLeft || ALWAYS.includes(permission)) && rolesGive(rights, permission, project);
}

/** Whether the rights hold a permission in some project at least. */
export function holdsSomewhere(rights: Rights, permission: Permission): boolean {
  const places = rights.only === undefined ? [undefined, ...rights.projects.keys()] : [rights.only];
  return places.some((project) => holds(rights, permission, project));
}

/** What a token of the scope words is limited to; undefined: to nothing. */
export function capOf(scopes: readonly string[]): ReadonlySet<Permission> | undefined {
  if (scopes.includes(FULL_ACCESS)) return undefined;
  return new Set(scopes.flatMap((scope) => SCOPES[scope] ?? []));
}

/** What a token that was made for a role is limited to. */
export function capOfRole(role: HumanRole): ReadonlySet<Permission> {
  const all = Object.keys(PERMITTED) as Permission[];
  return new Set(all.filter((permission) => PERMITTED[permission].includes(role)));
}
