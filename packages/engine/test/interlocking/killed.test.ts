import { foldInterlocking, type InterlockingEvent, type InterlockingMessage } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { Project } from './project.ts';

const RESOURCE = { type: 'environment', id: 'prod' } as const;

/** Three runs, one after the other, through one lock. */
const STORY: readonly InterlockingMessage[] = [
  {
    type: 'ConfigureLock',
    resource: RESOURCE,
    name: 'prod',
    policy: { ...DEFAULT_LOCK_POLICY, behavior: 'sequential' },
    enabled: true,
    by: 'ann',
  },
  ...[1, 2, 3].map(requested),
  ...[1, 2, 3].map(released),
];

function requested(run: number): InterlockingMessage {
  return {
    type: 'LocksRequested',
    requester: { run, definition: 1, stage: 'deploy', attempt: 1, branch: 'main', runQueueTime: run },
    ownLock: false,
    resources: [{ ...RESOURCE, name: 'prod' }],
  };
}

function released(run: number): InterlockingMessage {
  return { type: 'LocksReleased', run, stage: 'deploy', attempt: 1 };
}

/** Who was granted the lock with which token, in order. */
function grantsOf(journal: readonly InterlockingEvent[]): readonly string[] {
  return journal.flatMap((event) =>
    event.type === 'BundleGranted' ? event.requests.map(({ token }) => `${event.bundle}#${token}`) : [],
  );
}

/** Tells the story to a server that is killed at one message and told it again by the next server. */
function told(killedAt: number, when: 'beforeCommit' | 'afterCommit'): Project {
  let project = new Project();
  STORY.forEach((message, index) => {
    if (index !== killedAt) return void project.send(message, index);
    if (when === 'afterCommit') project.send(message, index);
    project = restarted(project.journal);
    project.send(message, index);
  });
  return project;
}

/** A server that knows what was committed, and nothing else. */
function restarted(journal: readonly InterlockingEvent[]): Project {
  const project = new Project();
  project.commit({ events: journal, mail: [], effects: [] });
  return project;
}

describe('a server that is killed', () => {
  const points = STORY.map((message, index) => [index, message.type] as const);

  it.each(points)(
    'before the commit of message %i, %s, decides it after the restart (Q8, R5, LAW-4)',
    (at) => {
      const { journal, rows } = told(at, 'beforeCommit');
      expect(grantsOf(journal)).toEqual(['1#1', '2#2', '3#3']);
      expect(foldInterlocking(journal)).toEqual(rows);
    },
  );

  it.each(points)(
    'after the commit of message %i, %s, does nothing twice when told again (Q8, R5, R1)',
    (at) => {
      expect(grantsOf(told(at, 'afterCommit').journal)).toEqual(['1#1', '2#2', '3#3']);
    },
  );

  it('has release, choice and grant in one decision: there is nothing in between (Q8, LAW-4)', () => {
    const project = new Project();
    const decisions = STORY.map((message, index) => project.send(message, index).events);
    expect(decisions[4]?.map(({ type }) => type)).toEqual(['BundleFinished', 'BundleGranted']);
  });
});
