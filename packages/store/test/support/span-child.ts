import { openStore, type Engine } from '@signalbox/store';
import { ENGINE } from './real-engine.ts';
import { SpanWorld } from './span-world.ts';

// Plays runs with a span in the folder given as first argument, and kills itself when the interlocking is told that
// the span is over: before it decides, or after that and before anything of it is written. Started by the crash tests.
const [, , folder = '', when = ''] = process.argv;

/** The engine, until it is told `SpanOver`. */
const engine: Engine = {
  ...ENGINE,
  interlocking(project) {
    const inner = ENGINE.interlocking(project);
    return {
      ...inner,
      handle(message, now) {
        const isEnd = message.type === 'SpanOver';
        if (isEnd && when === 'before') process.kill(process.pid, 'SIGKILL');
        const handled = inner.handle(message, now);
        if (isEnd && handled.kind !== 'needs') process.kill(process.pid, 'SIGKILL');
        return handled;
      },
    };
  },
};

const store = await openStore({ kind: 'sqlite', folder, engine });
await store.projects.create({ guid: 'a', name: 'Demo', description: '' });
const world = new SpanWorld(store);
await world.begin();
for (let stage = 0; stage < 4; stage += 1) await world.finish();
process.stdout.write('not killed\n');
