import type { WireAgent, WireJobRequest, WirePool } from '@signalbox/api';
import type { Mark } from '../mark.ts';
import { counted } from '../names.ts';
import type { Moment } from '../time.ts';
import { ago, moment } from '../time.ts';

/** A pool with what is in it. */
export interface PoolPicture {
  readonly pool: WirePool;
  readonly agents: readonly WireAgent[];
  /** Its jobs that are not over. */
  readonly jobs: readonly WireJobRequest[];
}

const BUSY: Mark = { icon: 'running', tone: 'busy', label: 'works' };
const IDLE: Mark = { icon: 'succeeded', tone: 'good', label: 'idle' };
const DRAINS: Mark = { icon: 'draining', tone: 'warn', label: 'disabled, finishes its job' };
const DISABLED: Mark = { icon: 'skipped', tone: 'quiet', label: 'disabled' };
const OFFLINE: Mark = { icon: 'notStarted', tone: 'quiet', label: 'offline' };
const LOST: Mark = { icon: 'failed', tone: 'bad', label: 'offline with a job' };

/** How an agent is. */
export function agentMark({ status, enabled, assignedRequest }: WireAgent): Mark {
  if (status === 'offline') return assignedRequest === undefined ? OFFLINE : LOST;
  if (!enabled) return assignedRequest === undefined ? DISABLED : DRAINS;
  return assignedRequest === undefined ? IDLE : BUSY;
}

/** What is in a pool, in one line: `2 of 3 agents online, 1 works, 4 jobs wait`. */
export function poolLine({ agents, jobs }: Omit<PoolPicture, 'pool'>): string {
  if (agents.length === 0) return withWaiting('no agents', jobs);
  const online = agents.filter(({ status }) => status === 'online');
  const busy = online.filter(({ assignedRequest }) => assignedRequest !== undefined).length;
  const words = `${online.length} of ${counted(agents.length, 'agent')} online`;
  return withWaiting(busy === 0 ? words : `${words}, ${busy} at work`, jobs);
}

function withWaiting(words: string, jobs: readonly WireJobRequest[]): string {
  const waiting = jobs.filter(({ state }) => state === 'waiting').length;
  return waiting === 0 ? words : `${words}, ${counted(waiting, 'job')} ${waiting === 1 ? 'waits' : 'wait'}`;
}

/** How a pool is: nobody there while jobs wait is what somebody has to see. */
export function poolMark({ agents, jobs }: Omit<PoolPicture, 'pool'>): Mark {
  const able = agents.some(({ status, enabled }) => status === 'online' && enabled);
  const waits = jobs.some(({ state }) => state === 'waiting');
  if (!able && waits) return { icon: 'failed', tone: 'bad', label: 'jobs wait, and no agent can take them' };
  if (!able) return { icon: 'notStarted', tone: 'quiet', label: 'no agent is ready' };
  if (waits) return { icon: 'waiting', tone: 'warn', label: 'jobs wait' };
  return { icon: 'succeeded', tone: 'good', label: 'ready' };
}

/** A job that waits for an agent, or has one. */
export interface JobLine {
  readonly id: number;
  readonly name: string;
  readonly run: { readonly id: number; readonly name: string };
  readonly mark: Mark;
  /** Why it waits, in one sentence, or what it asks for. */
  readonly text: string;
  readonly since: Moment;
}

const STATES: Readonly<Record<WireJobRequest['state'], Mark>> = {
  waiting: { icon: 'waiting', tone: 'warn', label: 'waits for an agent' },
  assigned: BUSY,
  quarantined: { icon: 'failed', tone: 'bad', label: 'its agent is lost' },
  finished: { icon: 'succeeded', tone: 'good', label: 'over' },
};

/** The jobs of a pool in the order in which they came. */
export function jobLines(jobs: readonly WireJobRequest[], now: number): readonly JobLine[] {
  return jobs.map((job) => {
    const since = job.assignTime ?? job.queueTime;
    return {
      id: job.requestId,
      name: job.jobName,
      run: job.owner,
      mark: STATES[job.state],
      text: job.waitingFor ?? asksFor(job.demands),
      since: moment(ago(since, now), since),
    };
  });
}

function asksFor(demands: readonly string[]): string {
  return demands.length === 0 ? '' : `Asks for ${demands.join(', ')}.`;
}

/** A capability of an agent, and whether a person gave it. */
export interface Capability {
  readonly name: string;
  readonly value: string;
  readonly given: boolean;
}

/** What an agent can do, by name; what people gave it wins (AGENT-3). */
export function capabilities(agent: WireAgent): readonly Capability[] {
  const own = Object.entries(agent.systemCapabilities ?? {});
  const given = Object.entries(agent.userCapabilities ?? {});
  const names = new Set(given.map(([name]) => name.toLowerCase()));
  return [
    ...given.map(([name, value]) => ({ name, value, given: true })),
    ...own
      .filter(([name]) => !names.has(name.toLowerCase()))
      .map(([name, value]) => ({ name, value, given: false })),
  ].toSorted((left, right) => left.name.localeCompare(right.name));
}

/** Reads lines `name=value`, as the form of capabilities has them; a name alone has no value. */
export function readCapabilities(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').map((line) => line.trim());
  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const [name, ...value] = line.split('=');
      return [(name ?? '').trim(), value.join('=').trim()];
    }),
  );
}

/** The capabilities that people gave an agent, one to a line. */
export function writeCapabilities(given: Readonly<Record<string, string>> = {}): string {
  return Object.entries(given)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('\n');
}

/** The command that makes a machine an agent of a pool. */
export function agentCommand(server: string, pool: string, token: string): string {
  return `SIGNALBOX_TOKEN=${token} npx signalbox agent --url ${server} --pool ${quoted(pool)}`;
}

/** A word of a shell; what is not plain stands between quotes. */
function quoted(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
