import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { SCENARIOS } from './scenarios/index.ts';

describe('the scenarios of the queue, with real agents', () => {
  let box: Signalbox;

  beforeAll(async () => {
    box = await startSignalbox({ agents: 5 });
  });

  afterAll(async () => {
    await box.stop();
  });

  for (const { id, setup, expected, play } of SCENARIOS) {
    it(`${id}: ${setup}`, async () => expect(await play(box)).toBe(expected), 240_000);
  }
});
