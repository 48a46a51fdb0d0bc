export {
  compile,
  type CompileRequest,
  type CompileResult,
  type FileProvider,
  type UnavailableRepository,
} from './compile.ts';
export { declaredParameters, type DeclaredParameter } from './expand/parameters/declared-parameters.ts';
export type { RunFacts } from './expand/predefined-variables.ts';
export { formatDiagnostics } from './diagnostics.ts';
export { diagnosticsReference } from './diagnostics-reference.ts';
export { diagnosticTable, type DiagnosticCode, type DiagnosticRow } from './diagnostic-table.ts';
export { expandedYaml } from './write/expanded-yaml.ts';
export { language, languageTables, type LanguageKey } from './plan/language.ts';
export type { Shape } from './plan/shape.ts';
export { editorSchema } from './schema/editor-schema.ts';
export type { JsonSchema } from './schema/shape-schema.ts';
export { drawPlan, GRAPH_FORMATS, type GraphFormat } from './draw/draw-plan.ts';
export { explainLine, type Explanation, type ExplainResult, type Reason } from './explain/explain-line.ts';
export { azureYaml, type AzureYaml } from './write/azure-yaml.ts';
export { readTriggers, type DeclaredTriggers } from './plan/triggers/read-triggers.ts';
export { reachOf, type StageReach } from './reach/reach.ts';
export { namedInInputs } from './reach/task-inputs.ts';
export { reachText } from './reach/reach-text.ts';
export {
  policyResourceKey,
  type LockWish,
  type PolicyLock,
  type PolicyResource,
  type PolicyResourceKind,
} from './policy/policy-lock.ts';
export { policySchema } from './policy/policy-schema.ts';
export { policyText } from './policy/policy-text.ts';
export { readPolicyFile, type PolicyFileResult } from './policy/read-policy-file.ts';
