import { createRun, isRefusalCode, REFUSALS, type Refusal } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';

describe('REFUSALS', () => {
  it.each(Object.entries(REFUSALS))('says of %s what it means and what to do', (code, row) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect([row.meaning, row.remedy]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  });

  it('is closed: a code without a row does not compile', () => {
    // @ts-expect-error No row has this code.
    const refusal: Refusal = { code: 'no-such-code', message: 'No.' };
    expect(isRefusalCode(refusal.code)).toBe(false);
  });

  it('has the code of a command to a run that is not there', () => {
    const run = createRun(7);
    run.supply([{ of: { need: 'run' } }]);
    const handled = run.handle({ type: 'Cancel', by: 'mallory' }, 0);
    const reply = handled.kind === 'decided' ? handled.outcome.reply : undefined;
    expect(reply?.ok === false && isRefusalCode(reply.refusal.code)).toBe(true);
  });
});
