import type { OccasionView, TriggerView } from '@signalbox/api';
import type { SchedulePlan } from '@signalbox/model';
import type { DefinitionRow, OccasionRow, ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import { withoutPassword } from '../../git/git-program.ts';
import { occasionOf, occasionText } from '../../triggers/occasion.ts';
import { triggerSettings } from '../../triggers/trigger-settings.ts';
import { repositoryUrlOf } from '../../work/source.ts';
import { wireTime } from '../shape/common.ts';

/** What starts a pipeline by itself, as people and programs see it. */
export async function triggerView(app: App, project: ProjectRow, row: DefinitionRow): Promise<TriggerView> {
  const url = repositoryUrlOf(row);
  const state = app.triggers.stateOf(project.id, url);
  const schedules = await app.store.triggers.schedules({ definition: row.id });
  const newest = await app.store.triggers.list(project.id, { definition: row.id, limit: 20 });
  const last = newest.map(occasionView).find(isNews);
  return {
    pipeline: { id: row.id, name: row.name },
    queueStatus: row.queueStatus,
    ...(await triggerSettings(app.store, row.id)),
    repository: {
      url: withoutPassword(url),
      ...(state !== undefined && { lookedAt: wireTime(state.lookedAt) }),
      ...(state?.problem !== undefined && { problem: state.problem }),
    },
    schedules: schedules.map(({ branch, plan, due }) => {
      const { cron, displayName } = plan as unknown as SchedulePlan;
      return { branch, cron, ...(displayName !== undefined && { displayName }), next: wireTime(due) };
    }),
    ...(last !== undefined && { last }),
  };
}

/** That a pipeline was saved is news only when its file could not be read. */
function isNews({ kind, result }: OccasionView): boolean {
  return kind !== 'branchDeleted' && (kind !== 'pipelineChanged' || result === 'failed');
}

/** One occasion. */
export function occasionView(row: OccasionRow): OccasionView {
  const { id, createdAt, outcome } = row;
  const occasion = occasionOf(row);
  return {
    id,
    kind: occasion.kind,
    what: occasionText(occasion),
    at: wireTime(createdAt),
    result: outcome?.result ?? 'waiting',
    why: outcome?.why ?? '',
    ...(outcome?.run !== undefined && { run: outcome.run }),
  };
}
