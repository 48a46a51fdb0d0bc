import type { LockBehavior, LockOrder, LockPolicy } from '@signalbox/model';
import { minutes } from '@signalbox/model';
import { roughly } from './time.ts';

const ORDER: Readonly<Record<LockOrder, string>> = {
  arrival: 'in the order they arrived',
  runQueueTime: 'in the order the runs were queued',
};

const BEHAVIOR: Readonly<Record<LockBehavior, string>> = {
  sequential: 'every run gets its turn',
  runLatest: 'the newest run goes next, older ones give way',
  branchRunLatest: 'the newest run of each branch goes next, older ones give way',
  parallel: 'nobody waits for anybody',
};

const BEHAVIOR_SHORT: Readonly<Record<LockBehavior, string>> = {
  sequential: 'every run gets its turn',
  runLatest: 'newest run wins',
  branchRunLatest: 'newest run of each branch wins',
  parallel: 'nobody waits',
};

/** A lock's policy in plain words: one short line, and the full sentence for whoever asks. */
export interface PolicyWords {
  readonly short: readonly string[];
  readonly full: string;
}

/** Says what a policy does, without its setting names. */
export function policyWords(policy: LockPolicy): PolicyWords {
  const slots = policy.capacity === 1 ? 'one at a time' : `up to ${policy.capacity} at a time`;
  const gaveUp = policy.onWaitTimeout === 'skip' ? 'its stage is skipped' : 'its stage fails';
  const wait = roughly(minutes(policy.waitTimeoutMinutes));
  const sentences = [
    capitalised(`${slots}, ${ORDER[policy.orderBy]}.`),
    `Where the pipeline does not say otherwise, ${BEHAVIOR[policy.behavior]}.`,
    `A run that has waited ${wait} gives up: ${gaveUp} and the run fails.`,
  ];
  return {
    short: [slots, ORDER[policy.orderBy], BEHAVIOR_SHORT[policy.behavior]],
    full: sentences.join(' '),
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
