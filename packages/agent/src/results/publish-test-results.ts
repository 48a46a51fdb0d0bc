import { builtIn } from '../built-in/built-in.ts';
import { findFiles } from '../built-in/find-files.ts';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { publishTests, type PublishedTests } from './publish-tests.ts';
import { formatByName } from './test-formats.ts';

/** PublishTestResults@2: result files of test programs, as test runs of the run (LOG-35). */
export const publishTestResults: StepHandler = builtIn('PublishTestResults@2', async (step) => {
  const { inputs, output, files, stop: signal } = step;
  const format = formatByName(inputs.text('testRunner') || 'JUnit');
  if (format === undefined) return failed(`"${inputs.text('testRunner')}" is no format of test results.`);
  const patterns = inputs.text('testResultsFiles');
  const found = await findFiles(patterns, {
    root: inputs.text('searchFolder') || step.layout.sources,
    dot: true,
    followLinks: true,
    signal,
  });
  if (found.length === 0) return missing(step, `No test result files matching '${patterns}' were found.`);
  const title = inputs.text('testRunTitle') || `${format}_TestResults`;
  const merge = inputs.isTrue('mergeTestResults');
  const published = await publishTests(
    { format, files: found, title, merge },
    { files, masker: output.masker, signal },
  );
  return endOf(step, published, found.length);
});

function missing({ inputs, output }: StepTry, message: string): StepEnd {
  if (inputs.isTrue('failTaskOnMissingResultsFile')) return failed(message);
  output.issue('warning', message);
  return SUCCEEDED;
}

function endOf({ inputs, output }: StepTry, published: PublishedTests, files: number): StepEnd {
  const { passed, failed: bad, notExecuted, problems } = published;
  output.info(
    `Published ${files} ${files === 1 ? 'file' : 'files'}: ${passed} passed, ${bad} failed, ${notExecuted} not executed.`,
  );
  const isStrict = inputs.isTrue('failTaskOnFailureToPublishResults');
  for (const problem of problems)
    output.issue(isStrict ? 'error' : 'warning', `This file was not published. ${problem}`);
  if (isStrict && problems.length > 0) return failed('Some result files could not be published.');
  return bad > 0 && inputs.isTrue('failTaskOnFailedTests')
    ? failed('There are one or more test failures detected in result files.')
    : SUCCEEDED;
}
