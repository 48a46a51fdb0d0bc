import { waitsForPermission, type Mail, type ResourceKey, type RunState } from '@signalbox/engine';
import type { ProjectId, RunStatus } from '@signalbox/model';
import type { Store } from '@signalbox/store';

const UNFINISHED: readonly RunStatus[] = ['notStarted', 'inProgress', 'cancelling'];
const PAGE = 200;

/** Wakes the runs that wait for the permission to use a resource; each reads for itself what is permitted now (CHK-23). */
export function tellPermissionChanged(
  store: Store,
  project: ProjectId,
  resource: ResourceKey,
): Promise<void> {
  return tell(store, project, (run) =>
    waitsForPermission(run, resource)
      ? { to: { kind: 'run', id: run.id }, body: { type: 'PermissionChanged', resource } }
      : undefined,
  );
}

/** Tells the runs that use a resource that somebody deleted it: stages that wait at its checks are denied (CHK-54). */
export function tellResourceDeleted(
  store: Store,
  project: ProjectId,
  { resource, by }: { readonly resource: ResourceKey; readonly by: string },
): Promise<void> {
  return tell(store, project, (run) =>
    uses(run, resource)
      ? { to: { kind: 'run', id: run.id }, body: { type: 'ResourceDeleted', resource, by } }
      : undefined,
  );
}

function uses({ resources }: RunState, { type, id }: ResourceKey): boolean {
  return Object.values(resources)
    .flat()
    .some((one) => one.type === type && one.id === id);
}

async function tell(
  store: Store,
  project: ProjectId,
  letter: (run: RunState) => Mail | undefined,
): Promise<void> {
  let after: string | undefined;
  do {
    const page = await store.runs.list(project, {
      statuses: UNFINISHED,
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    const mail = page.items.flatMap((run) => letter(run) ?? []);
    if (mail.length > 0) await store.inbox.submit(mail);
    after = page.next;
  } while (after !== undefined);
}
