import type { LockPatch } from '@signalbox/api';
import { spanProblem } from '@signalbox/model';
import type { LockBehavior, LockOrder, LockSpan, OnWaitTimeout, SupersedeTime } from '@signalbox/model';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { integer } from '../options.ts';

/** Settings of a lock as options. */
export interface PolicyOptions {
  readonly project?: string;
  readonly capacity?: number;
  readonly behavior?: LockBehavior;
  readonly orderBy?: LockOrder;
  readonly supersede?: SupersedeTime;
  readonly span?: LockSpan;
  readonly waitTimeout?: number;
  readonly onWaitTimeout?: OnWaitTimeout;
}

/** Adds the options of a policy, and which project. */
export function policyOptions(command: Command): Command {
  return command
    .option('--project <name>', 'the project (default: the only one)')
    .option('--capacity <count>', 'how many may hold it at once', integer(1))
    .addOption(
      new Option('--behavior <word>', 'for stages that say no lockBehavior').choices([
        'runLatest',
        'sequential',
        'branchRunLatest',
        'parallel',
      ]),
    )
    .addOption(
      new Option('--order-by <word>', 'the order of those who wait').choices(['arrival', 'runQueueTime']),
    )
    .addOption(
      new Option('--supersede <word>', 'when runLatest cancels older waiters').choices([
        'onRelease',
        'onArrival',
        'onApproval',
      ]),
    )
    .option(
      '--span <span>',
      'how long a grant lasts: stage, run, or through:PIPELINE=STAGE[,PIPELINE=STAGE]',
      spanOption,
    )
    .option('--wait-timeout <minutes>', 'how long a stage waits at most', integer(1))
    .addOption(
      new Option('--on-wait-timeout <word>', 'what then becomes of the stage').choices(['skip', 'fail']),
    );
}

/** `stage`, `run`, or `through:shop=Verify`. */
function spanOption(text: string): LockSpan {
  const [word, pairs] = text.split(/:(.*)/s);
  const entries = (pairs ?? '').split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2));
  const span = word === 'through' ? { through: Object.fromEntries(entries) as Record<string, string> } : text;
  if (spanProblem(span) === undefined) return span as LockSpan;
  throw new InvalidArgumentError('Write stage, run, or through:PIPELINE=STAGE.');
}

/** The settings that were given. */
export function patchOf(options: PolicyOptions): LockPatch {
  const { capacity, behavior, orderBy, supersede, span, waitTimeout, onWaitTimeout } = options;
  return {
    ...(capacity !== undefined && { capacity }),
    ...(behavior !== undefined && { behavior }),
    ...(orderBy !== undefined && { orderBy }),
    ...(supersede !== undefined && { supersede }),
    ...(span !== undefined && { span }),
    ...(waitTimeout !== undefined && { waitTimeoutMinutes: waitTimeout }),
    ...(onWaitTimeout !== undefined && { onWaitTimeout }),
  };
}
