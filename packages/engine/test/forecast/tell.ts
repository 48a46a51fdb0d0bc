import type { InterlockingMessage } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import fc from 'fast-check';
import {
  History,
  crowds,
  histories,
  policies,
  type Crowd,
  type Step,
} from '../interlocking/history/index.ts';
import { Project } from '../interlocking/project.ts';

const LOCKS = 4;

/** A random history: the policies of its locks, who its runs are, what they do. */
export interface Told {
  readonly first: readonly LockPolicy[];
  readonly crowd: Crowd;
  readonly steps: readonly Step[];
}

/** Random histories of up to so many steps. */
export function told(steps: number): fc.Arbitrary<Told> {
  return fc.record({
    first: policies(LOCKS),
    crowd: crowds().map(withoutSpans),
    steps: histories({ steps }),
  });
}

/** Tells a history; `before` sees each message undecided, and what lies at rest between two steps is seen by `atRest`. */
export function tell(
  { first, crowd, steps }: Told,
  watch: {
    readonly before?: (project: Project, message: InterlockingMessage, now: number) => void;
    readonly atRest?: (project: Project, now: number) => void;
  },
): Project {
  const project = new Project();
  const history = new History(first.length, crowd);
  const send = (message: InterlockingMessage): void => {
    watch.before?.(project, message, history.now);
    history.remember(message, project.send(message, history.now).mail);
  };
  history.begin(first).forEach(send);
  for (const step of steps) {
    for (const message of history.messages(step, project.rows)) send(message);
    watch.atRest?.(project, history.now);
  }
  return project;
}

/** How long a span lasts is nobody's to say: the plan of its run decides. */
function withoutSpans(crowd: Crowd): Crowd {
  return { ...crowd, spans: false };
}
