// How fast pipelines compile: the real ones of the corpus, where it lies beside the repository, against the bare YAML
// parser on the same files in the same process; and one pipeline as large as the limits allow.
import { compile, type CompileRequest, type FileProvider } from '@signalbox/compiler';
import { parseDocument } from 'yaml';
import { hasCorpus } from '../../packages/compiler/test/corpus/folder.ts';
import { realRoots, requestFor } from '../../packages/compiler/test/corpus/real-roots.ts';
import { milliseconds, percentile, printTable } from '../support/bench.ts';

const ROUNDS = 3;
const STAGES = 1_000;
const JOBS_PER_STAGE = 5;

/** A pipeline in memory: what it is compiled from, and the texts of all files that this reads. */
interface Prepared {
  readonly request: CompileRequest;
  readonly texts: readonly string[];
}

/** Compiles once, so that the measured times hold no reading of files. */
async function prepare(request: CompileRequest): Promise<Prepared> {
  const known = new Map<string, string | undefined>();
  const remembered = (files: FileProvider, of: string): FileProvider => ({
    async read(path) {
      const key = `${of} ${path}`;
      if (!known.has(key)) known.set(key, await files.read(path));
      return known.get(key);
    },
  });
  const prepared: CompileRequest = {
    ...request,
    files: remembered(request.files, ''),
    async repositories(repository) {
      const files = await request.repositories?.(repository);
      return files === undefined || 'unavailable' in files ? files : remembered(files, repository.alias);
    },
  };
  await compile(prepared);
  return { request: prepared, texts: [...known.values()].filter((text) => text !== undefined) };
}

/** The time of one compilation in milliseconds. */
async function timeOf({ request }: Prepared): Promise<number> {
  const began = performance.now();
  await compile(request);
  return performance.now() - began;
}

/** The time that the library needs for the same texts, with its quadratic check for unique keys switched off. */
function bareTimeOf({ texts }: Prepared): number {
  const began = performance.now();
  for (const text of texts) parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  return performance.now() - began;
}

async function benchRealPipelines(): Promise<void> {
  const all = [];
  for (const root of realRoots()) all.push(await prepare(requestFor(root)));
  const files = all.reduce((sum, { texts }) => sum + texts.length, 0);
  const table = [
    ['round', 'all', 'files/s', 'p50', 'p99', 'bare YAML', 'times bare YAML, p50', 'p99', 'peak memory'],
  ];
  for (let round = 1; round <= ROUNDS; round++) {
    const times: number[] = [];
    const bare: number[] = [];
    for (const one of all) {
      times.push(await timeOf(one));
      bare.push(bareTimeOf(one));
    }
    const total = sum(times);
    const ratios = times.map((time, at) => time / (bare[at] ?? Number.NaN));
    table.push([
      String(round),
      milliseconds(total),
      ((1000 * files) / total).toFixed(0),
      milliseconds(percentile(times, 0.5)),
      milliseconds(percentile(times, 0.99)),
      milliseconds(sum(bare)),
      percentile(ratios, 0.5).toFixed(2),
      percentile(ratios, 0.99).toFixed(2),
      peakMemory(),
    ]);
  }
  printTable(`${all.length} real pipelines of ${files} files; aim: 5 times bare YAML at the median`, table);
}

async function benchLimits(): Promise<void> {
  const jobs = Array.from(
    { length: JOBS_PER_STAGE },
    (_, job) => `  - job: j${job}\n    steps:\n    - script: make\n`,
  );
  const stages = Array.from(
    { length: STAGES },
    (_, stage) => `- stage: s${stage}\n  jobs:\n${jobs.join('')}`,
  );
  const text = `stages:\n${stages.join('')}`;
  const prepared = await prepare({ files: { read: async () => text }, path: 'p.yml' });
  const times: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 5; round++) {
    times.push(await timeOf(prepared));
    bare.push(bareTimeOf(prepared));
  }
  printTable(`${STAGES} stages, ${STAGES * JOBS_PER_STAGE} jobs, ${text.length} bytes; aim: 1 s`, [
    ['', 'best', 'median', 'worst'],
    ['compile', ...spread(times)],
    ['bare YAML', ...spread(bare)],
    ['peak memory', peakMemory()],
  ]);
}

function spread(times: readonly number[]): string[] {
  return [Math.min(...times), percentile(times, 0.5), Math.max(...times)].map(milliseconds);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The most that the process has ever used; it never falls. */
function peakMemory(): string {
  return `${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`;
}

await benchLimits();
if (hasCorpus) await benchRealPipelines();
else console.log('  Real pipelines were not measured: there is no corpus beside the repository.');
