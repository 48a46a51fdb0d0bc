// Plain JavaScript, because it runs before anything is built.
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';

/** The checkout this file lies in, when it lies in one. */
export const repositoryRoot = new URL('../../../', import.meta.url);

const stamp = new URL('node_modules/.cache/signalbox/build-stamp', repositoryRoot);
const packages = new URL('packages/', repositoryRoot);

/** Whether the sources lie beside this file; false in a published package. */
export function isCheckout() {
  return (
    existsSync(new URL('tsconfig.base.json', repositoryRoot)) &&
    existsSync(new URL('scripts/build.ts', repositoryRoot)) &&
    existsSync(new URL('cli/src/main.ts', packages))
  );
}

/** Whether any package has no `dist`, or any source is newer than the last complete build. */
export function buildIsNeeded() {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return packageFolders().some((folder) => !isBuilt(folder) || isNewer(folder, built));
}

/** Records that a build which began at `startedAt` is complete; later edits make it stale. */
export function markBuilt(/** @type {Date} */ startedAt) {
  mkdirSync(new URL('.', stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}

function packageFolders() {
  return readdirSync(packages)
    .map((name) => new URL(`${name}/`, packages))
    .filter((folder) => existsSync(new URL('package.json', folder)));
}

function isBuilt(/** @type {URL} */ folder) {
  return ['dist/index.js', 'dist/index.html'].some((file) => existsSync(new URL(file, folder)));
}

function isNewer(/** @type {URL} */ folder, /** @type {number} */ time) {
  const own = ['package.json', 'tsconfig.json', 'index.html', 'vite.config.ts'];
  if (own.some((file) => modified(new URL(file, folder)) > time)) return true;
  return treeIsNewer(new URL('src/', folder), time);
}

/**
 * Folder times count too: they change when a file is deleted or renamed.
 * @returns {boolean}
 */
function treeIsNewer(/** @type {URL} */ folder, /** @type {number} */ time) {
  if (modified(folder) > time) return true;
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? treeIsNewer(new URL(`${encodeURIComponent(entry.name)}/`, folder), time)
      : modified(new URL(encodeURIComponent(entry.name), folder)) > time,
  );
}

function modified(/** @type {URL} */ file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
