import { ROUTES } from '../routes/table.ts';
import type { Paged } from '../wire/common.ts';
import type { OccasionView, PushHookView, TriggerChange, TriggerView } from '../wire/triggers.ts';
import type { Transport } from './transport.ts';

/** What starts runs by itself. */
export interface TriggersClient {
  listTriggers(project: string): Promise<Paged<TriggerView>>;
  /** Whether a file without `trigger` runs on every push. */
  setImpliedTrigger(project: string, implied: boolean): Promise<void>;
  /** Newest first. */
  listOccasions(project: string, definition: number): Promise<Paged<OccasionView>>;
  updateTrigger(project: string, definition: number, change: TriggerChange): Promise<TriggerView>;
  /** Looks at the repository of a pipeline now. */
  lookAtRepository(project: string, definition: number): Promise<TriggerView>;
  listPushHooks(project: string): Promise<Paged<PushHookView>>;
  addPushHook(project: string, definition: number): Promise<PushHookView>;
  removePushHook(project: string, hook: string): Promise<void>;
}

/** The calls of `TriggersClient`. */
export function triggersClient(transport: Transport): TriggersClient {
  return {
    listTriggers: (project) => transport.page(ROUTES.listTriggers, { path: { project } }),
    async setImpliedTrigger(project, implied) {
      await transport.json(ROUTES.updateTriggers, { path: { project }, body: { implied } });
    },
    listOccasions: (project, definitionId) =>
      transport.page(ROUTES.listOccasions, { path: { project, definitionId } }),
    updateTrigger: (project, definitionId, body) =>
      transport.json(ROUTES.updateTrigger, { path: { project, definitionId }, body }),
    lookAtRepository: (project, definitionId) =>
      transport.json(ROUTES.lookAtRepository, { path: { project, definitionId } }),
    listPushHooks: (project) => transport.page(ROUTES.listPushHooks, { path: { project } }),
    addPushHook: (project, definition) =>
      transport.json(ROUTES.addPushHook, { path: { project }, body: { definition } }),
    removePushHook: (project, hook) => transport.json(ROUTES.removePushHook, { path: { project, hook } }),
  };
}
