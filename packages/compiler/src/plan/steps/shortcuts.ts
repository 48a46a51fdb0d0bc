import { download, publish, upload } from './artifacts.ts';
import { bash } from './bash.ts';
import { checkout } from './checkout.ts';
import { downloadBuild, getPackage } from './downloads.ts';
import { powershell, pwsh } from './powershell.ts';
import { reviewApp } from './review-app.ts';
import { script } from './script.ts';
import type { Shortcut } from './shortcut.ts';

const all: readonly Shortcut[] = [
  script,
  bash,
  pwsh,
  powershell,
  checkout,
  publish,
  upload,
  download,
  downloadBuild,
  getPackage,
  reviewApp,
];

/**
 * Every shortcut step by its key. Of those for the same task the first that fits is written: `pwsh` sets more inputs
 * than `powershell`, and `upload` is only a former word.
 */
export const shortcuts: ReadonlyMap<string, Shortcut> = new Map(all.map((one) => [one.key, one]));
