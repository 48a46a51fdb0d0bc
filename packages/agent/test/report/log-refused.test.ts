import { describe, expect, it } from 'vitest';
import { script } from '../support/fake-server.ts';
import { scene } from '../support/scene.ts';

describe('a server that takes no lines for a while', () => {
  it('changes neither the result of a step nor its log (F14, INV-60)', async () => {
    const { server } = await scene();
    let refused = 0;
    // As it answers while its disk is full.
    server.intercept = (path) => {
      if (!path.endsWith('/log') || refused >= 3) return undefined;
      refused += 1;
      return 503;
    };
    const job = server.enqueue([script('say', 'for i in 1 2 3; do echo "line $i"; done')]);
    expect(await job.finished).toMatchObject({ result: 'succeeded' });
    expect(refused).toBe(3);
    expect(job.problems).toEqual([]);
    expect(job.logOf('say').filter((line) => line.startsWith('line'))).toEqual([
      'line 1',
      'line 2',
      'line 3',
    ]);
  });
});
