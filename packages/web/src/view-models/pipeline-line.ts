import type { WireBuild, WireDefinition } from '@signalbox/api';
import type { Mark } from './mark.ts';
import { resultMark } from './mark.ts';
import { branchName } from './names.ts';
import type { Moment } from './time.ts';
import { ago, moment } from './time.ts';

/** A pipeline as one line of the list. */
export interface PipelineLine {
  readonly id: number;
  readonly name: string;
  /** `Shop / Backend`; empty at the root. */
  readonly folder: string;
  readonly repository: string;
  readonly file: string;
  /** `paused`, `disabled`; absent: it takes runs. */
  readonly queue?: string;
  /** Absent: it never ran. */
  readonly last?: LastRun;
}

/** The newest run of a pipeline. */
export interface LastRun {
  readonly id: number;
  readonly number: string;
  readonly mark: Mark;
  readonly branch: string;
  readonly who: string;
  readonly at: Moment;
}

/** Pipelines line by line, in order of folder and name; every word of the text has to occur. */
export function pipelineLines(
  definitions: readonly WireDefinition[],
  text: string,
  now: number,
): readonly PipelineLine[] {
  const words = text.toLowerCase().split(/\s+/);
  return definitions
    .map((definition) => pipelineLine(definition, now))
    .filter(({ name, folder, repository }) => {
      const shown = `${name} ${folder} ${repository}`.toLowerCase();
      return words.every((word) => shown.includes(word));
    })
    .toSorted((a, b) => a.folder.localeCompare(b.folder) || a.name.localeCompare(b.name));
}

/** A pipeline as one line. */
export function pipelineLine(definition: WireDefinition, now: number): PipelineLine {
  const { id, name, path, repository, process, queueStatus, latestBuild } = definition;
  return {
    id,
    name,
    folder: path.split('\\').filter(Boolean).join(' / '),
    repository: repository.name,
    file: process.yamlFilename,
    ...(queueStatus !== 'enabled' && { queue: queueStatus }),
    ...(latestBuild !== undefined && { last: lastRun(latestBuild, now) }),
  };
}

const BUSY: Mark = { icon: 'running', tone: 'busy', label: 'running' };
const QUEUED: Mark = { icon: 'queued', tone: 'quiet', label: 'queued' };

function lastRun(build: WireBuild, now: number): LastRun {
  const at = build.finishTime ?? build.startTime ?? build.queueTime;
  return {
    id: build.id,
    number: build.buildNumber,
    mark: buildMark(build),
    branch: branchName(build.sourceBranch),
    who: build.requestedFor.displayName,
    at: moment(ago(at, now), at),
  };
}

function buildMark({ status, result }: WireBuild): Mark {
  if (status === 'notStarted') return QUEUED;
  if (status !== 'completed') return BUSY;
  return resultMark(result === 'partiallySucceeded' ? 'succeededWithIssues' : (result ?? 'abandoned'));
}
