import { compile, diagnosticTable } from '@signalbox/compiler';
import type { CompileRequest, CompileResult } from '@signalbox/compiler';
import type { Diagnostic, SourceRange } from '@signalbox/model';
import { pick, seeded, type Random } from '../../../../test/support/random.ts';
import { changeByExpanding } from '../corpus/recompile.ts';
import { grammatical } from './grammar.ts';
import { mutated } from './mutations.ts';
import type { Seed } from './seeds.ts';

/** A pipeline on which a promise was broken. */
export interface Finding {
  readonly seed: number;
  readonly text: string;
  readonly what: string;
}

/** What a run of the fuzzer has done: how many pipelines were tried, and how many of them have a plan. */
export interface FuzzResult {
  readonly texts: number;
  readonly compiled: number;
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

/** Longest time for one pipeline, in milliseconds of processor time: others may use the machine, too. */
const MAX_MS = 2_000;

const PATH = 'p.yml';

/**
 * Tries `runs` pipelines, one for each seed from `seed` on. Promises: none throws, each has a plan or a reason, every
 * range lies in its file, the answer is the same twice, the expanded YAML makes the same plan, and none takes long.
 */
export async function fuzzPipelines(seeds: readonly Seed[], seed: number, runs: number): Promise<FuzzResult> {
  const findings: Finding[] = [];
  let [compiled, slowestMs] = [0, 0];
  for (let current = seed; current < seed + runs; current++) {
    const files = filesFor(seeds, seeded(current));
    const started = process.cpuUsage();
    const { ok, broken } = await tryFiles(files);
    const ms = process.cpuUsage(started).user / 1_000;
    slowestMs = Math.max(slowestMs, ms);
    if (ok) compiled++;
    const what = broken ?? (ms > MAX_MS ? `took ${Math.round(ms)} ms of the processor` : undefined);
    if (what !== undefined) findings.push({ seed: current, text: files[PATH] ?? '', what });
  }
  return { texts: runs, compiled, slowestMs, findings };
}

type Files = Readonly<Record<string, string>>;

const TEMPLATE = 'parameters:\n- { name: p, default: x }\nsteps:\n- script: ${{ parameters.p }}\n';

/** A third follows the grammar, half of these with a change; the others are changed seeds. */
function filesFor(seeds: readonly Seed[], random: Random): Files {
  const others = seeds.map(({ yaml }) => yaml);
  if (random() < 1 / 3) {
    const text = grammatical(random);
    return { 't.yml': TEMPLATE, [PATH]: random() < 0.5 ? text : mutated(text, random, others) };
  }
  const { yaml, files } = pick(random, seeds);
  const [template] = Object.keys(files);
  if (template === undefined || random() < 0.5) return { ...files, [PATH]: mutated(yaml, random, others) };
  return { ...files, [template]: mutated(files[template] ?? '', random, others), [PATH]: yaml };
}

async function tryFiles(files: Files): Promise<{ ok: boolean; broken: string | undefined }> {
  const request: CompileRequest = {
    files: { read: async (path) => files[path] },
    path: PATH,
    repositories: async ({ alias }) => ({ read: async (path) => files[`${path}@${alias}`] }),
  };
  try {
    const result = await compile(request);
    const again = await compile(request);
    if (JSON.stringify(result) !== JSON.stringify(again)) return { ok: result.ok, broken: 'has two answers' };
    const broken = withoutReason(result) ?? firstOutside(result, files);
    if (broken !== undefined || !result.ok) return { ok: result.ok, broken };
    const changed = await changeByExpanding(result.plan, request);
    return { ok: true, broken: changed && `the expanded YAML makes another plan: ${changed}` };
  } catch (error) {
    return { ok: false, broken: `threw ${error instanceof Error ? error.stack : String(error)}` };
  }
}

function diagnosticsOf(result: CompileResult): readonly Diagnostic[] {
  return result.ok ? result.warnings : result.diagnostics;
}

function withoutReason(result: CompileResult): string | undefined {
  const diagnostics = diagnosticsOf(result);
  if (result.ok === diagnostics.some(({ severity }) => severity === 'error')) return 'the reason is missing';
  const odd = diagnostics.find(
    ({ code, message, help }) => !Object.hasOwn(diagnosticTable, code) || message === '' || help === '',
  );
  return odd && `a diagnostic without text or row: ${JSON.stringify(odd)}`;
}

function firstOutside(result: CompileResult, files: Files): string | undefined {
  for (const { code, range, chain = [] } of diagnosticsOf(result)) {
    const outside = [range, ...chain].find((one) => !isInside(one, files[one.file]));
    if (outside !== undefined) return `${code} at ${JSON.stringify(outside)}`;
  }
  return undefined;
}

/** Columns count from 1, and an end may be just behind the last character of its line. */
function isInside({ line, column, endLine, endColumn }: SourceRange, text: string | undefined): boolean {
  if (text === undefined) return false;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const widthOf = (number: number): number => (lines[number - 1] ?? '').length + 2;
  const ordered = endLine > line || (endLine === line && endColumn >= column);
  return (
    ordered &&
    line >= 1 &&
    endLine <= lines.length &&
    column >= 1 &&
    column <= widthOf(line) &&
    endColumn <= widthOf(endLine)
  );
}
