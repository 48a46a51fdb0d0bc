import type { Handlers } from '../ask.ts';
import { previewFile } from './file-preview.ts';
import { lockBadge } from './lock-badge.ts';
import { lookIntoRepository } from './repository-look.ts';
import { readRunOutputs } from './run-outputs.ts';

/** What a first pipeline needs, what its runs give, and the picture of its lock. */
export const startHandlers: Handlers<'lookIntoRepository' | 'previewFile' | 'runOutputs' | 'lockBadge'> = {
  lookIntoRepository,
  previewFile,
  runOutputs: readRunOutputs,
  lockBadge,
};
