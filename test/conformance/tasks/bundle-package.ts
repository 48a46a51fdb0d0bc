import { copyFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const PACKAGES = fileURLToPath(new URL('packages/', import.meta.url));

/** The names of the task packages beside this file. */
export const PACKAGE_NAMES: readonly string[] = readdirSync(PACKAGES);

/**
 * Builds a task package in the form in which tasks are published: task.json, and for each of its sources one CommonJS
 * file with the task library in it. Answers the folder.
 */
export async function bundlePackage(name: string): Promise<string> {
  const source = join(PACKAGES, name);
  const folder = mkdtempSync(join(tmpdir(), `signalbox-task-${name}-`));
  copyFileSync(join(source, 'task.json'), join(folder, 'task.json'));
  for (const file of readdirSync(source).filter((one) => one.endsWith('.ts'))) {
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: join(source, file),
        outDir: folder,
        emptyOutDir: false,
        target: 'node20',
        minify: true,
        rolldownOptions: {
          output: { format: 'cjs', entryFileNames: `${basename(file, '.ts')}.js`, codeSplitting: false },
        },
      },
    });
  }
  return folder;
}
