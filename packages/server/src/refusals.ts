import { isRefusalCode, type RefusalCode, type RefusalRow } from '@signalbox/engine';

/** Why the server itself refuses, before the engine is asked or on behalf of the store. */
export type ServerRefusalCode =
  | 'fork-not-trusted'
  | 'definition-disabled'
  | 'variable-not-settable'
  | 'environment-not-usable'
  | 'repository-unusable'
  | 'agent-version'
  | 'key-reused'
  | 'name-taken'
  | 'stale-revision'
  | 'not-found'
  | 'log-gap'
  | 'bad-cursor'
  | 'blob-mismatch'
  | 'blob-too-large'
  | 'storage-full'
  | 'content-missing'
  | 'artifact-exists'
  | 'artifact-not-found'
  | 'run-unfinished'
  | 'run-kept'
  | 'pipeline-kept'
  | 'pool-in-use'
  | 'queue-in-use'
  | 'project-in-use';

/** The `code` of an error body. */
export type ProblemCode = RefusalCode | ServerRefusalCode;

/** Every refusal of the server's own, in the order of the reference page `docs/reference/refusals.md`. */
export const SERVER_REFUSALS: Readonly<Record<ServerRefusalCode, RefusalRow>> = {
  'fork-not-trusted': {
    meaning: 'The code comes from a fork, and a stage of it uses a protected resource, so no run was queued.',
    remedy:
      'Leave that stage out for pull requests by its condition, or take the code into a branch of the repository.',
  },
  'definition-disabled': {
    meaning: 'The pipeline is disabled, so no run was queued.',
    remedy: 'Set its `queueStatus` to `enabled`, and queue again.',
  },
  'variable-not-settable': {
    meaning: 'A variable of the pipeline was given that may not be set when queueing.',
    remedy:
      'Leave it out, or set `allowOverride` on the variable of the pipeline; a secret is never settable.',
  },
  'environment-not-usable': {
    meaning: 'Who queues the run may not deploy to an environment of it, so no run was queued.',
    remedy: 'Have an administrator of the environment give the role User, or queue a run without that stage.',
  },
  'repository-unusable': {
    meaning: 'The repository, the branch or the commit could not be read.',
    remedy: 'Do what the message says; the server needs the right to read the repository.',
  },
  'agent-version': {
    meaning: 'The agent speaks another version of the agent protocol than the server.',
    remedy: 'Use the agent of the release of the server.',
  },
  'key-reused': {
    meaning: 'The idempotency key was used for another request.',
    remedy: 'Use a new key for a new request.',
  },
  'name-taken': {
    meaning: 'Another object of the same kind has this name, letter case aside.',
    remedy: 'Choose another name.',
  },
  'stale-revision': {
    meaning: 'The object was changed since it was read.',
    remedy: 'Read it again and repeat the change.',
  },
  'not-found': {
    meaning: 'There is no such object.',
    remedy: 'Check the number or the name.',
  },
  'log-gap': {
    meaning: 'Lines of the log before these are missing.',
    remedy: 'Send the lines in order; agents do so by themselves.',
  },
  'bad-cursor': {
    meaning: 'The continuation token or cursor was never given out by this server.',
    remedy: 'Start again without one.',
  },
  'blob-mismatch': {
    meaning: 'The bytes that came are not the ones that were announced.',
    remedy: 'Send them again; agents do so by themselves.',
  },
  'blob-too-large': {
    meaning: 'The content is longer than one content may be.',
    remedy: 'Send it in several parts; agents do so by themselves.',
  },
  'storage-full': {
    meaning: 'The disk of the server is full; nothing of the content was kept.',
    remedy: 'Make room in the data folder of the server, then run the job again.',
  },
  'content-missing': {
    meaning: 'A file list names contents that this job did not send.',
    remedy: 'Send the contents first; agents do so by themselves.',
  },
  'artifact-exists': {
    meaning: 'The run has an artifact of that name already, maybe of an earlier attempt.',
    remedy: 'Choose another name; with `$(System.JobAttempt)` in it, each attempt has its own.',
  },
  'artifact-not-found': {
    meaning: 'The run has no artifact of that name.',
    remedy: 'Check the name, and that the job that publishes it has run by then.',
  },
  'run-unfinished': {
    meaning: 'The run is not over, so it was not deleted.',
    remedy: 'Cancel it, and delete it when it is over.',
  },
  'run-kept': {
    meaning: 'A lease keeps the run, so it was not deleted.',
    remedy: 'End its leases, or clear `keepForever`; then delete it.',
  },
  'pipeline-kept': {
    meaning: 'A lease on one of its runs keeps the pipeline, so it was not deleted.',
    remedy: 'End the leases with `protectPipeline` of its runs; then delete it.',
  },
  'pool-in-use': {
    meaning: 'Agents, jobs or pipelines use the pool, so it was not deleted.',
    remedy:
      'Remove its agents, wait for its jobs, and give its pipelines another default pool; then delete it.',
  },
  'queue-in-use': {
    meaning: 'Pipelines or jobs of the project use the queue, so it was not deleted.',
    remedy: 'Give its pipelines another default pool, and wait for its jobs; then delete it.',
  },
  'project-in-use': {
    meaning: 'Runs of the project are not over, or somebody holds a lock of it, so it was not deleted.',
    remedy: 'Cancel its runs, let go of its locks, and delete it when they are over.',
  },
};

/** The code to pass on to a caller; undefined for one that no page describes. */
export function problemCode(code: string): ProblemCode | undefined {
  if (isRefusalCode(code)) return code;
  return isServerRefusalCode(code) ? code : undefined;
}

function isServerRefusalCode(code: string): code is ServerRefusalCode {
  return Object.hasOwn(SERVER_REFUSALS, code);
}
