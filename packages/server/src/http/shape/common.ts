import type { Collection, IdentityRef, ProjectRef, WireProject, WireTime } from '@signalbox/api';
import { fold, type Instant, type RunId } from '@signalbox/model';
import type { Page, ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import type { Ask } from '../ask.ts';
import { nameGuid } from '../../guid.ts';

/** A time on the wire: ISO 8601 in UTC with `Z` (REST.md §2.5). */
export function wireTime(time: Instant): WireTime {
  return new Date(time).toISOString();
}

/** A list on the wire. */
export function collection<T>(value: readonly T[]): Collection<T> {
  return { count: value.length, value };
}

/** A page on the wire; the token for the next one goes into the header, none on the last (REST.md §2.5). */
export function wirePage<R, T>(ask: Ask, page: Page<R>, shape: (row: R) => T): Collection<T> {
  if (page.next !== undefined) void ask.reply.header('x-ms-continuationtoken', page.next);
  return collection(page.items.map(shape));
}

/** A person or service on the wire. We know names only; the id is made of the name. */
export function identityRef(name: string): IdentityRef {
  const id = nameGuid('identity', fold(name));
  return { id, displayName: name, uniqueName: name, descriptor: `sbx.${id}` };
}

/** A project where it is only named. */
export function projectRef(app: App, project: ProjectRow): ProjectRef {
  return {
    id: project.guid,
    name: project.name,
    url: `${app.baseUrl()}/_apis/projects/${project.guid}`,
    state: project.state,
    revision: project.revision,
    visibility: 'private',
  };
}

/** A project in full. */
export function wireProject(app: App, project: ProjectRow): WireProject {
  return {
    ...projectRef(app, project),
    description: project.description,
    lastUpdateTime: wireTime(project.updatedAt),
  };
}

/** The address of something in a project's API. */
export function apiUrl(app: App, project: ProjectRow, rest: string): string {
  return `${app.baseUrl()}/${project.guid}/_apis/${rest}`;
}

/** The address at which people look at a project. */
export function projectPageUrl(app: App, project: ProjectRow): string {
  return `${app.baseUrl()}/${encodeURIComponent(project.name)}`;
}

/** The address at which people look at a run: as the service writes it, because programs read the number in it. */
export function runPageUrl(app: App, project: ProjectRow, run: RunId): string {
  return `${projectPageUrl(app, project)}/_build/results?buildId=${run}`;
}
