import {
  createReplay,
  type Difference,
  type InterlockingMessage,
  type JournalLine,
  type Mail,
  type ReplayCount,
} from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History, crowds, histories, policies } from '../interlocking/history/index.ts';
import { PROJECT, Project } from '../interlocking/project.ts';

type Send = (message: InterlockingMessage, now: number) => readonly Mail[];

/** A journal as a store keeps it: the first fact of each message carries the message. */
function journalOf(tell: (send: Send, project: Project) => void): JournalLine[] {
  const project = new Project();
  const lines: JournalLine[] = [];
  tell((cause, at) => {
    const { events, mail } = project.send(cause, at);
    events.forEach((event, index) =>
      lines.push({ version: lines.length + 1, at, event, ...(index === 0 && { cause }) }),
    );
    return mail;
  }, project);
  return lines;
}

/** Configures one lock and lets two runs ask for it; the first releases it. */
function shortJournal(): JournalLine[] {
  const resource = { type: 'environment', id: 'prod' } as const;
  return journalOf((send) => {
    send(
      {
        type: 'ConfigureLock',
        resource,
        name: 'prod',
        policy: DEFAULT_LOCK_POLICY,
        enabled: true,
        by: 'ann',
      },
      1,
    );
    for (const run of [1, 2]) {
      const requester = {
        run,
        definition: 1,
        stage: 'deploy',
        attempt: 1,
        branch: 'main',
        runQueueTime: run,
      };
      send(
        { type: 'LocksRequested', requester, ownLock: false, resources: [{ ...resource, name: 'prod' }] },
        1 + run,
      );
    }
    send({ type: 'LocksReleased', run: 1, stage: 'deploy', attempt: 1 }, 9);
  });
}

function audit(lines: readonly JournalLine[]): ReplayCount & { readonly difference: Difference | undefined } {
  const replay = createReplay(PROJECT);
  for (const line of lines) if (replay.read(line) !== undefined) break;
  return { difference: replay.end(), ...replay.count() };
}

describe('an audit', () => {
  it('finds no difference in what was really decided, whatever happened', () => {
    const told = fc.record({ first: policies(4), crowd: crowds(), steps: histories({ steps: 60 }) });
    fc.assert(
      fc.property(told, ({ first, crowd, steps }) => {
        const lines = journalOf((send, { rows }) => {
          const history = new History(first.length, crowd);
          const decide = (message: InterlockingMessage): void =>
            history.remember(message, send(message, history.now));
          history.begin(first).forEach(decide);
          for (const step of steps) for (const message of history.messages(step, rows)) decide(message);
        });
        expect(audit(lines)).toMatchObject({ difference: undefined, facts: lines.length, taken: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('names the fact that was changed afterwards', () => {
    const lines = shortJournal();
    const changed = lines.findIndex(({ event }) => event.type === 'BundleGranted');
    const line = lines[changed];
    if (line?.event.type !== 'BundleGranted') throw new Error('nothing was granted');
    const requests = line.event.requests.map((one) => ({ ...one, token: 99 }));
    const forged = lines.with(changed, { ...line, event: { ...line.event, requests } });
    expect(audit(forged).difference).toMatchObject({
      version: line.version,
      recorded: { requests: [{ token: 99 }] },
      recomputed: { requests: [{ token: 1 }] },
    });
  });

  it('names a fact that was added, and one that was taken away', () => {
    const lines = shortJournal();
    const last = lines.at(-1);
    if (last === undefined) throw new Error('the journal is empty');
    const { cause: _cause, ...fact } = last;
    const more = audit([...lines, { ...fact, version: last.version + 1 }]).difference;
    expect(more).toMatchObject({ version: last.version + 1, recorded: fact.event });
    expect(more).not.toHaveProperty('recomputed');
    const less = audit(lines.slice(0, -1)).difference;
    expect(less).toMatchObject({ recomputed: last.event });
    expect(less).not.toHaveProperty('recorded');
  });

  it('takes as given what was decided before messages were kept', () => {
    const lines = shortJournal();
    const old = lines.map((line, index) => {
      const { cause: _cause, ...fact } = line;
      return index < 3 ? fact : line;
    });
    expect(audit(old)).toMatchObject({ difference: undefined, taken: 3, facts: lines.length });
  });
});
