import { describe, expect, it } from 'vitest';
import type { Mail } from '@signalbox/engine';
import { createMessage, OneTrigger } from './one-trigger.ts';

const told = (mail: readonly Mail[]): readonly string[] =>
  mail.map(({ to, body }) => `${body.type} to ${to.kind} ${to.id}`);

describe('runs of a paused pipeline', () => {
  it('are there, and neither they nor the locks are told to begin (TRIG-60, X-23)', () => {
    const trigger = new OneTrigger();
    const short = { stages: { A: { locks: 'prod' } } };
    const held = trigger.create(createMessage(short, { held: true }));
    expect([held.births.length, told(held.outcome.mail)]).toEqual([1, []]);
    const free = trigger.create(createMessage(short));
    expect(told(free.outcome.mail)).toEqual(['Expected to interlocking 1', 'Begin to run 43']);
  });

  it('begin in their order once their pipeline is not paused any more, once (TRIG-60)', () => {
    const trigger = new OneTrigger();
    const short = { stages: { A: {} } };
    const other = createMessage(short);
    const definition = { ...other.definition, id: 99 };
    trigger.create(createMessage(short, { held: true }));
    trigger.create(createMessage(short, { held: true, definition }));
    trigger.create(createMessage(short, { held: true }));
    const paused = [other.definition.id];
    const first = trigger.tell({ type: 'ReleaseRuns', paused });
    expect(told(first.mail)).toEqual(['Begin to run 43']);
    const rest = trigger.tell({ type: 'ReleaseRuns', paused: [] });
    expect(told(rest.mail)).toEqual(['Begin to run 42', 'Begin to run 44']);
    expect(trigger.tell({ type: 'ReleaseRuns', paused: [] })).toMatchObject({ events: [], mail: [] });
    expect(trigger.held).toBeUndefined();
  });
});
