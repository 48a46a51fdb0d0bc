import { diagnosticsReference } from '../../packages/compiler/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';

/** `docs/reference/diagnostics.md`: every code that the compiler can report. */
export function diagnosticsPage(): readonly GeneratedFile[] {
  return [{ path: 'docs/reference/diagnostics.md', text: diagnosticsReference() }];
}
