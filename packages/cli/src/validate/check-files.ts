import { compile, type CompileResult, type FileProvider } from '@signalbox/compiler';
import type { Diagnostic } from '@signalbox/model';
import { dirname, join } from 'node:path';
import { compileRequestOf, type CompileOptions } from '../local/compile-options.ts';
import { createPipelineFinder, STDIN_NAME, type LocalPipeline } from '../local/pipeline-finder.ts';
import type { FoundFile } from './find-files.ts';

/** What came of one file. */
export interface CheckedFile {
  /** As a person would name it from here. */
  readonly name: string;
  /** The root of its repository; places in diagnostics are relative to it. */
  readonly root: string;
  /** Found, not named, and another file found names it as its template: it is looked at there, with parameters. */
  readonly template: boolean;
  readonly valid: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined for a file that is not valid. */
  readonly size: { readonly stages: number; readonly jobs: number } | undefined;
}

/** How to check. */
export interface CheckOptions extends CompileOptions {
  /** The text that `-` stands for. */
  readonly input: () => Promise<string>;
  readonly onProgress: (done: number, name: string) => void;
}

/** Compiles files one after the other, in their order. */
export async function checkFiles(
  files: readonly FoundFile[],
  options: CheckOptions,
): Promise<readonly CheckedFile[]> {
  const finder = createPipelineFinder(options.root);
  const included = new Set<string>();
  const checked: {
    readonly file: Omit<CheckedFile, 'template'>;
    readonly place: string;
    readonly named: boolean;
  }[] = [];
  for (const [index, { name, named }] of files.entries()) {
    options.onProgress(index, name);
    const pipeline = name === '-' ? await finder.fromText(await options.input()) : await finder.find(name);
    const place = join(pipeline.root, pipeline.path);
    if (!named) for (const file of await referencesOf(pipeline)) if (file !== place) included.add(file);
    const noting = {
      ...pipeline,
      files: noteReads(pipeline, (file) => file !== place && included.add(file)),
    };
    const result = await compile({ ...(await compileRequestOf(noting, options)), assumeParameters: true });
    const shown = name === '-' ? STDIN_NAME : name;
    checked.push({ file: outcome(shown, pipeline, result), place, named });
  }
  return checked.map(({ file, place, named }) => ({ ...file, template: !named && included.has(place) }));
}

/** What a file names as its templates, in branches that are not taken, too. Names that are computed are left out. */
async function referencesOf({ root, path, files }: LocalPipeline): Promise<readonly string[]> {
  const text = (await files.read(path)) ?? '';
  const references = text.matchAll(/^[\s-]*template:\s*(['"]?)([^\s'"#@]+)(?:@self)?\1\s*(?:#.*)?$/gim);
  return [...references].map(([, , name = '']) =>
    name.startsWith('/') ? join(root, name) : join(root, dirname(path), name),
  );
}

function noteReads({ root, files }: LocalPipeline, note: (file: string) => unknown): FileProvider {
  return {
    read(path) {
      note(join(root, path));
      return files.read(path);
    },
  };
}

function outcome(
  name: string,
  { root }: LocalPipeline,
  result: CompileResult,
): Omit<CheckedFile, 'template'> {
  if (!result.ok) return { name, root, valid: false, diagnostics: result.diagnostics, size: undefined };
  const { stages } = result.plan;
  const jobs = stages.reduce((sum, stage) => sum + stage.jobs.length, 0);
  return { name, root, valid: true, diagnostics: result.warnings, size: { stages: stages.length, jobs } };
}
