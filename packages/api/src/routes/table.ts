import { AGENT_ROUTES, type AgentRoute } from './agent.ts';
import { AGENT_FILES_ROUTES, type AgentFilesRoute } from './agent-files.ts';
import { ARTIFACT_ROUTES, type ArtifactRoute } from './artifacts.ts';
import { BADGE_ROUTES, type BadgeRoute } from './badges.ts';
import { BUILD_ROUTES, type BuildRoute } from './build.ts';
import { CALENDAR_ROUTES, type CalendarRoute } from './calendars.ts';
import { CORE_ROUTES, type CoreRoute } from './core.ts';
import { DEFINITION_NOTE_ROUTES, type DefinitionNoteRoute } from './definition-notes.ts';
import { DISTRIBUTED_TASK_ROUTES, type DistributedTaskRoute } from './distributed-task.ts';
import { FOLDER_ROUTES, type FolderRoute } from './folders.ts';
import { GATE_ROUTES, type GateRoute } from './gates.ts';
import { IDENTITY_ROUTES, type IdentityRoute } from './identity.ts';
import { KEPT_RUN_ROUTES, type KeptRunRoute } from './kept-runs.ts';
import { LIBRARY_ROUTES, type LibraryRoute } from './library.ts';
import { NOTIFICATION_ROUTES, type NotificationRoute } from './notifications.ts';
import { OPERATOR_ROUTES, type OperatorRoute } from './operators.ts';
import { PIPELINES_ROUTES, type PipelinesRoute } from './pipelines.ts';
import { PLAN_ROUTES, type PlanRoute } from './plans.ts';
import { PROJECT_SETTING_ROUTES, type ProjectSettingRoute } from './project-settings.ts';
import { RESULT_ROUTES, type ResultRoute } from './results.ts';
import type { RouteOf } from './route.ts';
import { RUN_NOTE_ROUTES, type RunNoteRoute } from './run-notes.ts';
import type { ShapeOf } from '../shapes/table.ts';
import { SECRET_ROUTES, type SecretRoute } from './secrets.ts';
import { SIGNALBOX_ROUTES, type SignalboxRoute } from './signalbox.ts';
import { START_ROUTES, type StartRoute } from './start.ts';
import { TASK_ROUTES, type TaskRoute } from './tasks.ts';
import { TRIGGER_ROUTES, type TriggerRoute } from './triggers.ts';

/** The name of a route, as the server binds handlers to it and the client calls it. */
export type RouteName =
  | CoreRoute
  | BuildRoute
  | RunNoteRoute
  | DefinitionNoteRoute
  | FolderRoute
  | ProjectSettingRoute
  | BadgeRoute
  | KeptRunRoute
  | ArtifactRoute
  | PipelinesRoute
  | DistributedTaskRoute
  | PlanRoute
  | ResultRoute
  | LibraryRoute
  | SignalboxRoute
  | StartRoute
  | SecretRoute
  | IdentityRoute
  | CalendarRoute
  | NotificationRoute
  | OperatorRoute
  | GateRoute
  | AgentRoute
  | AgentFilesRoute
  | TaskRoute
  | TriggerRoute;

/** Every route there is, with the shape of what it takes and answers; what is not in here does not exist. */
export const ROUTES: { readonly [N in RouteName]: RouteOf<ShapeOf<N>> } = {
  ...CORE_ROUTES,
  ...BUILD_ROUTES,
  ...RUN_NOTE_ROUTES,
  ...DEFINITION_NOTE_ROUTES,
  ...FOLDER_ROUTES,
  ...PROJECT_SETTING_ROUTES,
  ...BADGE_ROUTES,
  ...KEPT_RUN_ROUTES,
  ...ARTIFACT_ROUTES,
  ...PIPELINES_ROUTES,
  ...DISTRIBUTED_TASK_ROUTES,
  ...PLAN_ROUTES,
  ...RESULT_ROUTES,
  ...LIBRARY_ROUTES,
  ...SIGNALBOX_ROUTES,
  ...START_ROUTES,
  ...SECRET_ROUTES,
  ...IDENTITY_ROUTES,
  ...CALENDAR_ROUTES,
  ...NOTIFICATION_ROUTES,
  ...OPERATOR_ROUTES,
  ...GATE_ROUTES,
  ...AGENT_ROUTES,
  ...AGENT_FILES_ROUTES,
  ...TASK_ROUTES,
  ...TRIGGER_ROUTES,
};
