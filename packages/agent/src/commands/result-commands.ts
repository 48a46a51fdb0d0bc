import { resolve } from 'node:path';
import { publishCoverage } from '../results/publish-coverage.ts';
import { publishTests } from '../results/publish-tests.ts';
import { formatByName } from '../results/test-formats.ts';
import { isTrue, type CommandHandler, type CommandTarget } from './command-target.ts';

/** `results.publish`: the tests of some files, as test runs of the run (LOG-35). */
export const publishResults: CommandHandler = (command, target) => {
  const { properties } = command;
  const format = formatByName(properties.get('type') ?? '');
  if (format === undefined) return 'The property "type" must be JUnit, NUnit, VSTest, XUnit or CTest.';
  const files = pathsIn(target, properties.get('resultfiles'));
  if (files.length === 0) return 'The property "resultFiles" is missing.';
  const title = properties.get('runtitle') ?? `${format}_TestResults`;
  target.afterwards(async (job, signal) => {
    const desk = { files: job, masker: target.masker, signal };
    const merge = isTrue(command, 'mergeresults');
    const { failed, problems } = await publishTests({ format, files, title, merge }, desk);
    if (problems.length > 0) return `Some result files were not published. ${problems.join(' ')}`;
    return failed > 0 && isTrue(command, 'failtaskonfailedtests')
      ? 'There are one or more test failures detected in result files.'
      : undefined;
  });
  return undefined;
};

/** `codecoverage.publish`: the totals of a coverage file (LOG-36). */
export const publishCodeCoverage: CommandHandler = ({ properties }, target) => {
  const files = pathsIn(target, properties.get('summaryfile'));
  if (files.length === 0) return 'The property "summaryfile" is missing.';
  target.afterwards(async (job, signal) => {
    const { problems } = await publishCoverage(files, job, signal);
    return problems.length > 0 ? `The coverage was not published. ${problems.join(' ')}` : undefined;
  });
  return undefined;
};

function pathsIn(target: CommandTarget, list: string | undefined): readonly string[] {
  const folder = target.variables.text('System.DefaultWorkingDirectory') || '.';
  const names = (list ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').map((name) => resolve(folder, name));
}
