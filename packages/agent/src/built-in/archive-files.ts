import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { findFiles } from './find-files.ts';
import { sourcePath } from './input-path.ts';
import { runProgram } from './run-program.ts';

/** ArchiveFiles@2: zip in this process; tar and 7z with the programs of those names. */
export const archiveFiles: StepHandler = builtIn('ArchiveFiles@2', async (step) => {
  const { inputs, output } = step;
  const root = sourcePath(step, 'rootFolderOrFile');
  const archive = sourcePath(step, 'archiveFile');
  const status = await stat(root).catch(() => undefined);
  if (status === undefined) return failed(`There is no file or folder ${root}.`);
  const exists = (await stat(archive).catch(() => undefined)) !== undefined;
  if (exists && !inputs.isTrue('replaceExistingArchive')) {
    return failed(`The archive ${archive} exists; set "replaceExistingArchive" to replace it.`);
  }
  await rm(archive, { recursive: true, force: true });
  await mkdir(dirname(archive), { recursive: true });
  output.info(`Archiving ${root} to ${archive}`);
  // What the archive holds begins here: at the folder itself, or at what is in it.
  const isWhole = !status.isDirectory() || inputs.isTrue('includeRootFolder');
  const part = { root, archive, base: isWhole ? dirname(root) : root };
  const type = inputs.text('archiveType').toLowerCase();
  switch (type) {
    case 'zip':
    case 'default':
      return zip(step, part);
    case 'tar':
      return tar(step, part);
    case '7z':
    case 'wim':
      return sevenZip(step, part, type);
    default:
      return failed(`The input "archiveType" must be one of zip, 7z, tar, wim.`);
  }
});

interface Part {
  readonly root: string;
  readonly archive: string;
  readonly base: string;
}

async function zip(step: StepTry, { root, archive, base }: Part): Promise<StepEnd> {
  const file = new ZipFile();
  const paths = await findFiles(`${root}\n${join(root, '**')}`, {
    root,
    dot: true,
    followLinks: true,
    signal: step.stop,
  });
  let count = 0;
  for (const path of paths) {
    const name = relative(base, path).split(sep).join('/');
    const status = await stat(path).catch(() => undefined);
    if (name === '' || status === undefined || path === archive) continue;
    if (status.isDirectory()) file.addEmptyDirectory(name, { mtime: status.mtime });
    else if (status.isFile()) file.addFile(path, name, { mtime: status.mtime, mode: status.mode });
    count += 1;
    if (step.inputs.isTrue('verbose')) step.output.info(name);
  }
  file.end();
  await pipeline(file.outputStream, createWriteStream(archive), { signal: step.stop });
  step.output.info(`Archived ${count} files and folders.`);
  return SUCCEEDED;
}

const TAR_FLAGS: ReadonlyMap<string, string> = new Map([
  ['gz', 'z'],
  ['bz2', 'j'],
  ['xz', 'J'],
  ['none', ''],
]);

function tar(step: StepTry, { root, archive, base }: Part): Promise<StepEnd> {
  const flag = TAR_FLAGS.get(step.inputs.text('tarCompression').toLowerCase()) ?? 'z';
  const verbose = step.inputs.isTrue('verbose') ? 'v' : '';
  const what = relative(base, root) || '.';
  return runProgram(step, {
    name: 'tar',
    args: [`-c${verbose}${flag}f`, archive, '-C', base, '--', what],
    cwd: base,
  });
}

const LEVELS: ReadonlyMap<string, string> = new Map([
  ['ultra', '9'],
  ['maximum', '7'],
  ['normal', '5'],
  ['fast', '3'],
  ['fastest', '1'],
  ['none', '0'],
]);

function sevenZip(step: StepTry, { root, archive, base }: Part, type: '7z' | 'wim'): Promise<StepEnd> {
  const level = LEVELS.get(step.inputs.text('sevenZipCompression').toLowerCase()) ?? '5';
  const compression = type === '7z' ? [`-mx=${level}`] : [];
  const what = relative(base, root) === '' ? '.' : basename(root);
  return runProgram(step, { name: '7z', args: ['a', `-t${type}`, ...compression, archive, what], cwd: base });
}
