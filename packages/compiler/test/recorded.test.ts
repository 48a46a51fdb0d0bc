import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, formatDiagnostics } from '@signalbox/compiler';
import type { CompileResult } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';

// Answers recorded from the real service, each expression in a file with the place where it stood. They are not part
// of the project: beside a checkout that has none, the tests are skipped.
const recording = fileURLToPath(
  new URL('../../../../shared/corpus/expr/recorded-service.json', import.meta.url),
);
const absent = !existsSync(recording);

interface Vector {
  readonly expr: string;
  readonly slot: string;
  readonly parameters?: Record<string, unknown>;
  readonly text?: string;
  readonly error?: boolean;
}

const vectors = absent
  ? []
  : (JSON.parse(readFileSync(recording, 'utf8')) as { vectors: readonly Vector[] }).vectors;

/** What stood in the file around most expressions. */
const AROUND = { myVar: 'varValue', 'My.Var': 'dottedValue' };
const PARAMETERS = { myParam: 'paramValue', obj: { a: 1 } };

/** The service refused these because their environment does not exist (DEP-4, REC-152). */
const REFUSED_FOR_ENVIRONMENT = 'deployment-scoped-runtime-var';

/** A pipeline with the expression in its place, as data. */
function pipelineOf({ expr, slot, text, error, parameters }: Vector): object {
  // A refusal of `parameters.myParam` was recorded in a file that declares none.
  const given = parameters ?? (error === true ? {} : PARAMETERS);
  const declared = Object.entries(given).map(([name, value]) =>
    typeof value === 'string' ? { name, default: value } : { name, type: 'object', default: value },
  );
  const steps = [{ script: 'x' }];
  const around = text === 'variable-value' ? { MyVar: text } : AROUND;
  const root = { parameters: declared, variables: around };
  const template = expr.startsWith('${{') ? expr : `\${{${expr.startsWith(' ') ? expr : ` ${expr} `}}}`;
  const inJob = { job: 'j', steps };
  switch (slot) {
    case 'runtime':
    case 'runtime-var':
    case 'runtime-variable':
      return { ...root, variables: { ...around, probe: `$[${expr}]` }, steps };
    case 'job-scoped-runtime-var':
      return { ...root, jobs: [{ ...inJob, variables: { probe: `$[${expr}]` } }] };
    case REFUSED_FOR_ENVIRONMENT:
      return { ...root, jobs: [deployment({ probe: `$[${expr}]` })] };
    case 'job-condition':
      return {
        ...root,
        jobs: [
          { job: 'A', steps },
          { ...inJob, dependsOn: 'A', condition: expr },
        ],
      };
    case 'stage-condition':
      return {
        ...root,
        stages: [
          { stage: 'A', jobs: [inJob] },
          { stage: 'B', condition: expr, jobs: [inJob] },
        ],
      };
    case 'step-condition':
      return { ...root, steps: [{ script: 'x', condition: expr }] };
    case 'if-directive':
      return { ...root, steps: [{ [`\${{ if ${expr} }}`]: steps }] };
    default:
      return { ...root, variables: { ...around, probe: template }, steps };
  }
}

function deployment(variables: Record<string, string>): object {
  const strategy = { runOnce: { deploy: { steps: [{ script: 'x' }] } } };
  return { deployment: 'd', environment: 'e', variables, strategy };
}

function compiled(vector: Vector): Promise<CompileResult> {
  // One line each: a folded text would be another expression.
  const text = stringify(pipelineOf(vector), { lineWidth: 0, aliasDuplicateObjects: false });
  // As a preview, which makes no environment: none was there.
  return compile({ files: { read: async () => text }, path: 'p.yml', parameters: {}, environments: [] });
}

describe('expressions that the service printed, refused or accepted, each in its place', () => {
  it.skipIf(!absent)('is skipped: no recorded answers beside this checkout', () => undefined);

  for (const [index, vector] of vectors.entries()) {
    it(`${index} ${vector.slot}: ${vector.expr.slice(0, 80)}`, async () => {
      const result = await compiled(vector);
      const story = result.ok ? 'a plan' : formatDiagnostics(result.diagnostics);
      expect(result.ok, story).toBe(vector.error !== true);
      const code = vector.slot === REFUSED_FOR_ENVIRONMENT ? /^environment-not-found$/ : /^expression-/;
      if (!result.ok) for (const one of result.diagnostics) expect(one.code).toMatch(code);
      else if (vector.text !== undefined)
        expect(result.plan.variables).toContainEqual(
          expect.objectContaining({ name: 'probe', value: vector.text }),
        );
    });
  }
});
