import { builtInTask } from '@signalbox/model';
import { resolve } from 'node:path';
import { failed, SUCCEEDED, type StepHandler } from '../steps/step-handler.ts';
import { downloadArtifacts } from './download-artifacts.ts';
import { specificSource } from './specific-source.ts';

const NAMES = {
  source: 'buildType',
  pipeline: 'definition',
  version: 'buildVersionToDownload',
  branch: 'branchName',
  run: 'buildId',
} as const;

/** DownloadBuildArtifacts@0 and @1: every artifact into a folder of its name below `downloadPath`. */
export function downloadBuildArtifacts(version: '0' | '1'): StepHandler {
  const definition = builtInTask({ name: 'DownloadBuildArtifacts', version });
  return {
    title: 'Download build artifacts',
    ...(definition !== undefined && { definition }),
    onAgent: true,
    async run(step) {
      const { inputs, layout } = step;
      if (inputs.isTrue('extractTars')) return failed('The input "extractTars" is not supported.');
      const source = specificSource(inputs, NAMES);
      if ('problem' in source) return failed(source.problem);
      const isSingle = inputs.text('downloadType').toLowerCase() !== 'specific';
      const name = inputs.text('artifactName');
      if (isSingle && name === '') return failed('The input "artifactName" is missing.');
      await downloadArtifacts(step, {
        source,
        name: isSingle ? name : '',
        patterns: inputs.text('itemPattern'),
        into: resolve(layout.root, inputs.text('downloadPath')),
        ownFolder: true,
        clean: inputs.isTrue('cleanDestinationFolder'),
      });
      return SUCCEEDED;
    },
  };
}
