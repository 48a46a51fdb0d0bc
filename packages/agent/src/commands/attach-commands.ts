import { basename, resolve } from 'node:path';
import { ATTACHMENT_TYPES, attachFile } from '../results/attach-file.ts';
import type { CommandHandler, CommandTarget } from './command-target.ts';

/** What no file name may have, on any system: types and names become parts of paths. */
const NOT_IN_NAMES = /[\p{Cc}"<>|:*?\\/]/u;

/** `task.addattachment`: a file for the record of the step (LOG-19). */
const addAttachment: CommandHandler = ({ properties, data }, target) => {
  const type = properties.get('type')?.trim() ?? '';
  const name = properties.get('name')?.trim() ?? '';
  if (type === '') return 'The property "type" is missing.';
  if (name === '') return 'The property "name" is missing.';
  if (NOT_IN_NAMES.test(type))
    return `"${type}" cannot be a type: it has characters that no file name may have.`;
  if (NOT_IN_NAMES.test(name))
    return `"${name}" cannot be a name: it has characters that no file name may have.`;
  return attach(target, { type, name, data });
};

/** `task.uploadsummary` and the other commands that attach a file under its own name (LOG-20, LOG-21, LOG-32, LOG-33). */
function attachOwn(type: string): CommandHandler {
  return ({ data }, target) => attach(target, { type, name: undefined, data });
}

interface Wish {
  readonly type: string;
  /** Absent: the file's. */
  readonly name: string | undefined;
  readonly data: string;
}

function attach(target: CommandTarget, { type, name, data }: Wish): string | undefined {
  const file = data.trim();
  if (file === '') return 'The path of the file is missing.';
  const path = resolve(target.variables.text('System.DefaultWorkingDirectory') || '.', file);
  // A secret in a file's name would be in the list of attachments for everybody to read.
  const shown = target.masker.mask(name ?? basename(path));
  const step = target.stepName;
  target.afterwards(async (files, signal) => {
    await attachFile(files, { step, type: target.masker.mask(type), name: shown, path }, signal);
    return undefined;
  });
  return undefined;
}

/** The commands of the area `task` that attach files. */
export const ATTACH_COMMANDS: ReadonlyMap<string, CommandHandler> = new Map([
  ['addattachment', addAttachment],
  ['uploadsummary', attachOwn(ATTACHMENT_TYPES.summary)],
  ['uploadfile', attachOwn(ATTACHMENT_TYPES.file)],
]);

/** Those of the area `build`. */
export const BUILD_ATTACH_COMMANDS: ReadonlyMap<string, CommandHandler> = new Map([
  ['uploadsummary', attachOwn(ATTACHMENT_TYPES.summary)],
  ['uploadlog', attachOwn(ATTACHMENT_TYPES.log)],
]);
