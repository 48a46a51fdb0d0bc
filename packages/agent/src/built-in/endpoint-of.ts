import type { JobEndpoint } from '@signalbox/api';
import { fold } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepTry } from '../steps/step-handler.ts';

/** The service connection that an input names; undefined: it names none. Throws when the job does not have it. */
export function endpointOf(step: StepTry, input: string): JobEndpoint | undefined {
  const name = step.inputs.text(input);
  if (name === '') return undefined;
  const found = step.output.endpoints
    .entries()
    .find((one) => fold(one.id) === fold(name) || fold(one.name) === fold(name));
  if (found === undefined) throw new Error(`The job has no service connection "${name}".`);
  return found;
}

/** A file of a folder of its own, for this job alone: it holds a secret, and goes with the temporary folder (WS-3). */
export function secretFile(
  step: StepTry,
  name: string,
  text: string,
): { readonly folder: string; readonly file: string } {
  const folder = join(step.layout.temp, randomUUID());
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return { folder, file };
}
