import type { Collection, OccasionView, TriggerView } from '@signalbox/api';
import { findZone } from '@signalbox/model';
import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import {
  changeTriggerSettings,
  isImpliedOff,
  setImplied,
  type TriggerSettings,
} from '../../triggers/trigger-settings.ts';
import { newOccasion } from '../../triggers/occasion.ts';
import { repositoryUrlOf } from '../../work/source.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findDefinition } from '../build/definitions.ts';
import { badRequest } from '../problem.ts';
import { collection } from '../shape/common.ts';
import { occasionView, triggerView } from './view.ts';

/** What starts runs by itself (PIPELINES §1.13). */
export const triggerHandlers: Handlers<
  'listTriggers' | 'updateTriggers' | 'listOccasions' | 'updateTrigger' | 'lookAtRepository'
> = {
  listTriggers: async (ask) => listTriggers(ask),
  updateTriggers: async (ask) => updateTriggers(ask),
  listOccasions: async (ask) => listOccasions(ask),
  updateTrigger: async (ask) => updateTrigger(ask),
  lookAtRepository: async (ask) => lookAtRepository(ask),
};

async function pipelineOf(ask: Ask): Promise<{ readonly project: ProjectRow; readonly row: DefinitionRow }> {
  const project = await ask.project();
  return { project, row: await findDefinition(ask, project, ask.id('definitionId', 'Definition')) };
}

async function listTriggers(ask: Ask): Promise<Collection<TriggerView>> {
  const project = await ask.project();
  const views: TriggerView[] = [];
  for (const row of await ask.app.store.definitions.list(project.id)) {
    views.push(await triggerView(ask.app, project, row));
  }
  return collection(views);
}

async function updateTriggers(ask: Ask): Promise<{ readonly implied: boolean }> {
  const project = await ask.project();
  const implied = ask.body().flag('implied');
  if (implied === undefined) throw badRequest('"implied" is missing: true or false.');
  await setImplied(ask.app.store, project.id, implied);
  return { implied: !(await isImpliedOff(ask.app.store, project.id)) };
}

async function listOccasions(ask: Ask): Promise<Collection<OccasionView>> {
  const { project, row } = await pipelineOf(ask);
  const limit = ask.query.top(100);
  const rows = await ask.app.store.triggers.list(project.id, { definition: row.id, limit });
  return collection(rows.map(occasionView));
}

async function updateTrigger(ask: Ask): Promise<TriggerView> {
  const { app } = ask;
  const { project, row } = await pipelineOf(ask);
  await changeTriggerSettings(app.store, row.id, readChange(ask));
  // The times of its schedules are counted anew, and pull requests looked for from now on.
  const { revision } = row;
  const key = `settings:${app.clock()}:${revision}`;
  const body = { kind: 'pipelineChanged', revision } as const;
  await app.store.triggers.add([newOccasion(row, { key, lane: 'pipeline', body })]);
  await app.triggers.look(project.id, repositoryUrlOf(row));
  return triggerView(app, project, row);
}

function readChange(ask: Ask): Partial<TriggerSettings> {
  const body = ask.body();
  const [automatic, pollPullRequests] = [body.flag('automatic'), body.flag('pollPullRequests')];
  const named = body.text('timeZone', 100);
  const timeZone = named === undefined ? undefined : findZone(named);
  if (named !== undefined && timeZone === undefined) {
    throw badRequest(`There is no time zone ${named}. Names look like Europe/Berlin.`);
  }
  return {
    ...(automatic !== undefined && { automatic }),
    ...(pollPullRequests !== undefined && { pollPullRequests }),
    ...(timeZone !== undefined && { timeZone }),
  };
}

async function lookAtRepository(ask: Ask): Promise<TriggerView> {
  const { project, row } = await pipelineOf(ask);
  await ask.app.triggers.look(project.id, repositoryUrlOf(row));
  return triggerView(ask.app, project, row);
}
