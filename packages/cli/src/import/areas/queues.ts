import { ROUTES } from '@signalbox/api';
import type { Area, Thing } from '../area.ts';
import { recordOf, textOf } from '../json.ts';
import type { Side } from '../side.ts';

/** Queues of the project with the pools behind them; pipelines name the queue, so the pool gets its name. */
export const queueArea: Area = {
  name: 'queue',
  async read({ remote, project }) {
    const all = await remote.all(ROUTES.listQueues, { path: { project }, version: '7.1-preview.1' });
    return all.map(thingOf).filter(({ name }) => name !== '');
  },
  create,
};

function thingOf(value: unknown): Thing {
  const queue = recordOf(value);
  const name = textOf(queue['name']);
  const what = `The pool ${name} has no agents of its own here: the ones that it has there do not move.`;
  const mend = 'Start agents for it: signalbox agent --help.';
  return {
    name,
    id: textOf(queue['id']),
    body: {},
    whenMade: [{ code: 'agents-to-start', what, mend }],
  };
}

async function create({ remote, project }: Side, { name }: Thing): Promise<void> {
  const pool = recordOf(await remote.json(ROUTES.createPool, { body: { name } }));
  await remote.json(ROUTES.createQueue, { path: { project }, body: { name, pool: { id: pool['id'] } } });
}
