import type { NotificationEvent } from '@signalbox/api';

/** An event of Azure's service hooks, and which of its settings restrict what (REST.md §3.9). */
export interface HookEvent {
  readonly event: NotificationEvent;
  readonly eventType: string;
  readonly publisherId: 'tfs' | 'pipelines';
  readonly resourceVersion: string;
  /** Folded names of settings. */
  readonly inputs: Readonly<Record<string, 'pipelines' | 'stages' | 'environments' | 'results' | 'states'>>;
}

/** The events that have a name in Azure. */
export const HOOK_EVENTS: readonly HookEvent[] = [
  {
    event: 'run.completed',
    eventType: 'build.complete',
    publisherId: 'tfs',
    resourceVersion: '2.0',
    inputs: { definitionname: 'pipelines', buildstatus: 'results' },
  },
  {
    event: 'run.stateChanged',
    eventType: 'ms.vss-pipelines.run-state-changed-event',
    publisherId: 'pipelines',
    resourceVersion: '5.1-preview.1',
    inputs: { pipelineid: 'pipelines', runstateid: 'states', runresultid: 'results' },
  },
  {
    event: 'stage.stateChanged',
    eventType: 'ms.vss-pipelines.stage-state-changed-event',
    publisherId: 'pipelines',
    resourceVersion: '5.1-preview.1',
    inputs: {
      pipelineid: 'pipelines',
      stagenameid: 'stages',
      stagestateid: 'states',
      stageresultid: 'results',
    },
  },
  {
    event: 'approval.pending',
    eventType: 'ms.vss-pipelinechecks-events.approval-pending',
    publisherId: 'pipelines',
    resourceVersion: '5.1-preview.1',
    inputs: { pipelineid: 'pipelines', stagename: 'stages', environmentname: 'environments' },
  },
  {
    event: 'approval.completed',
    eventType: 'ms.vss-pipelinechecks-events.approval-completed',
    publisherId: 'pipelines',
    resourceVersion: '5.1-preview.1',
    inputs: { pipelineid: 'pipelines', stagename: 'stages', environmentname: 'environments' },
  },
];

/** The event with a name of Azure, letter case aside; undefined: none of ours. */
export function hookEvent(eventType: string): HookEvent | undefined {
  return HOOK_EVENTS.find((one) => one.eventType === eventType.toLowerCase());
}
