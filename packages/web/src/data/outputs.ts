import type { OutputView } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useAsked } from './ask.ts';

/** While a run goes on, its outputs are asked for this often. */
const AGAIN_MS = 5000;

/** The output variables of a run so far. */
export function useOutputs(run: number, running: boolean): UseQueryResult<readonly OutputView[]> {
  return useAsked({
    name: 'outputs',
    of: [run, running],
    read: ({ client, project }) => client.listOutputs(project, run),
    ...(running && { every: AGAIN_MS }),
  });
}
