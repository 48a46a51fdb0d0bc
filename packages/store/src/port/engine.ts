import type {
  Birth,
  EventOf,
  InterlockingAnswer,
  InterlockingChange,
  InterlockingNeed,
  MessageOf,
  PoolAnswer,
  PoolChange,
  PoolNeed,
  RunAnswer,
  RunChange,
  RunNeed,
  RunState,
  TriggerAnswer,
  TriggerChange,
  TriggerNeed,
  WorkingCopy,
} from '@signalbox/engine';
import type { PoolId, ProjectId, RunId } from '@signalbox/model';

/** The working copy of a run. */
export type RunCopy = WorkingCopy<MessageOf['run'], EventOf['run'], RunNeed, RunAnswer, RunChange>;

/** The working copy of the locks of a project. */
export type InterlockingCopy = WorkingCopy<
  MessageOf['interlocking'],
  EventOf['interlocking'],
  InterlockingNeed,
  InterlockingAnswer,
  InterlockingChange
>;

/** The working copy of a pool. */
export type PoolCopy = WorkingCopy<MessageOf['pool'], EventOf['pool'], PoolNeed, PoolAnswer, PoolChange>;

/** The working copy of the creator of a project's runs. */
export type TriggerCopy = WorkingCopy<
  MessageOf['trigger'],
  EventOf['trigger'],
  TriggerNeed,
  TriggerAnswer,
  TriggerChange
>;

/** What the store needs of the engine: a fresh working copy per unit of work, and the first state of a run. */
export interface Engine {
  run(id: RunId): RunCopy;
  interlocking(project: ProjectId): InterlockingCopy;
  pool(id: PoolId): PoolCopy;
  trigger(project: ProjectId): TriggerCopy;
  /** The rows of a run as it is born: what `evolve` makes of its `RunCreated`. */
  born(birth: Birth): RunState;
}
