import type { Diagnostic } from '@signalbox/model';
import type { CheckedFile } from './check-files.ts';

/** A number with its word, as in `1 stage`, `2 stages`. */
function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** The files that count: templates were checked where they are included. */
export function pipelinesOf(files: readonly CheckedFile[]): readonly CheckedFile[] {
  return files.filter(({ template }) => !template);
}

/** What was found in all files, once each: a template that many include has its mistakes but once. */
export function distinct(files: readonly CheckedFile[]): readonly (Diagnostic & { readonly root: string })[] {
  const found = new Map<string, Diagnostic & { readonly root: string }>();
  for (const { root, diagnostics } of pipelinesOf(files)) {
    for (const one of diagnostics) {
      const { file, line, column } = one.range;
      const key = JSON.stringify([root, file, line, column, one.code, one.message]);
      if (!found.has(key)) found.set(key, { ...one, root });
    }
  }
  return [...found.values()];
}

/** The line at the end; for a single file its sentence. */
export function summary(files: readonly CheckedFile[]): string {
  const pipelines = pipelinesOf(files);
  const found = distinct(files);
  const [only] = pipelines;
  const errors = found.filter(({ severity }) => severity === 'error').length;
  const warnings = found.length - errors;
  if (only !== undefined && files.length === 1) return sentence(only, errors, warnings);
  const bad = pipelines.filter(({ valid }) => !valid).length;
  const parts = [
    `${count(pipelines.length, 'pipeline')}: ${pipelines.length - bad} valid, ${bad} not valid`,
    `${count(errors, 'error')}, ${count(warnings, 'warning')}`,
  ];
  const templates = files.length - pipelines.length;
  if (templates > 0) parts.push(`${count(templates, 'template')} left to the files that include them`);
  return `${parts.join(' · ')}.`;
}

function sentence({ name, size }: CheckedFile, errors: number, warnings: number): string {
  if (size === undefined) return `${name} is not valid: ${count(errors, 'mistake')}.`;
  const what = [count(size.stages, 'stage'), count(size.jobs, 'job')];
  if (warnings > 0) what.push(count(warnings, 'warning'));
  return `${name} is valid: ${what.join(', ')}.`;
}
