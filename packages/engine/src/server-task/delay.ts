import { minutes } from '@signalbox/model';
import type { ServerTask } from './kind.ts';

/** Sixty days, as the task says; a job ends before (JOB-7). */
const MAX_DELAY_MINUTES = 86_400;

/** `Delay@1`: waits so many minutes. */
export const delay: ServerTask = {
  name: 'Delay',
  versions: [1],
  inputs: ['delayForMinutes'],
  retries: true,
  read(inputs) {
    const text = (inputs.get('delayforminutes') ?? '0').trim();
    if (/^\d{1,6}$/.test(text) && Number(text) <= MAX_DELAY_MINUTES) {
      return { act: { kind: 'wait', ms: minutes(Number(text)) }, warnings: [] };
    }
    return {
      problem: `"delayForMinutes" is '${text.slice(0, 40)}', not a whole number of minutes from 0 to ${MAX_DELAY_MINUTES}.`,
    };
  },
};
