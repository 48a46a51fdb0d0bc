import type { JobSecureFile } from '@signalbox/api';
import type { RunningJob } from '../job/running-job.ts';
import { untilAnswered } from '../wire/retry.ts';

/** The content of a secure file of the job; a server that is away is waited for until the job is cancelled. */
export async function fetchSecureFile(
  run: RunningJob,
  { id, name, ticket }: JobSecureFile,
): Promise<Uint8Array> {
  const { specification, accessToken: token } = run.job;
  const wanted = { project: specification.project, id, ticket, token };
  const signal = run.control.cancelled;
  const ask = { clock: run.host.clock, signal };
  const answer = await untilAnswered(() => run.host.client.secureFile(wanted, { signal }), ask);
  if (answer === undefined)
    throw new Error(`The secure file "${name}" was not fetched: the job was cancelled.`);
  if (answer.kind === 'refused')
    throw new Error(`The secure file "${name}" cannot be had: ${answer.message}`);
  return answer.value;
}
