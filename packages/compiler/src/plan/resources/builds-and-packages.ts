import type { BuildResourcePlan, PackageResourcePlan } from '@signalbox/model';
import { given, textKey } from '../values.ts';
import { onOrNoneKey } from './on-or-none.ts';
import { resourceListKey } from './resource-list.ts';
import type { Key, KeyTable } from '../key.ts';

const required = { required: true };

const buildKeys = {
  build: textKey('The alias.', required),
  type: textKey('The kind of the other system, for example `Jenkins`.', required),
  connection: textKey('The service connection.', required),
  source: textKey('The name of the job or definition there.', required),
  version: textKey('The build to take; without it the newest.'),
  branch: textKey('The newest build of this branch is taken.'),
  trigger: onOrNoneKey('`true`: a new build starts a run. Default `none`.'),
};

/** The keys of an item of `resources.builds` (RSRC-1). */
export const buildResourceKeys: KeyTable = buildKeys;

/** `resources.builds`: builds of other systems (RSRC-1). */
export const buildResourcesKey: Key<readonly BuildResourcePlan[]> = resourceListKey(
  'Builds of other systems.',
  {
    key: 'build',
    what: 'a build resource',
    keys: buildKeys,
    plan: (
      alias,
      { type, connection, source, version, branch, trigger = false },
    ): BuildResourcePlan | undefined =>
      type === undefined || connection === undefined || source === undefined
        ? undefined
        : { alias, type, connection, source, ...given({ version, branch }), trigger },
  },
);

const packageKeys = {
  package: textKey('The alias.', required),
  type: textKey('The kind of package, for example `npm` or `NuGet`.', required),
  connection: textKey('The service connection.', required),
  name: textKey('The name of the package.', required),
  version: textKey('The version to take; without it the newest.'),
  tag: textKey('The newest version with this tag is taken.'),
  trigger: onOrNoneKey('`true`: a new version starts a run. Default `none`.'),
};

/** The keys of an item of `resources.packages` (RSRC-1, TRIG-47). */
export const packageResourceKeys: KeyTable = packageKeys;

/** `resources.packages`: packages of registries (RSRC-1, TRIG-47). */
export const packageResourcesKey: Key<readonly PackageResourcePlan[]> = resourceListKey(
  'Packages of registries.',
  {
    key: 'package',
    what: 'a package resource',
    keys: packageKeys,
    plan: (
      alias,
      { type, connection, name, version, tag, trigger = false },
    ): PackageResourcePlan | undefined =>
      type === undefined || connection === undefined || name === undefined
        ? undefined
        : { alias, type, connection, name, ...given({ version, tag }), trigger },
  },
);
