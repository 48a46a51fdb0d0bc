import { openTicket } from '../../auth/signed-content.ts';
import type { Ask } from '../ask.ts';
import { forbidden, notFound } from '../problem.ts';
import { findRunById } from './find-run.ts';
import { sendLogNumber, sendLogsZip } from './logs.ts';
import { sendArtifactZip } from './send-artifact.ts';

/** Sends what a signed address opens; whoever has the address needs no token, and gets nothing else with it. */
export async function sendSigned(ask: Ask): Promise<undefined> {
  const content = openTicket(ask.app, ask.param('ticket'), ask.now);
  if (content === undefined) throw notFound('SignedContent', 'The content of this address');
  if (content === 'expired') throw forbidden('The address has expired. Ask for a new one.');
  const { run } = await findRunById(ask, content.run, 'Run');
  if (content.kind === 'log') return sendLogNumber(ask, run, content.id);
  if (content.kind === 'logs') return sendLogsZip(ask, run);
  const rows = await ask.app.store.artifacts.list(run.id);
  const row = rows.find(({ id }) => id === content.id);
  if (row === undefined) throw notFound('Artifact', `The artifact ${content.id} of build ${run.id}`);
  return sendArtifactZip(ask, row, '');
}
