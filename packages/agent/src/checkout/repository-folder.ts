import type { JobRepository } from '@signalbox/api';
import { fold } from '@signalbox/model';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { StepTry } from '../steps/step-handler.ts';

/** CO-1, CO-2: `path` under the workspace; else `s`, or a folder of its own there when there are several. */
export function repositoryFolder(
  step: StepTry,
  repository: JobRepository,
): string | { readonly problem: string } {
  const { layout, inputs, checkouts } = step;
  const path = inputs.text('path');
  if (path !== '') {
    const folder = resolve(layout.root, path);
    const inside = relative(layout.root, folder);
    return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside
      ? { problem: 'The input "path" must stay inside Agent.BuildDirectory.' }
      : folder;
  }
  if (checkouts.length <= 1) return layout.sources;
  const name = folderName(repository);
  const other = otherOfThatName(step, repository, name);
  return other === undefined
    ? join(layout.sources, name)
    : {
        problem: `The repositories "${repository.alias}" and "${other.alias}" would share the folder "${name}": give one of them a "path".`,
      };
}

/** Its name, not its alias; what `..` would make of it is no name. */
function folderName({ name, alias }: JobRepository): string {
  const last = basename(name.replaceAll('\\', '/'));
  return last === '' || last === '.' || last === '..' ? alias : last;
}

function otherOfThatName(step: StepTry, own: JobRepository, name: string): JobRepository | undefined {
  const { repository, otherRepositories, checkouts } = step;
  const known = repository === undefined ? otherRepositories : [repository, ...otherRepositories];
  return known.find(
    (one) =>
      fold(one.alias) !== fold(own.alias) &&
      checkouts.some((alias) => fold(alias) === fold(one.alias)) &&
      fold(folderName(one)) === fold(name),
  );
}
