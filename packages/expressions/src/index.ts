export {
  EXPRESSION_ERRORS,
  type ExpressionError,
  type ExpressionErrorCode,
  type TextRange,
} from './errors.ts';
export { decide, evaluate, type EvaluateResult } from './evaluate/evaluate.ts';
export { newEffort, type Effort } from './evaluate/effort.ts';
export type { Environment } from './evaluate/environment.ts';
export type {
  CounterProvider,
  NodeStatus,
  ParentState,
  StatusView,
  StepStatus,
} from './functions/context.ts';
export { findFunction, FUNCTIONS } from './functions/catalog.ts';
export {
  ANY_NUMBER,
  type ExampleData,
  type FunctionExample,
  type FunctionGroup,
  type FunctionRecord,
  type FunctionSignature,
} from './functions/record.ts';
export * from './limits.ts';
export { expandMacros, macroNames, macroParts, type VariableLookup } from './macros/text.ts';
export { expandVariables, type ExpandedVariables, type MacroWarning } from './macros/variables.ts';
export { offers, PLACES, type Place, type PlaceName } from './place.ts';
export { didYouMean } from './suggest.ts';
export { referencedNames, type Reference, type ReferencedNames } from './syntax/names.ts';
export { parse, parseCondition, type ParseResult } from './syntax/parser.ts';
export { printExpression } from './syntax/print.ts';
export type { AccessLink, AccessNode, CallNode, Expression, LiteralNode, NameNode } from './syntax/tree.ts';
export { equalValues } from './values/compare.ts';
export { toBoolean, toDecimal, toText } from './values/convert.ts';
export { fromData } from './values/data.ts';
export { decimalText, floorDecimal, parseDecimal, type Decimal } from './values/decimal.ts';
export { foldCase, isWhiteSpace, sameText, trimText } from './values/fold.ts';
export {
  arrayValue,
  booleanValue,
  dateTimeValue,
  isPartial,
  NULL,
  numberValue,
  objectValue,
  parametersValue,
  stringValue,
  UNKNOWN,
  variablesValue,
  type ArrayValue,
  type MissingKey,
  type ObjectOptions,
  type ObjectValue,
  type Value,
  type ValueKind,
} from './values/value.ts';
