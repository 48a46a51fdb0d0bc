import type { LeaseView } from '@signalbox/api';
import { callerOf, checkChannel, requestOf, type AzureCheck } from '../../gates/azure/check.ts';
import type { AzureGate } from '../../gates/azure/gates.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, forbidden } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { findGate, readMinutes } from './azure-gates.ts';
import { command, ownerOf, readLocks } from './lease-command.ts';
import { leaseView } from './lease-shape.ts';
import { lockContext } from './lock-shape.ts';

/** What a check "Invoke REST API" of Azure DevOps calls, in callback mode (HOOK-5, REST.md §3.7). */
export const azureCheckHandlers: Handlers<'askAzureGate'> = {
  askAzureGate: async (ask) => askGate(ask),
};

/**
 * Takes the request and answers at once; the decision follows by callback. Asked again for the same stage attempt it
 * is the same request (INV-36); one that is over is refused, which Azure takes for a negative decision (HOOK-7).
 */
async function askGate(ask: Ask): Promise<LeaseView> {
  const project = await ask.project();
  const gate = await findGate(ask, project);
  if (!('token' in ask.principal) || ask.principal.token !== gate.token)
    throw forbidden(`The gate ${gate.name} has a token of its own; this is another one.`);
  const body = ask.body();
  const check = readCheck(ask, body, gate);
  const locks = await readLocks(ask, project, body.list('locks'));
  const hold = readMinutes(body, 'holdMinutes') ?? gate.holdMinutes;
  const lease = await command(ask, {
    type: 'AcquireLease',
    request: requestOf(check, locks),
    caller: callerOf(check),
    owner: ownerOf(ask),
    locks,
    seconds: (hold + gate.graceMinutes) * 60,
    channel: checkChannel(ask.app.sealer, check),
  });
  if (lease.status !== 'inUse') void ask.reply.code(202);
  return leaseView(lockContext(ask, project), lease);
}

/** Ids come as headers, as Azure sends them unless told otherwise, or in the body under the same names (HOOK-2). */
function readCheck(ask: Ask, body: Fields, gate: AzureGate): AzureCheck {
  const one = (name: string): string => {
    const header = ask.request.headers[name.toLowerCase()];
    const text = body.textOrNumber(name) ?? (typeof header === 'string' ? header : '');
    if (/\$[([{]/.test(text))
      throw badRequest(`Azure DevOps did not replace ${text.slice(0, 60)} in "${name}".`);
    return text;
  };
  const guid = (name: string): string => matched(name, one(name), GUID, 'a GUID');
  return {
    gate: gate.name,
    planUrl: readPlanUrl(one('PlanUrl'), gate),
    projectId: guid('ProjectId'),
    hubName: matched('HubName', one('HubName'), /^[a-z]{1,40}$/i, 'a word such as "checks"'),
    planId: guid('PlanId'),
    jobId: guid('JobId'),
    timelineId: guid('TimelineId'),
    taskInstanceId: guid('TaskInstanceId'),
    authToken: readAuthToken(ask, body),
    askedAt: ask.now,
    runId: Number(matched('runId', one('runId'), /^[1-9]\d{0,14}$/, '$(Build.BuildId)')),
    stage: matched('stage', one('stage'), /^\w{1,200}$/, '$(System.StageName)'),
    attempt: Number(matched('attempt', one('attempt'), /^[1-9]\d{0,3}$/, '$(Checks.StageAttempt)')),
    project: one('project').replaceAll(/\p{Cc}/gu, '') || one('ProjectId'),
  };
}

const GUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

function matched(name: string, text: string, pattern: RegExp, what: string): string {
  if (pattern.test(text)) return text;
  throw badRequest(`The check sends no good "${name}", as a header or in the body: it is ${what}.`);
}

/** Tokens are longer than other texts, and are not repeated in a refusal. */
function readAuthToken(ask: Ask, body: Fields): string {
  const header = ask.request.headers['authtoken'];
  const token = body.text('AuthToken', 16_384) ?? (typeof header === 'string' ? header : '');
  if (/^[\x21-\x7e]+$/.test(token) && !token.startsWith('$(')) return token;
  throw badRequest(
    'The check sends no good "AuthToken", as a header or in the body: it is $(system.AccessToken).',
  );
}

/** Only the organisation that the gate was made for is called back: who knows the secret chooses no other address. */
function readPlanUrl(text: string, { organizationUrl, name }: AzureGate): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url === undefined ? '' : `${url.origin}${url.pathname.replace(/\/*$/, '/')}`;
  if (plain.toLowerCase() === organizationUrl.toLowerCase()) return organizationUrl;
  throw forbidden(`The gate ${name} is for ${organizationUrl}, and calls no other "PlanUrl" back.`);
}
