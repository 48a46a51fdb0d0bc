import { AGENT_PROTOCOL_VERSION, type ConnectResponse } from '@signalbox/api';
import { CAPABILITIES, VALUE_LENGTH } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, forbidden, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { command, poolOf, required, requiredNumber } from './agent-caller.ts';

/** The life of an agent's process: it connects, and says good-bye. */
export const agentHandlers: Handlers<'agentConnect' | 'agentLeave'> = {
  agentConnect: async (ask) => connect(ask),
  agentLeave: async (ask) => leave(ask),
};

async function connect(ask: Ask): Promise<ConnectResponse> {
  const { app } = ask;
  const pool = await app.store.pools.get(poolOf(ask));
  if (pool === undefined) throw notFound('TaskAgentPool', 'The pool of this token');
  const named = ask.param('pool');
  if (named.toLowerCase() !== pool.name.toLowerCase() && named !== String(pool.id)) {
    throw forbidden(`This token is for the pool ${pool.name}.`);
  }
  const body = ask.body();
  if (requiredNumber(body, 'protocol') !== AGENT_PROTOCOL_VERSION) {
    const message = `This server speaks version ${AGENT_PROTOCOL_VERSION} of the agent protocol. Use the agent of its release.`;
    throw conflict('AgentVersionException', message, 'agent-version');
  }
  const reply = await command(ask, {
    to: { kind: 'pool', id: pool.id },
    body: {
      type: 'AgentConnected',
      name: required(body, 'name', 128),
      version: required(body, 'version', 64),
      session: required(body, 'session', 128),
      capabilities: readCapabilities(body.object('capabilities')),
    },
  });
  return { agent: requiredNumber(reply, 'agent'), pool: pool.name, ...app.leases };
}

function readCapabilities(fields: Fields): Readonly<Record<string, string>> {
  const entries = fields.entries();
  if (entries.length > CAPABILITIES) throw badRequest(`An agent has at most ${CAPABILITIES} capabilities.`);
  return Object.fromEntries(
    entries.map(([name]) => [name.slice(0, 256), fields.text(name, VALUE_LENGTH) ?? '']),
  );
}

async function leave(ask: Ask): Promise<undefined> {
  const agent = ask.id('agentId', 'Agent');
  const session = required(ask.body(), 'session', 128);
  const to = { kind: 'pool', id: poolOf(ask) } as const;
  await ask.app.store.inbox.submit([{ to, body: { type: 'AgentLeft', agent, session } }]);
  await ask.reply.code(204).send();
  return undefined;
}
