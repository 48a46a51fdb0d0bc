import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Programs that scripts really get: they only look, print, or work inside their folder. */
export const REAL =
  'sh bash env cat ls mkdir head tail grep sed tr cut sort uniq wc tee basename dirname date uname seq git touch id which readlink realpath'.split(
    ' ',
  );

/** A folder for the PATH, full of stand-ins that write down how they were called, and nothing else but a few real ones. */
export class StandIns {
  readonly path: string;
  readonly #record: string;

  constructor(folder: string) {
    this.path = join(folder, 'bin');
    this.#record = join(folder, 'calls');
    mkdirSync(this.path);
    writeFileSync(this.#record, '');
    // The run is not root's.
    chmodSync(this.#record, 0o666);
    for (const name of REAL) {
      const real = whichOf(name);
      if (real !== undefined) symlinkSync(real, join(this.path, name));
    }
  }

  /** A program of that name on the PATH; what is really there stays. `says`: what it prints. */
  program(name: string, says?: string): void {
    this.#write(join(this.path, name), name, says);
  }

  /** A script of the repository; one that is there stays. */
  script(root: string, path: string): void {
    const file = join(root, path);
    if (!file.startsWith(root)) return;
    mkdirSync(dirname(file), { recursive: true });
    this.#write(file, path);
  }

  /** What was called, in order: name and arguments with one blank between. */
  calls(): readonly string[] {
    const calls = readFileSync(this.#record, 'utf8').split('\n');
    return calls.map((call) => call.trim().split(/\s+/).join(' ')).filter((call) => call !== '');
  }

  /** A line for each call, in one write, so that calls at the same time do not mix. */
  #write(file: string, name: string, says?: string): void {
    if (existsSync(file)) return;
    const script = `#!/bin/bash\ncall="${name} $*"\nprintf '%s\\n' "\${call//$'\\n'/ }" >> '${this.#record}'\n${says === undefined ? '' : `echo '${says}'\n`}`;
    writeFileSync(file, script, { mode: 0o755 });
  }
}

function whichOf(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
