import type { NotificationEvent } from '@signalbox/api';
import type { Happening } from './happening.ts';

const OF_CHECKS: readonly NotificationEvent[] = [
  'approval.pending',
  'approval.completed',
  'approval.changed',
  'check.started',
  'check.completed',
  'check.changed',
  'check.lapsed',
  'check.operated',
];

/** The events that something may be told as; which of them, what it is about has to say. */
export function eventsOf(happening: Happening): readonly NotificationEvent[] {
  switch (happening.kind) {
    case 'run':
      return ['run.stateChanged', 'run.completed'];
    case 'stage':
      return ['stage.stateChanged'];
    case 'check':
      return OF_CHECKS;
    case 'lock':
      return [happening.event];
  }
}
