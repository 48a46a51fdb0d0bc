import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../run.ts';

/** A test that ran and passed, with the rules that its name cites. */
export interface PassedCase {
  /** The table that holds it, or the test file, relative to the repository root. */
  readonly file: string;
  readonly name: string;
  readonly rules: readonly string[];
}

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** `LOCK-22`, and the scenarios and failures `S4`, `Q7`, `R18`. */
const RULE = /\b(?:[A-Z]+-\d+|[QRS]\d+)\b/g;

const RULES = `(?:${RULE.source}(?:, )?)+`;

/** What stands behind the name of a case: its rules, other sections cited, and how a case for two is told. */
const CITED =
  /(?: \((?:[\w-]+(?: §[\d.]+)?(?:, )?)+\)| \((?:runLatest|sequential) by the (?:stage|lock)\))+$/;

/** A name that is a rule says less than the sentence behind it. */
const NAMED = new RegExp(`^${RULES}: `);

/** The tests to run: a conversation with a server needs those, too, which cite a section only. */
const WITH_RULES = `${RULE.source}|§|\\b[A-Z]+\\d+\\b`;
const CITES = new RegExp(WITH_RULES);

/** Minutes of random histories show nothing of one rule that a table does not show. */
const TOO_LONG: ReadonlySet<string> = new Set([
  'packages/engine/test/interlocking/laws.test.ts',
  'packages/engine/test/interlocking/proof/long.test.ts',
  'packages/engine/test/interlocking/proof/mutants.test.ts',
  'packages/engine/test/interlocking/proof/short.test.ts',
  'packages/engine/test/simulation/simulation.test.ts',
]);

/** These play tables that cite rules; other tests cite them in their own names. */
const TABLE_PLAYERS: ReadonlySet<string> = new Set([
  'packages/agent/test/artifacts/spec.test.ts',
  'packages/agent/test/built-in/spec.test.ts',
  'packages/agent/test/checkout/commands.test.ts',
  'packages/agent/test/commands/spec.test.ts',
  'packages/agent/test/containers/commands.test.ts',
  'packages/agent/test/results/spec.test.ts',
  'packages/cli/test/predefined.test.ts',
  'packages/compiler/test/policy.test.ts',
  'packages/compiler/test/reach.test.ts',
  'packages/compiler/test/spec.test.ts',
  'packages/engine/test/check/spec.test.ts',
  'packages/engine/test/interlocking/spec.test.ts',
  'packages/engine/test/pool/spec.test.ts',
  'packages/engine/test/run/spec.test.ts',
  'packages/engine/test/trigger/spec.test.ts',
  'packages/expressions/test/spec.test.ts',
  'packages/model/test/artifact/spec.test.ts',
  'packages/model/test/task/spec.test.ts',
  'packages/server/test/checks/spec.test.ts',
  'packages/server/test/tasks/resolve.test.ts',
  'packages/server/test/rest.test.ts',
]);

/** Names the JSON report of a run of all tests of just these sources, which saves running the cited ones again. */
const REPORT = 'SIGNALBOX_TEST_REPORT';

/**
 * Every test that cites one of these rules or plays a table, and passed: by file and in the order of the file. Tests
 * that read what lies beside the checkout are left out: the answer must not hang on it. The tests are run for it,
 * unless `SIGNALBOX_TEST_REPORT` names a report of them.
 */
export function passedCases(rules: ReadonlySet<string>): readonly PassedCase[] {
  const files = filesWithRules(rules);
  const given = process.env[REPORT];
  const report = given === undefined ? runTests(files) : reportOf(given, files);
  refuseFailures(report);
  return report.testResults
    .flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'passed')
        .map(({ ancestorTitles, title }) => ({ name, titles: [...ancestorTitles, title] })),
    )
    .filter(({ titles }) => CITES.test(titles.join(' ')))
    .map(({ name, titles }) => caseOf(relative(root, name), titles))
    .filter(isFirst)
    .sort((a, b) => compareText(a.file, b.file));
}

/** A report of all tests, cut down to these files; throws when one of them is not in it. */
function reportOf(path: string, files: readonly string[]): Report {
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const wanted = new Set(files);
  const found = testResults.filter(({ name }) => wanted.has(name));
  const names = new Set(found.map(({ name }) => name));
  const missing = files.filter((file) => !names.has(file)).map((file) => relative(root, file));
  if (missing.length > 0) throw new Error(`${path} says nothing of:\n  ${missing.join('\n  ')}`);
  return { testResults: found };
}

/** A case that is told several times is one case. */
function isFirst({ file, name }: PassedCase, index: number, all: readonly PassedCase[]): boolean {
  const previous = all[index - 1];
  return previous?.file !== file || previous.name !== name;
}

function filesWithRules(rules: ReadonlySet<string>): readonly string[] {
  const packages = join(root, 'packages');
  return readdirSync(packages)
    .flatMap((name) => testFiles(join(packages, name, 'test')))
    .filter((file) => {
      if (TABLE_PLAYERS.has(relative(root, file))) return true;
      if (TOO_LONG.has(relative(root, file))) return false;
      const text = readFileSync(file, 'utf8');
      return !text.includes('/shared/') && text.match(RULE)?.some((rule) => rules.has(rule)) === true;
    });
}

function testFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => join(folder, file));
}

/** A page without what fails just now would look as if it was never supported. */
function refuseFailures({ testResults }: Report): void {
  const failed = testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name }) => relative(root, name));
  if (failed.length > 0)
    throw new Error(`Conformance needs passing tests; these fail:\n  ${failed.join('\n  ')}`);
}

/** Only what cites a rule is run; the time-out is for machines that do much else. */
function runTests(files: readonly string[]): Report {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-conformance-'));
  try {
    const output = join(folder, 'report.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const reporter = ['--reporter=json', `--outputFile=${output}`];
    const args = [
      vitest,
      'run',
      '--testTimeout=60000',
      '--testNamePattern',
      WITH_RULES,
      ...reporter,
      ...files,
    ];
    spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    return JSON.parse(readFileSync(output, 'utf8')) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A table names itself in the first title, `spec/…/file: what it is about`; other tests are named by their file. */
function caseOf(testFile: string, titles: readonly string[]): PassedCase {
  const table = /^(spec\/[\w/-]+\.(?:yml|json))/.exec(titles[0] ?? '')?.[1];
  const shown = (table === undefined ? titles : titles.slice(1)).join(' › ');
  const name = shown.replace(CITED, '').replace(NAMED, '');
  return { file: table ?? testFile, name, rules: [...new Set(titles.join(' ').match(RULE))] };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
