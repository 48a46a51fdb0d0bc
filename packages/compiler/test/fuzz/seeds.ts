import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** A pipeline with its templates, to be changed by chance. */
export interface Seed {
  readonly yaml: string;
  readonly files: Readonly<Record<string, string>>;
}

const folder = fileURLToPath(new URL('../../../../spec/compiler/', import.meta.url));

/** The pipelines of the case files, right and wrong ones; those that are filled up to a limit are left out. */
export function fuzzSeeds(): readonly Seed[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .flatMap(
      (file) => parse(readFileSync(`${folder}${file}`, 'utf8')) as (Partial<Seed> & { fill?: unknown })[],
    )
    .flatMap(({ yaml, files = {}, fill }) =>
      yaml === undefined || fill !== undefined ? [] : [{ yaml, files }],
    );
}
