import type { DefinitionId, ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';

/** What a pipeline says of its triggers beside its file. */
export interface TriggerSettings {
  /** False: nothing starts it but people. */
  readonly automatic: boolean;
  /** The zone that its schedules are meant in, a name of the tz database (TRIG-30 has none). */
  readonly timeZone: string;
  /** Whether pull requests are looked for in the repository, besides those that a hook tells of. */
  readonly pollPullRequests: boolean;
}

const BY_DEFAULT: TriggerSettings = { automatic: true, timeZone: 'UTC', pollPullRequests: false };

/** The settings of a pipeline. */
export async function triggerSettings(store: Store, definition: DefinitionId): Promise<TriggerSettings> {
  const value = await store.settings.get(keyOf(definition));
  return { ...BY_DEFAULT, ...(value === undefined ? {} : (JSON.parse(value) as Partial<TriggerSettings>)) };
}

/** Changes settings of a pipeline; answers all of them. */
export async function changeTriggerSettings(
  store: Store,
  definition: DefinitionId,
  change: Partial<TriggerSettings>,
): Promise<TriggerSettings> {
  const settings = { ...(await triggerSettings(store, definition)), ...change };
  await store.settings.set(keyOf(definition), JSON.stringify(settings));
  return settings;
}

/** Whether a file without `trigger` has none in this project (TRIG-2). */
export async function isImpliedOff(store: Store, project: ProjectId): Promise<boolean> {
  return (await store.settings.get(impliedKey(project))) === 'off';
}

/** Switches the implied trigger of a project. */
export async function setImplied(store: Store, project: ProjectId, on: boolean): Promise<void> {
  await store.settings.set(impliedKey(project), on ? 'on' : 'off');
}

function keyOf(definition: DefinitionId): string {
  return `triggers:definition:${definition}`;
}

function impliedKey(project: ProjectId): string {
  return `triggers:implied:${project}`;
}
