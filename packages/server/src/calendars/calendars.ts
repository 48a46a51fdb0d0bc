import { fold, type FreezeCalendar, type ProjectId } from '@signalbox/model';
import type { CheckRow, Store } from '@signalbox/store';

/** The calendars of freezes of a project, by name. */
export async function listCalendars(store: Store, project: ProjectId): Promise<readonly FreezeCalendar[]> {
  const rows = await store.settings.list(prefixOf(project));
  return rows.map(({ value }) => JSON.parse(value) as FreezeCalendar);
}

/** The calendar of that name, whatever the letter case. */
export async function findCalendar(
  store: Store,
  project: ProjectId,
  name: string,
): Promise<FreezeCalendar | undefined> {
  const value = await store.settings.get(keyOf(project, name));
  return value === undefined ? undefined : (JSON.parse(value) as FreezeCalendar);
}

/** Makes a calendar, or replaces it. Checks that name it have its dates from `renewChecks`. */
export async function saveCalendar(
  store: Store,
  project: ProjectId,
  calendar: FreezeCalendar,
): Promise<void> {
  await store.settings.set(keyOf(project, calendar.name), JSON.stringify(calendar));
}

/** False when there was none. */
export async function removeCalendar(store: Store, project: ProjectId, name: string): Promise<boolean> {
  return store.settings.remove(keyOf(project, name));
}

/** The checks of a project whose business hours name the calendar. */
export async function checksWith(
  store: Store,
  project: ProjectId,
  name: string,
): Promise<readonly CheckRow[]> {
  const rows = await store.checks.list(project);
  return rows.filter(
    ({ settings }) =>
      settings.kind === 'businessHours' && settings.freezes.some((one) => fold(one.name) === fold(name)),
  );
}

/** Gives the calendar's dates to the checks that name it; stages that wait already keep theirs (CHK-6). */
export async function renewChecks(
  store: Store,
  {
    project,
    calendar,
    by,
  }: { readonly project: ProjectId; readonly calendar: FreezeCalendar; readonly by: string },
): Promise<void> {
  for (const { id, settings, timeoutMinutes, enabled } of await checksWith(store, project, calendar.name)) {
    if (settings.kind !== 'businessHours') continue;
    const freezes = settings.freezes.map((one) => (fold(one.name) === fold(calendar.name) ? calendar : one));
    await store.checks.update(project, id, {
      settings: { ...settings, freezes },
      timeoutMinutes,
      enabled,
      by,
    });
  }
}

function prefixOf(project: ProjectId): string {
  return `calendar:${project}:`;
}

function keyOf(project: ProjectId, name: string): string {
  return `${prefixOf(project)}${fold(name)}`;
}
