import { builtInTask, fold } from '@signalbox/model';
import { join, resolve } from 'node:path';
import { SUCCEEDED, type StepHandler } from '../steps/step-handler.ts';
import { downloadArtifacts } from './download-artifacts.ts';

const definition = builtInTask({ name: 'Download', version: '1' });

/** `download:` each artifact into a folder of its name, those of a resource below the resource's alias (ART-3, WS-5). */
export const download: StepHandler = {
  title: 'Download artifacts',
  ...(definition !== undefined && { definition }),
  onAgent: true,
  async run(step) {
    const { inputs, layout, output } = step;
    const alias = inputs.text('alias');
    if (fold(alias) === 'none') {
      output.info('Nothing is downloaded.');
      return SUCCEEDED;
    }
    const isCurrent = fold(alias) === 'current';
    const path = inputs.text('path');
    const byAlias = isCurrent ? layout.root : join(layout.root, alias);
    await downloadArtifacts(step, {
      source: isCurrent ? { kind: 'current' } : { kind: 'alias', alias },
      name: inputs.text('artifact'),
      patterns: inputs.text('patterns'),
      into: path === '' ? byAlias : resolve(layout.root, path),
      ownFolder: path === '',
    });
    return SUCCEEDED;
  },
};
