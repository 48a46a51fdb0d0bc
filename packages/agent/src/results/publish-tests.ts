import { TESTS_AT_ONCE, type TestReport } from '@signalbox/api';
import { randomUUID } from 'node:crypto';
import type { JobFiles } from '../artifacts/job-files.ts';
import { RESULT_NAME_CHARS, RESULT_TEXT_CHARS } from '../limits.ts';
import type { Masker } from '../masking/masker.ts';
import { readXml, ResultFileError } from './read-xml.ts';
import { readTests, type ParsedTest, type TestFormat } from './test-formats.ts';

/** What to publish, and under which name. */
export interface TestPublication {
  readonly format: TestFormat;
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly title: string;
  /** One test run of all files, instead of one of each. */
  readonly merge: boolean;
}

/** What came of it. */
export interface PublishedTests {
  readonly passed: number;
  readonly failed: number;
  readonly notExecuted: number;
  /** Files that could not be read, with the reason. */
  readonly problems: readonly string[];
}

/** Where results go, and what they must not show. */
export interface TestDesk {
  readonly files: JobFiles;
  readonly masker: Masker;
  readonly signal: AbortSignal;
}

/** Reads result files and sends their tests to the job's run, masked like everything that leaves the agent (LOG-35). */
export async function publishTests(publication: TestPublication, desk: TestDesk): Promise<PublishedTests> {
  const { format, files, title, merge } = publication;
  const problems: string[] = [];
  const read: (readonly ParsedTest[])[] = [];
  for (const file of files) {
    try {
      read.push(readTests(format, await readXml(file)));
    } catch (error) {
      if (!(error instanceof ResultFileError)) throw error;
      problems.push(`${file}: ${error.message}`);
    }
  }
  const groups = merge ? [read.flat()] : read;
  for (const [index, tests] of groups.entries()) {
    const name = groups.length === 1 ? title : `${title}_${index + 1}`;
    if (tests.length > 0) await send(tests, { title: desk.masker.mask(name), format }, desk);
  }
  return { ...counted(read.flat()), problems };
}

async function send(
  tests: readonly ParsedTest[],
  { title, format }: { readonly title: string; readonly format: TestFormat },
  { files, masker, signal }: TestDesk,
): Promise<void> {
  const key = randomUUID();
  const results = tests.map((test, index) => reportOf(test, index + 1, masker));
  for (let from = 0; from < results.length; from += TESTS_AT_ONCE) {
    const some = results.slice(from, from + TESTS_AT_ONCE);
    await files.ask('jobTests', { key, title: title.slice(0, 500), format, results: some }, signal);
  }
}

function reportOf(test: ParsedTest, number: number, masker: Masker): TestReport {
  return {
    ...test,
    number,
    name: masker.maskStart(test.name, RESULT_NAME_CHARS),
    storage: masker.maskStart(test.storage, RESULT_NAME_CHARS),
    message: masker.maskStart(test.message, RESULT_TEXT_CHARS),
    stack: masker.maskStart(test.stack, RESULT_TEXT_CHARS),
  };
}

function counted(tests: readonly ParsedTest[]): Pick<PublishedTests, 'passed' | 'failed' | 'notExecuted'> {
  const count = (outcome: ParsedTest['outcome']): number =>
    tests.filter((test) => test.outcome === outcome).length;
  return { passed: count('passed'), failed: count('failed'), notExecuted: count('notExecuted') };
}
