import { mkdir, stat } from 'node:fs/promises';
import { EXTRACT_BOUNDS } from '../limits.ts';
import { defaultFolder } from '../steps/script-file.ts';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { unpackZip } from '../files/unpack-zip.ts';
import { builtIn } from './built-in.ts';
import { findFiles } from './find-files.ts';
import { emptyFolder, isRoot, sourcePath } from './input-path.ts';
import { runProgram } from './run-program.ts';

/** ExtractFiles@1: zip in this process; tar and 7z with the programs of those names. */
export const extractFiles: StepHandler = builtIn('ExtractFiles@1', async (step) => {
  const { inputs, output } = step;
  if (inputs.text('destinationFolder') === '') return failed('Input required: destinationFolder');
  const folder = sourcePath(step, 'destinationFolder');
  const found = await findFiles(inputs.text('archiveFilePatterns'), {
    root: defaultFolder(step),
    dot: true,
    followLinks: true,
    signal: step.stop,
  });
  const statuses = await Promise.all(found.map((path) => stat(path)));
  const archives = found.filter((_, at) => statuses[at]?.isFile() === true);
  if (archives.length === 0) return failed('No archive matches the input "archiveFilePatterns".');
  if (inputs.isTrue('cleanDestinationFolder')) {
    if (isRoot(folder) || archives.some((path) => path.startsWith(`${folder}/`))) {
      return failed(`The folder ${folder} cannot be cleaned: it holds the archive.`);
    }
    await emptyFolder(folder);
  }
  await mkdir(folder, { recursive: true });
  for (const archive of archives) {
    output.info(`Extracting ${archive} to ${folder}`);
    const end = await extract(step, archive, folder);
    if (end.kind === 'failed') return end;
  }
  return SUCCEEDED;
});

const ZIP = /\.(?:zip|jar|war|ear|nupkg|vsix)$/i;
const TAR = /\.(?:tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz|z))$/i;

async function extract(step: StepTry, archive: string, folder: string): Promise<StepEnd> {
  const overwrite = step.inputs.isTrue('overwriteExistingFiles');
  if (ZIP.test(archive)) {
    try {
      const count = await unpackZip(archive, {
        folder,
        bounds: EXTRACT_BOUNDS,
        signal: step.stop,
        ...(overwrite && { overwrite: true as const }),
      });
      step.output.info(`Extracted ${count} files and folders.`);
      return SUCCEEDED;
    } catch (error) {
      return failed(
        `${archive} cannot be extracted: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  if (TAR.test(archive)) {
    const keep = overwrite ? [] : ['--keep-old-files'];
    return runProgram(step, { name: 'tar', args: ['-xf', archive, '-C', folder, ...keep], cwd: folder });
  }
  const program = step.inputs.text('pathToSevenZipTool') || '7z';
  return runProgram(step, {
    name: program,
    args: ['x', overwrite ? '-aoa' : '-aos', `-o${folder}`, archive],
    cwd: folder,
  });
}
