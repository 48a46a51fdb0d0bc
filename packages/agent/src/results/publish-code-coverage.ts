import { builtIn } from '../built-in/built-in.ts';
import { findFiles } from '../built-in/find-files.ts';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { coverageText, publishCoverage } from './publish-coverage.ts';

/** PublishCodeCoverageResults@1 and @2: the totals of Cobertura and JaCoCo files (LOG-36). */
export function publishCodeCoverage(version: 1 | 2): StepHandler {
  return builtIn(`PublishCodeCoverageResults@${version}`, publish);
}

async function publish(step: StepTry): Promise<StepEnd> {
  const { inputs, output, files, stop: signal } = step;
  const patterns = inputs.text('summaryFileLocation');
  const root = output.variables.text('System.DefaultWorkingDirectory') || step.layout.sources;
  const found = await findFiles(patterns, { root, dot: true, followLinks: true, signal });
  const { statistics, problems } = await publishCoverage(found, files, signal);
  for (const problem of problems) output.issue('warning', `This file was not published. ${problem}`);
  for (const one of statistics) output.info(coverageText(one));
  if (statistics.length > 0) return SUCCEEDED;
  const message = `No coverage was found in '${patterns}'.`;
  if (inputs.isTrue('failIfCoverageEmpty')) return failed(message);
  output.issue('warning', message);
  return SUCCEEDED;
}
