import { download, publish } from './artifacts.ts';
import { bash } from './bash.ts';
import { checkout } from './checkout.ts';
import { powershell, pwsh } from './powershell.ts';
import { script } from './script.ts';
import type { Shortcut } from './shortcut.ts';

/** Every shortcut step by its key. `pwsh` stands before `powershell`: it sets more inputs of the same task. */
export const shortcuts: ReadonlyMap<string, Shortcut> = new Map(
  [script, bash, pwsh, powershell, checkout, publish, download].map((one) => [one.key, one]),
);

/** Steps of the language that this version does not have yet. */
export const laterSteps: ReadonlySet<string> = new Set(['downloadBuild', 'getPackage', 'reviewApp']);
