import { minuteText } from '@signalbox/model';
import type { JobRequestRow } from './rows.ts';
import type { FittingAgent, PoolWait } from './waits.ts';

/** Agents named in one sentence at most. */
const NAMED = 3;

/**
 * What a job waits for, in one sentence: since when, its place, and what each agent that could serve it is doing. The
 * command line, the API and the page show this one. `requests` name what busy agents work on.
 */
export function waitText(wait: PoolWait, requests: readonly JobRequestRow[]): string {
  const since = `since ${minuteText(wait.since)}`;
  const place = wait.position > 1 ? `, as number ${wait.position} of those that wait` : '';
  const agents = agentsText(wait.agents, requests);
  switch (wait.reason) {
    case 'noAgentYet':
      return `Waits for the first agent of its pool ${since}.`;
    case 'poolLimit':
      return `Waits ${since}${place}, because its pool runs at most ${jobs(wait.limit)} at once; ${agents}.`;
    case 'free':
      return `Waits for an agent to ask for work, or for a parallel job of the server to end, ${since}${place}; ${agents}.`;
    case 'disabled':
      return `Waits ${since}${place} for an agent to be enabled; ${agents}.`;
    case 'offline':
    case 'busy':
      return `Waits for an agent ${since}${place}; ${agents}.`;
  }
}

function jobs(count = 1): string {
  return count === 1 ? 'one job' : `${count} jobs`;
}

function agentsText(agents: readonly FittingAgent[], requests: readonly JobRequestRow[]): string {
  const named = agents.slice(0, NAMED).map((agent) => agentText(agent, requests));
  const more = agents.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more could serve it`] : [])].join('; ');
}

function agentText(
  { name, state, since, request }: FittingAgent,
  requests: readonly JobRequestRow[],
): string {
  const at = since === undefined ? '' : ` since ${minuteText(since)}`;
  if (state !== 'busy') return `${name} is ${state}${state === 'free' ? '' : at}`;
  const row = requests.find(({ id }) => id === request);
  const what = row === undefined ? 'a job' : `${row.instance.stage}.${row.instance.job} of run ${row.run}`;
  return `${name} works on ${what}${at}`;
}
