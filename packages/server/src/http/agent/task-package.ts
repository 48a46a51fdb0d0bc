import type { Plan } from '@signalbox/model';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import { leasedJob } from './files/leased-job.ts';

/** The zips of task packages, for agents. */
export const taskPackageHandlers: Handlers<'jobTaskPackage'> = { jobTaskPackage: async (ask) => send(ask) };

/** A package that the plan of the job's run names; its lease must be the current one. */
async function send(ask: Ask): Promise<undefined> {
  const lease = ask.query.number('lease');
  if (lease === undefined) throw badRequest('"lease" is missing.');
  const { run } = await leasedJob(ask, lease);
  const sha256 = ask.param('sha256');
  const plan = await ask.app.store.runs.plan(run.id);
  const content = plan !== undefined && uses(plan, sha256) ? await ask.app.blobs.open(sha256) : undefined;
  if (content === undefined) throw notFound('TaskDefinition', 'The task package');
  await ask.reply.type('application/zip').header('cache-control', 'no-store').send(content);
  return undefined;
}

function uses({ stages }: Plan, sha256: string): boolean {
  return stages.some(({ jobs }) =>
    jobs.some((job) =>
      (job.kind === 'job' ? [job] : job.hooks).some(({ steps }) =>
        steps.some(({ task }) => task.package?.sha256 === sha256),
      ),
    ),
  );
}
