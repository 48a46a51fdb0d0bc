import type {
  BuildResourcePlan,
  CompletionTrigger,
  ContainerResourcePlan,
  ImageTrigger,
  PackageResourcePlan,
  PipelineResourcePlan,
  Plan,
  RepositoryPlan,
  WebhookResourcePlan,
} from '@signalbox/model';
import { writeContainer } from './write-container.ts';
import { writeFilter, writePush } from './write-triggers.ts';
import { mapping } from './writing.ts';
import type { Written } from './writing.ts';

/** `resources` of a pipeline; nothing when it declares none (RSRC-1). */
export function writeResources({ repositories, resources }: Plan): Written | undefined {
  const written = mapping([
    ['repositories', listOf(repositories, writeRepository)],
    ['pipelines', listOf(resources?.pipelines, writePipeline)],
    ['containers', listOf(resources?.containers, writeContainerResource)],
    ['builds', listOf(resources?.builds, writeBuild)],
    ['packages', listOf(resources?.packages, writePackage)],
    ['webhooks', listOf(resources?.webhooks, writeWebhook)],
  ]);
  return written.size === 0 ? undefined : written;
}

function listOf<T>(items: readonly T[] | undefined, write: (one: T) => Written): Written | undefined {
  return items === undefined || items.length === 0 ? undefined : items.map(write);
}

function writeRepository({ alias, type, name, ref, endpoint, trigger }: RepositoryPlan): Written {
  return mapping([
    ['repository', alias],
    ['type', type],
    ['name', name],
    ['ref', ref],
    ['endpoint', endpoint],
    ['trigger', writePush(trigger)],
  ]);
}

function writePipeline(one: PipelineResourcePlan): Written {
  return mapping([
    ['pipeline', one.alias],
    ['source', one.source],
    ['project', one.project],
    ['version', one.version],
    ['branch', one.branch],
    ['tags', one.tags],
    ['trigger', writeCompletion(one.trigger)],
  ]);
}

function writeCompletion(trigger: CompletionTrigger | undefined): Written | undefined {
  if (trigger === undefined) return undefined;
  const { branches, stages, tags } = trigger;
  const written = mapping([
    ['branches', writeFilter(branches)],
    ['stages', stages],
    ['tags', tags],
  ]);
  return written.size === 0 ? true : written;
}

function writeContainerResource(one: ContainerResourcePlan): Written {
  const { alias, type, localImage, registry = {}, trigger } = one;
  return mapping([
    ['container', alias],
    ['type', type],
    ...Object.entries(registry),
    ...writeContainer(one),
    ['localImage', localImage],
    ['trigger', writeImageTrigger(trigger)],
  ]);
}

function writeImageTrigger(trigger: ImageTrigger | undefined): Written | undefined {
  if (trigger === undefined) return undefined;
  const every = trigger.include.length === 0 && trigger.exclude.length === 0;
  return every ? true : mapping([['tags', writeFilter(trigger)]]);
}

function writeBuild(one: BuildResourcePlan): Written {
  return mapping([
    ['build', one.alias],
    ['type', one.type],
    ['connection', one.connection],
    ['source', one.source],
    ['version', one.version],
    ['branch', one.branch],
    ['trigger', one.trigger ? true : undefined],
  ]);
}

function writePackage(one: PackageResourcePlan): Written {
  return mapping([
    ['package', one.alias],
    ['type', one.type],
    ['connection', one.connection],
    ['name', one.name],
    ['version', one.version],
    ['tag', one.tag],
    ['trigger', one.trigger ? true : undefined],
  ]);
}

function writeWebhook({ alias, connection, type, filters }: WebhookResourcePlan): Written {
  return mapping([
    ['webhook', alias],
    ['connection', connection],
    ['type', type],
    [
      'filters',
      listOf(filters, ({ path, value }) =>
        mapping([
          ['path', path],
          ['value', value],
        ]),
      ),
    ],
  ]);
}
