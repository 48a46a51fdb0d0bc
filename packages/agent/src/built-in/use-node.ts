import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { sourcePath } from './input-path.ts';
import { cachedTool, prependPath, programVersion, takes } from './tool-versions.ts';

/** UseNode@1: a Node.js that is on the machine already. */
export const useNode: StepHandler = builtIn('UseNode@1', (step) => use(step, step.inputs.text('version')));

/** NodeTool@0: the same under its former name, with a version from a file as well. */
export const nodeTool: StepHandler = builtIn('NodeTool@0', async (step) => {
  const { inputs } = step;
  if (inputs.text('versionSource').toLowerCase() !== 'fromfile') return use(step, inputs.text('versionSpec'));
  const file = sourcePath(step, 'versionFilePath');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(`The file ${file} cannot be read.`);
  return use(step, text.trim().replace(/^v/, ''));
});

async function use(step: StepTry, range: string): Promise<StepEnd> {
  const { output, place, environment } = step;
  const cached = await cachedTool(step, { name: 'node', range });
  if (cached !== undefined) {
    output.info(`Node.js ${cached.version} from ${cached.folder}`);
    prependPath(step, process.platform === 'win32' ? cached.folder : join(cached.folder, 'bin'));
    return SUCCEEDED;
  }
  const version = await programVersion(step, 'node', ['--version']);
  if (version !== undefined && takes(range, version)) {
    const file = place.program('node', environment);
    output.info(`Node.js ${version} from PATH`);
    if (file !== undefined && place.container === undefined) prependPath(step, dirname(file));
    return SUCCEEDED;
  }
  const there = version === undefined ? 'and none is on PATH' : `and the one on PATH is ${version}`;
  return failed(
    `There is no Node.js ${range} on this machine: none is in ${join(step.layout.tools, 'node')}, ${there}. Nothing is downloaded.`,
  );
}
