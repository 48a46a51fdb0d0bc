import { didYouMean } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import type { Plan } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { span } from '../../read/source-file.ts';
import type { SourceFile } from '../../read/source-file.ts';

/** Reports stages that a person wants to leave out but that do not exist or must not be left out (YAML-25). */
export function checkStagesToSkip(
  names: readonly string[],
  plan: Plan,
  file: SourceFile,
  report: Report,
): void {
  for (const name of names) {
    const stage = plan.stages.find((one) => fold(one.name) === fold(name));
    const at = span(file, 0, 0);
    if (stage === undefined) {
      const known = plan.stages.map((one) => one.name);
      const help = didYouMean(name, known) || `The stages are: ${known.slice(0, 10).join(', ')}.`;
      report('stage-to-skip-unknown', at, `There is no stage ${quote(name)} to skip.`, help);
    } else if (!stage.isSkippable) {
      report('stage-not-skippable', at, `The stage ${quote(stage.name)} cannot be skipped.`);
    }
  }
}
