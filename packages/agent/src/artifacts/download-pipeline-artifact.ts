import { builtInTask } from '@signalbox/model';
import { resolve } from 'node:path';
import { failed, SUCCEEDED, type StepHandler } from '../steps/step-handler.ts';
import { downloadArtifacts } from './download-artifacts.ts';
import { specificSource } from './specific-source.ts';

const definition = builtInTask({ name: 'DownloadPipelineArtifact', version: '2' });

const NAMES = {
  source: 'source',
  pipeline: 'pipeline',
  version: 'runVersion',
  branch: 'runBranch',
  run: 'runId',
} as const;

/** DownloadPipelineArtifact@2: one artifact straight into the folder, all of them into folders of their names. */
export const downloadPipelineArtifact: StepHandler = {
  title: 'Download pipeline artifact',
  ...(definition !== undefined && { definition }),
  onAgent: true,
  async run(step) {
    const { inputs, layout } = step;
    const source = specificSource(inputs, NAMES);
    if ('problem' in source) return failed(source.problem);
    await downloadArtifacts(step, {
      source,
      name: inputs.text('artifact'),
      patterns: inputs.text('patterns'),
      into: resolve(layout.root, inputs.text('path')),
      ownFolder: false,
    });
    return SUCCEEDED;
  },
};
