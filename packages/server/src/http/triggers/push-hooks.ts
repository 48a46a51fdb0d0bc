import type { Collection, PushHookView } from '@signalbox/api';
import { withoutPassword } from '../../git/git-program.ts';
import { newOccasion, pullRequestKey } from '../../triggers/occasion.ts';
import {
  addPushHook,
  findPushHook,
  isSigned,
  pushHooks,
  removePushHook,
  type PushHook,
} from '../../triggers/push-hooks.ts';
import { readHookCall } from '../../triggers/read-hook-call.ts';
import { repositoryUrlOf } from '../../work/source.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findDefinition } from '../build/definitions.ts';
import { badRequest, notFound, Problem } from '../problem.ts';
import { parseJsonBody } from '../read/json-body.ts';
import { collection } from '../shape/common.ts';

/** Addresses that servers of repositories call when something was pushed. */
export const pushHookHandlers: Handlers<'listPushHooks' | 'addPushHook' | 'removePushHook' | 'tellOfPush'> = {
  listPushHooks: async (ask) => listPushHooks(ask),
  addPushHook: async (ask) => makePushHook(ask),
  removePushHook: async (ask) => endPushHook(ask),
  tellOfPush: async (ask) => tellOfPush(ask),
};

async function listPushHooks(ask: Ask): Promise<Collection<PushHookView>> {
  const { id } = await ask.project();
  return collection((await pushHooks(ask.app, id)).map((hook) => view(ask, hook)));
}

async function makePushHook(ask: Ask): Promise<PushHookView> {
  const project = await ask.project();
  const definition = ask.body().number('definition');
  if (definition === undefined) throw badRequest('"definition" is missing: the number of a pipeline.');
  const row = await findDefinition(ask, project, definition);
  const hook = await addPushHook(ask.app, project.id, repositoryUrlOf(row));
  return { ...view(ask, hook), secret: hook.secret };
}

async function endPushHook(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const id = ask.param('hook');
  if (!(await removePushHook(ask.app, project.id, id))) throw notFound('Hook', `The hook ${id.slice(0, 40)}`);
  await ask.reply.code(204).send();
  return undefined;
}

function view({ app }: Ask, { id, url }: PushHook): PushHookView {
  return { id, repository: withoutPassword(url), url: `${app.baseUrl()}/_apis/signalbox/pushhooks/${id}` };
}

/**
 * Looks at the repository of the hook, with what the call says of its pushes. Nothing else of the call counts: which
 * commits there are git says itself, so a false or repeated call starts nothing.
 */
async function tellOfPush(ask: Ask): Promise<{ readonly accepted: true }> {
  const { app, request, now } = ask;
  const body = typeof request.body === 'string' ? request.body : '';
  const hook = await findPushHook(app, ask.param('hook'));
  // An unknown hook and a wrong secret are told apart by nobody.
  if (hook === undefined || !isSigned(hook, request.headers, body)) {
    app.failedLogins.failed(request.ip, now);
    throw new Problem(
      401,
      'UnauthorizedRequestException',
      'The call is not signed with the secret of the hook.',
    );
  }
  const { pushes, pullRequest } = readHookCall(parseJsonBody(body));
  if (pullRequest !== undefined) {
    const definitions = await app.store.definitions.list(hook.project);
    const own = definitions.filter((row) => repositoryUrlOf(row) === hook.url);
    const key = pullRequestKey(pullRequest);
    const occasion = { kind: 'pullRequest', ...pullRequest } as const;
    await app.store.triggers.add(
      own.map((row) => newOccasion(row, { key, lane: pullRequest.ref, body: occasion })),
    );
  }
  await app.triggers.look(hook.project, hook.url, pushes);
  void ask.reply.code(202);
  return { accepted: true };
}
