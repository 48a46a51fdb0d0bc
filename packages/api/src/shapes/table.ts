import type { AgentFilesShapes } from './agent-files.ts';
import type { AgentShapes } from './agent.ts';
import type { ArtifactShapes } from './artifacts.ts';
import type { BadgeShapes } from './badges.ts';
import type { BuildShapes } from './build.ts';
import type { CalendarShapes } from './calendars.ts';
import type { CoreShapes } from './core.ts';
import type { DefinitionNoteShapes } from './definition-notes.ts';
import type { DistributedTaskShapes } from './distributed-task.ts';
import type { FolderShapes } from './folders.ts';
import type { GateShapes } from './gates.ts';
import type { IdentityShapes } from './identity.ts';
import type { KeptRunShapes } from './kept-runs.ts';
import type { LibraryShapes } from './library.ts';
import type { NotificationShapes } from './notifications.ts';
import type { OperatorShapes } from './operators.ts';
import type { PipelinesShapes } from './pipelines.ts';
import type { PlanShapes } from './plans.ts';
import type { PoolUsageShapes } from './pool-usage.ts';
import type { ProjectSettingShapes } from './project-settings.ts';
import type { ResultShapes } from './results.ts';
import type { RunNoteShapes } from './run-notes.ts';
import type { SecretShapes } from './secrets.ts';
import type { SignalboxShapes } from './signalbox.ts';
import type { StartShapes } from './start.ts';
import type { TaskShapes } from './tasks.ts';
import type { TeamShapes } from './teams.ts';
import type { TriggerShapes } from './triggers.ts';

/** What every route takes and answers, by its name. */
export interface RouteShapes
  extends
    AgentShapes,
    AgentFilesShapes,
    ArtifactShapes,
    BadgeShapes,
    BuildShapes,
    CalendarShapes,
    CoreShapes,
    DefinitionNoteShapes,
    DistributedTaskShapes,
    FolderShapes,
    GateShapes,
    IdentityShapes,
    KeptRunShapes,
    LibraryShapes,
    NotificationShapes,
    OperatorShapes,
    PipelinesShapes,
    PlanShapes,
    PoolUsageShapes,
    ProjectSettingShapes,
    ResultShapes,
    RunNoteShapes,
    SecretShapes,
    SignalboxShapes,
    StartShapes,
    TaskShapes,
    TeamShapes,
    TriggerShapes {}

/** The shape of a route; that of one without is `never`, which no handler can answer: add it to its area. */
export type ShapeOf<N extends string> = RouteShapes[N & keyof RouteShapes];

/** The JSON that a route answers. */
export type AnswerOf<N extends string> = ShapeOf<N>['answer'];
