import type { OutputView } from '@signalbox/api';

/** An output of a run as one line. */
export interface OutputLine {
  readonly key: string;
  /** `Build › Compile`. */
  readonly where: string;
  readonly name: string;
  /** Absent: it is secret. */
  readonly value?: string;
  /** How a later stage reads it (CTX-5); absent: its job has several instances, which are read in other ways. */
  readonly read?: string;
}

/** The outputs of a run line by line, in the order of its stages. */
export function outputLines(outputs: readonly OutputView[]): readonly OutputLine[] {
  return outputs.map(({ stage, job, part, name, value }) => {
    const where = [stage === '__default' ? '' : stage, job, part ?? ''].filter(Boolean);
    return {
      key: JSON.stringify([stage, job, part, name]),
      where: where.join(' › '),
      name,
      ...(value !== null && { value }),
      ...(part === undefined &&
        stage !== '__default' && { read: `stageDependencies.${stage}.${job}.outputs['${name}']` }),
    };
  });
}
