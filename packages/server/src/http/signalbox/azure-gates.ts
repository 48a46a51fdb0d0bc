import type { AzureGateView, Collection, NewAzureGateView } from '@signalbox/api';
import type { ProjectRow } from '@signalbox/store';
import type { AzureGate } from '../../gates/azure/gates.ts';
import { GATE_MINUTES } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { apiUrl, collection } from '../shape/common.ts';

/** Gates for stages of Azure DevOps: what administrators do with them. */
export const azureGateHandlers: Handlers<
  'listAzureGates' | 'addAzureGate' | 'updateAzureGate' | 'removeAzureGate'
> = {
  listAzureGates: async (ask) => list(ask),
  addAzureGate: async (ask) => add(ask),
  updateAzureGate: async (ask) => update(ask),
  removeAzureGate: async (ask) => remove(ask),
};

/** The gate of the path, or 404. */
export async function findGate(ask: Ask, project: ProjectRow): Promise<AzureGate> {
  const name = ask.param('gate');
  const gate = await ask.app.gates.find(project.id, name);
  if (gate === undefined) throw notFound('Gate', `The gate ${name.slice(0, 100)}`);
  return gate;
}

async function list(ask: Ask): Promise<Collection<AzureGateView>> {
  const project = await ask.project();
  const gates = await ask.app.gates.list(project.id);
  return collection(gates.map((gate) => view(ask, project, gate)));
}

async function add(ask: Ask): Promise<NewAzureGateView> {
  const project = await ask.project();
  const body = ask.body();
  requireKnown(body, ['name', 'organizationurl', 'pat', 'holdminutes', 'graceminutes']);
  const { holdMinutes = 360, graceMinutes = 15, pat = '' } = readSettings(body);
  const made = await ask.app.gates.add(project.id, {
    name: readName(body.text('name') ?? ''),
    organizationUrl: readOrganization(body.text('organizationUrl', 2048) ?? ''),
    pat,
    holdMinutes,
    graceMinutes,
  });
  if (made === undefined)
    throw conflict('GateExistsException', 'The project has a gate of this name already.');
  return { ...view(ask, project, made.gate), secret: made.secret };
}

async function update(ask: Ask): Promise<AzureGateView> {
  const project = await ask.project();
  const body = ask.body();
  requireKnown(body, ['pat', 'holdminutes', 'graceminutes']);
  const gate = { ...(await findGate(ask, project)), ...readSettings(body) };
  await ask.app.gates.save(project.id, gate);
  return view(ask, project, gate);
}

async function remove(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const { name } = await findGate(ask, project);
  await ask.app.gates.remove(project.id, name);
  await ask.reply.code(204).send();
  return undefined;
}

function requireKnown(body: Fields, known: readonly string[]): void {
  const unknown = body.entries().find(([name]) => !known.includes(name.toLowerCase()));
  if (unknown !== undefined) throw badRequest(`A gate has no property "${unknown[0].slice(0, 60)}".`);
}

function readSettings(body: Fields): Partial<Pick<AzureGate, 'pat' | 'holdMinutes' | 'graceMinutes'>> {
  const pat = body.text('pat', 512);
  if (pat !== undefined && !/^[\x21-\x7e]*$/.test(pat)) throw badRequest('"pat" is a token without spaces.');
  const holdMinutes = readMinutes(body, 'holdMinutes');
  const graceMinutes = readMinutes(body, 'graceMinutes');
  return {
    ...(pat !== undefined && { pat }),
    ...(holdMinutes !== undefined && { holdMinutes }),
    ...(graceMinutes !== undefined && { graceMinutes }),
  };
}

/** Whole minutes within the bounds of a gate. */
export function readMinutes(body: Fields, name: 'holdMinutes' | 'graceMinutes'): number | undefined {
  const minutes = body.number(name);
  const [least, most] = GATE_MINUTES[name];
  if (minutes !== undefined && (minutes < least || minutes > most))
    throw badRequest(`"${name}" is a number from ${least} to ${most}.`);
  return minutes;
}

function readName(name: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,59}$/.test(name)) return name;
  throw badRequest('"name" has 1 to 60 letters, digits and `_ . -`, a letter or digit first.');
}

function readOrganization(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && url.search === '' && url.hash === '' && url.username === '';
  if (isPlain && (url.protocol === 'https:' || url.protocol === 'http:'))
    return `${url.origin}${url.pathname.replace(/\/*$/, '/')}`;
  throw badRequest('"organizationUrl" is an address such as https://dev.azure.com/contoso/');
}

function view({ app }: Ask, project: ProjectRow, gate: AzureGate): AzureGateView {
  const { name, organizationUrl, pat, holdMinutes, graceMinutes } = gate;
  const checkUrl = apiUrl(app, project, `signalbox/gates/azure/${name}/checks`);
  return { name, organizationUrl, hasPat: pat !== '', holdMinutes, graceMinutes, checkUrl };
}
