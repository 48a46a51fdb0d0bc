import { AGENT_PROTOCOL_VERSION, type ConnectResponse } from '@signalbox/api';
import { AGENT_NAME } from '@signalbox/engine';
import type { PoolRow } from '@signalbox/store';
import type { Ask, Handlers } from '../ask.ts';
import { conflict, forbidden, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { environmentOfPool } from '../../work/machine-pool.ts';
import { command, poolOf, required, requiredNumber } from './agent-caller.ts';
import { readCapabilities } from './read-capabilities.ts';
import { environmentOfAgent, registerMachine } from './register-machine.ts';

/** The life of an agent's process: it connects, and says good-bye. */
export const agentHandlers: Handlers<'agentConnect' | 'agentLeave'> = {
  agentConnect: async (ask) => connect(ask),
  agentLeave: async (ask) => leave(ask),
};

async function connect(ask: Ask): Promise<ConnectResponse> {
  const { app } = ask;
  const pool = await app.store.pools.get(poolOf(ask));
  if (pool === undefined) throw notFound('TaskAgentPool', 'The pool of this token');
  const body = ask.body();
  const said = body.object('environment');
  const place = environmentOfPool(pool.name);
  if (place === undefined) requirePool(ask, pool, body);
  const environment = place === undefined ? undefined : await environmentOfAgent(ask, place, said);
  requireVersion(ask, body);
  const name = required(body, 'name', 128);
  const capabilities = readCapabilities(body.object('capabilities'));
  const reply = await command(ask, {
    to: { kind: 'pool', id: pool.id },
    body: {
      type: 'AgentConnected',
      name,
      version: required(body, 'version', 64),
      session: required(body, 'session', 128),
      // A machine is found by its name, and by nothing that it says of itself (AGENT-15).
      capabilities: environment === undefined ? capabilities : { ...capabilities, [AGENT_NAME]: name },
    },
  });
  if (environment !== undefined) await registerMachine(ask, { environment, pool, name }, said);
  return { agent: requiredNumber(reply, 'agent'), pool: pool.name, ...app.leases };
}

/** The token of a pool serves that pool alone, and no environment. */
function requirePool(ask: Ask, pool: PoolRow, body: Fields): void {
  const named = ask.param('pool');
  const isMeant = named.toLowerCase() === pool.name.toLowerCase() || named === String(pool.id);
  if (!isMeant || body.has('environment')) throw forbidden(`This token is for the pool ${pool.name}.`);
}

async function leave(ask: Ask): Promise<undefined> {
  const agent = ask.id('agentId', 'Agent');
  const session = required(ask.body(), 'session', 128);
  const to = { kind: 'pool', id: poolOf(ask) } as const;
  await ask.app.store.inbox.submit([{ to, body: { type: 'AgentLeft', agent, session } }]);
  await ask.reply.code(204).send();
  return undefined;
}

/** Another version of the protocol is refused with what to install; within a version releases work together. */
function requireVersion({ app }: Ask, body: Fields): void {
  const spoken = requiredNumber(body, 'protocol');
  if (spoken === AGENT_PROTOCOL_VERSION) return;
  const agent = `the agent, Signalbox ${body.text('version', 64) ?? 'of an unknown version'}, speaks version ${spoken}`;
  const message = `This server is Signalbox ${app.version} and speaks version ${AGENT_PROTOCOL_VERSION} of the agent protocol; ${agent}. Install Signalbox ${app.version} on the machine of the agent.`;
  throw conflict('AgentVersionException', message, 'agent-version');
}
