import { builtInTask } from '@signalbox/model';
import { resolve } from 'node:path';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { downloadArtifacts } from './download-artifacts.ts';
import { workingFolder } from './publish-pipeline-artifact.ts';
import { runOfNumber, specificSource, type SourceInputs } from './specific-source.ts';

/** What the inputs of one version are called. */
interface Names extends SourceInputs {
  readonly artifact: string;
  readonly patterns: string;
  readonly path: string;
}

const NAMES: Readonly<Record<'1' | '2', Names>> = {
  '1': {
    source: 'buildType',
    pipeline: 'definition',
    version: 'buildVersionToDownload',
    branch: 'branchName',
    run: 'buildId',
    artifact: 'artifactName',
    patterns: 'itemPattern',
    path: 'downloadPath',
  },
  '2': {
    source: 'source',
    pipeline: 'pipeline',
    version: 'runVersion',
    branch: 'runBranch',
    run: 'runId',
    artifact: 'artifact',
    patterns: 'patterns',
    path: 'path',
  },
};

/**
 * DownloadPipelineArtifact@0, @1 and @2: one artifact straight into the folder, all of them into folders of their
 * names. Version 0 knows one artifact of this run or of another, by its number.
 */
export function downloadPipelineArtifact(version: '0' | '1' | '2'): StepHandler {
  const definition = builtInTask({ name: 'DownloadPipelineArtifact', version });
  return {
    title: 'Download pipeline artifact',
    ...(definition !== undefined && { definition }),
    onAgent: true,
    run: (step) => (version === '0' ? downloadOne(step) : downloadBy(step, NAMES[version])),
  };
}

async function downloadBy(step: StepTry, names: Names): Promise<StepEnd> {
  const { inputs, layout } = step;
  const source = specificSource(inputs, names);
  if ('problem' in source) return failed(source.problem);
  await downloadArtifacts(step, {
    source,
    name: inputs.text(names.artifact),
    patterns: inputs.text(names.patterns),
    into: resolve(layout.root, inputs.text(names.path)),
    ownFolder: false,
  });
  return SUCCEEDED;
}

async function downloadOne(step: StepTry): Promise<StepEnd> {
  const { inputs } = step;
  const number = inputs.text('pipelineId');
  const source = number === '' ? ({ kind: 'current' } as const) : runOfNumber(number, 'pipelineId');
  if ('problem' in source) return failed(source.problem);
  await downloadArtifacts(step, {
    source,
    name: inputs.text('artifactName'),
    patterns: '**',
    into: resolve(workingFolder(step), inputs.text('targetPath')),
    ownFolder: false,
  });
  return SUCCEEDED;
}
