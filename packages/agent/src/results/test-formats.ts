import type { TestOutcome } from '@signalbox/api';
import { childOf, childrenOf, descendantsOf, ResultFileError, type XmlElement } from './read-xml.ts';

/** A test of a result file. */
export interface ParsedTest {
  readonly name: string;
  readonly storage: string;
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  readonly message: string;
  readonly stack: string;
}

/** The formats of result files, as `PublishTestResults` names them. */
export type TestFormat = 'JUnit' | 'NUnit' | 'VSTest' | 'XUnit' | 'CTest';

type Reader = (root: XmlElement) => Iterable<ParsedTest>;

/** Each format: the names its root element may have, and how it is read. */
const FORMATS: Readonly<Record<TestFormat, { readonly roots: readonly string[]; readonly read: Reader }>> = {
  JUnit: { roots: ['testsuites', 'testsuite'], read: readJUnit },
  NUnit: { roots: ['test-run', 'test-results'], read: readNUnit },
  VSTest: { roots: ['TestRun'], read: readVsTest },
  XUnit: { roots: ['assemblies', 'assembly'], read: readXUnit },
  CTest: { roots: ['Site'], read: readCTest },
};

/** The format that a text names, letter case aside. */
export function formatByName(name: string): TestFormat | undefined {
  return (Object.keys(FORMATS) as TestFormat[]).find(
    (one) => one.toLowerCase() === name.trim().toLowerCase(),
  );
}

/** The tests of a document, in its order. */
export function readTests(format: TestFormat, root: XmlElement): readonly ParsedTest[] {
  const { roots, read } = FORMATS[format];
  if (!roots.includes(root.name))
    throw new ResultFileError(`It is no ${format} file: it begins with <${root.name}>.`);
  return [...read(root)];
}

function* readJUnit(root: XmlElement): Generator<ParsedTest> {
  for (const test of descendantsOf({ ...root, children: [root] }, 'testcase')) {
    const bad = childOf(test, 'failure') ?? childOf(test, 'error');
    const skipped = childOf(test, 'skipped');
    yield {
      name: test.attributes['name'] || '(unnamed)',
      storage: test.attributes['classname'] ?? '',
      outcome: bad !== undefined ? 'failed' : skipped !== undefined ? 'notExecuted' : 'passed',
      durationMs: seconds(test.attributes['time']),
      message: (bad ?? skipped)?.attributes['message'] ?? '',
      stack: bad?.text.trim() ?? '',
    };
  }
}

/** NUnit 3 (`test-run`) and NUnit 2 (`test-results`). */
function* readNUnit(root: XmlElement): Generator<ParsedTest> {
  for (const test of descendantsOf(root, 'test-case')) {
    const { attributes } = test;
    const failure = childOf(test, 'failure');
    yield {
      name: attributes['name'] || attributes['fullname'] || '(unnamed)',
      storage: attributes['classname'] ?? '',
      outcome: outcomeOf(attributes['result'] ?? ''),
      durationMs: seconds(attributes['duration'] ?? attributes['time']),
      message: textOf(childOf(failure ?? childOf(test, 'reason'), 'message')),
      stack: textOf(childOf(failure, 'stack-trace')),
    };
  }
}

function* readVsTest(root: XmlElement): Generator<ParsedTest> {
  const classes = new Map<string, string>();
  for (const unit of descendantsOf(root, 'UnitTest')) {
    const name = childOf(unit, 'TestMethod')?.attributes['className'] ?? '';
    classes.set(unit.attributes['id'] ?? '', name);
  }
  for (const test of descendantsOf(root, 'UnitTestResult')) {
    const info = childOf(childOf(test, 'Output'), 'ErrorInfo');
    yield {
      name: test.attributes['testName'] || '(unnamed)',
      storage: classes.get(test.attributes['testId'] ?? '') ?? '',
      outcome: outcomeOf(test.attributes['outcome'] ?? ''),
      durationMs: clockTime(test.attributes['duration']),
      message: textOf(childOf(info, 'Message')),
      stack: textOf(childOf(info, 'StackTrace')),
    };
  }
}

function* readXUnit(root: XmlElement): Generator<ParsedTest> {
  for (const test of descendantsOf(root, 'test')) {
    const failure = childOf(test, 'failure');
    yield {
      name: test.attributes['name'] || '(unnamed)',
      storage: test.attributes['type'] ?? '',
      outcome: outcomeOf(test.attributes['result'] ?? ''),
      durationMs: seconds(test.attributes['time']),
      message: textOf(childOf(failure, 'message')) || textOf(childOf(test, 'reason')),
      stack: textOf(childOf(failure, 'stack-trace')),
    };
  }
}

function* readCTest(root: XmlElement): Generator<ParsedTest> {
  for (const testing of childrenOf(root, 'Testing')) {
    // `TestList` names the same tests without results.
    for (const test of childrenOf(testing, 'Test')) {
      const results = childOf(test, 'Results');
      const outcome = outcomeOf(test.attributes['Status'] ?? '');
      const measured = results && childrenOf(results, 'NamedMeasurement');
      const time = measured?.find(({ attributes }) => attributes['name'] === 'Execution Time');
      yield {
        name: textOf(childOf(test, 'Name')) || '(unnamed)',
        storage: textOf(childOf(test, 'Path')),
        outcome,
        durationMs: seconds(textOf(childOf(time, 'Value'))),
        message: outcome === 'failed' ? textOf(childOf(childOf(results, 'Measurement'), 'Value')) : '',
        stack: '',
      };
    }
  }
}

const PASSED = ['passed', 'pass', 'success', 'passedbutrunaborted', 'completed'];
const FAILED = ['failed', 'fail', 'failure', 'error', 'timeout', 'aborted', 'cancelled'];

/** The words of all formats; what is neither good nor bad was not executed. */
function outcomeOf(word: string): TestOutcome {
  const folded = word.toLowerCase();
  if (PASSED.includes(folded)) return 'passed';
  return FAILED.includes(folded) ? 'failed' : 'notExecuted';
}

function textOf(element: XmlElement | undefined): string {
  return element?.text.trim() ?? '';
}

/** Seconds with a fraction, thousands apart or not, in milliseconds. */
function seconds(text: string | undefined): number {
  const value = Number((text ?? '').replaceAll(',', ''));
  return Number.isFinite(value) && value > 0 ? Math.round(value * 1000) : 0;
}

/** `hh:mm:ss.fffffff` in milliseconds. */
function clockTime(text: string | undefined): number {
  const [, hours, minutes, rest] = /^(\d+):(\d+):([\d.]+)$/.exec(text ?? '') ?? [];
  return rest === undefined
    ? 0
    : Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(rest)) * 1000);
}
