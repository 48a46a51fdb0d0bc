import type { ArtifactSource } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { StepInputs } from '../steps/inputs.ts';

/** Names of the inputs that say which run: the tasks call them differently. */
export interface SourceInputs {
  readonly source: string;
  readonly pipeline: string;
  readonly version: string;
  readonly branch: string;
  readonly run: string;
}

/** Which run a download task asks for, or what is wrong with its inputs. */
export function specificSource(
  inputs: StepInputs,
  names: SourceInputs,
): ArtifactSource | { readonly problem: string } {
  if (fold(inputs.text(names.source)) !== 'specific') return { kind: 'current' };
  const project = inputs.text('project');
  const pipeline = inputs.text(names.pipeline);
  const version = fold(inputs.text(names.version));
  const base = { kind: 'specific', ...(project !== '' && { project }) } as const;
  if (version === 'specific') {
    const found = runOfNumber(inputs.text(names.run), names.run);
    return 'problem' in found ? found : { ...found, ...base };
  }
  if (pipeline === '') return { problem: `The input "${names.pipeline}" is missing.` };
  const tags = inputs
    .text('tags')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  const branch = inputs.text(names.branch);
  return {
    ...base,
    pipeline,
    ...(version === 'latestfrombranch' && branch !== '' && { branch: fullRef(branch) }),
    ...(tags.length > 0 && { tags }),
    allowPartiallySucceeded: inputs.isTrue('allowPartiallySucceededBuilds'),
    allowFailed: inputs.isTrue('allowFailedBuilds'),
  };
}

/** The run with this number, or what is wrong with the input that says it. */
export function runOfNumber(
  text: string,
  input: string,
): { readonly kind: 'specific'; readonly run: number } | { readonly problem: string } {
  const run = Number(text);
  if (!Number.isSafeInteger(run) || run < 1)
    return { problem: `The input "${input}" must be the number of a run.` };
  return { kind: 'specific', run };
}

function fullRef(branch: string): string {
  return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
}
