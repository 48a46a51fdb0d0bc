import { cliReference } from './generate/cli-reference.ts';
import { conformancePage } from './generate/conformance.ts';
import { diagnosticsPage } from './generate/diagnostics-page.ts';
import { functionsReference } from './generate/functions-reference.ts';
import { editorSchemaFile, policySchemaFile } from './generate/editor-schema.ts';
import type { Generator } from './generate/generated-file.ts';
import { keysReference } from './generate/keys-reference.ts';
import { lockPolicyTable } from './generate/lock-policy-table.ts';
import { queueingPage } from './generate/queueing-page.ts';
import { mistakesPage } from './generate/mistakes-page.ts';
import { openApiFile } from './generate/open-api-file.ts';
import { permissionsReference } from './generate/permissions-reference.ts';
import { predefinedReference } from './generate/predefined-reference.ts';
import { refusalsReference } from './generate/refusals-reference.ts';
import { restReference } from './generate/rest-reference.ts';
import { restShapes } from './generate/rest-shapes.ts';
import { tasksReference } from './generate/tasks-reference.ts';

/** Every generator `npm run generate` runs. Add yours here; it lives in scripts/generate/. */
export const generators: readonly Generator[] = [
  cliReference,
  diagnosticsPage,
  editorSchemaFile,
  functionsReference,
  keysReference,
  lockPolicyTable,
  queueingPage,
  mistakesPage,
  openApiFile,
  permissionsReference,
  policySchemaFile,
  predefinedReference,
  refusalsReference,
  restReference,
  restShapes,
  tasksReference,
  // The last one, because it refuses to work while tests fail.
  conformancePage,
];
