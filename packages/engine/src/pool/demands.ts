import { fold } from '@signalbox/model';
import { CONTAINER_CAPABILITY } from '../run/job-containers.ts';
import type { AgentRow, Demand } from './rows.ts';

/** Demands as one text, the same for equal demands in any order. */
export function demandKey(demands: readonly Demand[]): string {
  const parts = demands.map(({ capability, equals }) =>
    JSON.stringify(equals === undefined ? [fold(capability)] : [fold(capability), fold(equals)]),
  );
  return [...new Set(parts)].toSorted().join('');
}

/** Names of capabilities compare folded (AGENT-3). */
export function folded(capabilities: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(capabilities).map(([name, value]) => [fold(name), value]));
}

/** What an agent can do, by folded name: what people gave it goes before what it says of itself (AGENT-3). */
export function capabilitiesOf({
  capabilities,
  userCapabilities,
}: AgentRow): Readonly<Record<string, string>> {
  return userCapabilities === undefined ? capabilities : { ...capabilities, ...userCapabilities };
}

/** The demands that the agent does not meet, in their order (AGENT-4). */
function unmetDemands(agent: AgentRow, demands: readonly Demand[]): readonly Demand[] {
  const capabilities = capabilitiesOf(agent);
  return demands.filter(({ capability, equals }) => {
    const name = fold(capability);
    if (!Object.hasOwn(capabilities, name)) return true;
    return equals !== undefined && fold(capabilities[name] ?? '') !== fold(equals);
  });
}

/** True when the agent has everything that is asked for. */
export function meets(agent: AgentRow, demands: readonly Demand[]): boolean {
  return unmetDemands(agent, demands).length === 0;
}

/**
 * Why no enabled agent, online or not, can serve the demands; undefined when one can (JOB-4, AGENT-5).
 * Names what no agent has at all, and the agent that comes nearest.
 */
export function whyUnserved(agents: readonly AgentRow[], demands: readonly Demand[]): string | undefined {
  const enabled = agents.filter((agent) => agent.enabled);
  const lacking = enabled.map((agent) => ({ agent, unmet: unmetDemands(agent, demands) }));
  if (lacking.some(({ unmet }) => unmet.length === 0)) return undefined;
  const [nearest] = lacking.toSorted((a, b) => a.unmet.length - b.unmet.length || a.agent.id - b.agent.id);
  if (nearest === undefined) {
    return agents.length === 0 ? 'it has no agent.' : 'none of its agents is enabled.';
  }
  const nobody = demands.filter((demand) => lacking.every(({ unmet }) => unmet.includes(demand)));
  const said = nobody.length === 0 ? 'has all of ' + listed(demands) : `has ${listed(nobody)}`;
  const end = nobody.some(({ capability }) => fold(capability) === ENGINE) ? CONTAINERS_NEED : '';
  return `no agent ${said}; nearest: agent ${nearest.agent.name} lacks ${listed(nearest.unmet)}.${end}`;
}

/** Nobody wrote this demand: it comes with the containers of a job. */
const ENGINE = fold(CONTAINER_CAPABILITY);
const CONTAINERS_NEED =
  ' The job has containers: it needs an agent for which `docker info` or `podman info` answered when it started.';

function listed(demands: readonly Demand[]): string {
  return demands
    .map(({ capability, equals }) =>
      equals === undefined ? `\`${capability}\`` : `\`${capability} -equals ${equals}\``,
    )
    .join(', ');
}
