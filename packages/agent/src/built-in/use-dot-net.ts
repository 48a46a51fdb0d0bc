import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { failed, SUCCEEDED, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { sourcePath } from './input-path.ts';
import { askProgram } from './run-program.ts';
import { prependPath, setVariable, takes } from './tool-versions.ts';

/** UseDotNet@2: a .NET that is on the machine already; sets `DOTNET_ROOT`. */
export const useDotNet: StepHandler = builtIn('UseDotNet@2', async (step) => {
  const { inputs, output, environment, place } = step;
  const isSdk = inputs.text('packageType').toLowerCase() !== 'runtime';
  const range = inputs.isTrue('useGlobalJson') ? await globalJson(step) : inputs.text('version');
  if (range === undefined) return failed('There is no global.json with the version of an SDK.');
  if (range === '') return failed('Input required: version');
  const prerelease = inputs.isTrue('includePreviewVersions');
  const folder = resolve(step.layout.sources, inputs.text('installationPath'));
  const below = isSdk ? join(folder, 'sdk') : join(folder, 'shared', 'Microsoft.NETCore.App');
  const kept = await readdir(below).catch(() => []);
  if (kept.some((version) => takes(range, version, prerelease))) {
    output.info(`.NET ${range} from ${folder}`);
    setVariable(step, 'DOTNET_ROOT', folder);
    prependPath(step, folder);
    return SUCCEEDED;
  }
  const listed = await askProgram(step, {
    name: 'dotnet',
    args: [isSdk ? '--list-sdks' : '--list-runtimes'],
  });
  const found = versionsIn(listed ?? '').find((version) => takes(range, version, prerelease));
  const file = place.program('dotnet', environment);
  if (found !== undefined && file !== undefined) {
    output.info(`.NET ${found} from PATH`);
    if (place.container === undefined) prependPath(step, dirname(file));
    return SUCCEEDED;
  }
  const what = isSdk ? 'SDK' : 'runtime';
  return failed(
    `There is no .NET ${what} ${range} on this machine: neither in ${folder} nor on PATH. Nothing is downloaded.`,
  );
});

function versionsIn(list: string): readonly string[] {
  return list.split('\n').flatMap((line) => /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(line)?.[0] ?? []);
}

/** The version of the nearest global.json, upwards from the working directory. */
async function globalJson(step: StepTry): Promise<string | undefined> {
  for (let folder = sourcePath(step, 'workingDirectory'); ; folder = dirname(folder)) {
    const text = await readFile(join(folder, 'global.json'), 'utf8').catch(() => undefined);
    const version = text === undefined ? undefined : /"version"\s*:\s*"([^"]+)"/.exec(text)?.[1];
    if (version !== undefined) return version;
    if (folder === dirname(folder)) return undefined;
  }
}
