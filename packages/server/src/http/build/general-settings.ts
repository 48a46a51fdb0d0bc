import type { Store } from '@signalbox/store';
import { isImpliedOff, setImplied } from '../../triggers/trigger-settings.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';

/**
 * What each setting of a project is. `fixed`: this server always works so, and a change is refused rather than
 * forgotten; the other two can be changed.
 */
const SETTINGS = {
  auditEnforceSettableVar: { fixed: false },
  buildsEnabledForForks: { fixed: true },
  disableClassicBuildPipelineCreation: { fixed: true },
  disableClassicPipelineCreation: { fixed: true },
  disableClassicReleasePipelineCreation: { fixed: true },
  disableImpliedYAMLCiTrigger: 'implied',
  disableStageChooser: { fixed: false },
  enableShellTasksArgsSanitizing: { fixed: false },
  enableShellTasksArgsSanitizingAudit: { fixed: false },
  enforceJobAuthScope: { fixed: true },
  enforceJobAuthScopeForForks: { fixed: true },
  enforceJobAuthScopeForReleases: { fixed: true },
  enforceNoAccessToSecretsFromForks: { fixed: true },
  enforceReferencedRepoScopedToken: { fixed: true },
  enforceSettableVar: { fixed: true },
  forkProtectionEnabled: { fixed: true },
  isCommentRequiredForPullRequest: { fixed: false },
  publishPipelineMetadata: { fixed: false },
  requireCommentsForNonTeamMemberAndNonContributors: { fixed: false },
  requireCommentsForNonTeamMembersOnly: { fixed: false },
  statusBadgesArePrivate: 'badges',
} as const satisfies Readonly<Record<string, 'implied' | 'badges' | { readonly fixed: boolean }>>;

type Setting = keyof typeof SETTINGS;

/** The pipeline settings of a project (REST.md §3.2). */
export const generalSettingHandlers: Handlers<'getGeneralSettings' | 'updateGeneralSettings'> = {
  async getGeneralSettings(ask) {
    const project = await ask.project();
    return settingsOf(ask.app.store, project.id);
  },
  updateGeneralSettings: async (ask) => update(ask),
};

/** Whether pictures of how runs ended are for readers of the project only; so they are until somebody opens them. */
export async function badgesArePrivate(store: Store, project: number): Promise<boolean> {
  return (await store.settings.get(badgeKey(project))) !== 'public';
}

async function settingsOf(store: Store, project: number): Promise<Readonly<Record<Setting, boolean>>> {
  const values = {
    implied: await isImpliedOff(store, project),
    badges: await badgesArePrivate(store, project),
  };
  const entries = Object.entries(SETTINGS).map(([name, kind]) => [
    name,
    typeof kind === 'string' ? values[kind] : kind.fixed,
  ]);
  return Object.fromEntries(entries) as Record<Setting, boolean>;
}

async function update(ask: Ask): Promise<Readonly<Record<Setting, boolean>>> {
  const { store } = ask.app;
  const project = await ask.project();
  const body = ask.body();
  const wanted = body.entries().flatMap(([name]) => {
    const value = body.flag(name);
    return value === undefined ? [] : [{ name: settingOf(name), value }];
  });
  for (const one of wanted) refuseFixed(one.name, one.value);
  for (const { name, value } of wanted) {
    if (SETTINGS[name] === 'implied') await setImplied(store, project.id, !value);
    if (SETTINGS[name] === 'badges')
      await store.settings.set(badgeKey(project.id), value ? 'private' : 'public');
  }
  return settingsOf(store, project.id);
}

function settingOf(name: string): Setting {
  const known = Object.keys(SETTINGS).find((one) => one.toLowerCase() === name.toLowerCase());
  if (known === undefined) throw badRequest(`There is no setting "${name.slice(0, 60)}".`);
  return known as Setting;
}

function refuseFixed(name: Setting, value: boolean): void {
  const kind = SETTINGS[name];
  if (typeof kind === 'string' || kind.fixed === value) return;
  throw badRequest(`"${name}" is always ${String(kind.fixed)} here and cannot be changed.`);
}

function badgeKey(project: number): string {
  return `build:badges:${project}`;
}
