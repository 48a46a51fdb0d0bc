import type { JobContainer, JobSpecification } from '@signalbox/api';
import { fold, type FoldedName } from '@signalbox/model';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_LOG_LINES } from '../limits.ts';
import type { StepPlace } from '../steps/step-place.ts';
import type { VariableStore } from '../variables/variable-store.ts';
import type { WorkspaceLayout } from '../workspace/layout.ts';
import { callEngine, ContainerError, type EngineCalls, type EngineEnd } from './container-engine.ts';
import { containerPlace } from './container-place.ts';
import {
  choosesUser,
  createService,
  createStepContainer,
  type ContainerSetting,
} from './create-container.ts';
import { environmentFile } from './environment-file.ts';
import { pullImage } from './pull-image.ts';
import { awaitHealth, tellPorts } from './services.ts';

/** Where the engine is and who uses it: of the agent's environment what its command needs to find it. */
const ENGINE_SETTINGS = /^(?:PATH|HOME|XDG_RUNTIME_DIR|(?:DOCKER|CONTAINER|PODMAN)_\w+)$/;

/** What belongs to the containers of one job while it runs. */
export interface JobContainersOptions {
  readonly calls: EngineCalls;
  readonly specification: Pick<JobSpecification, 'containers' | 'services'>;
  readonly layout: WorkspaceLayout;
  readonly variables: VariableStore;
  /** Unique for the job: the name of its network. */
  readonly mark: string;
}

interface Started {
  readonly alias: string;
  readonly id: string;
  readonly isService: boolean;
}

/** The containers of one job and their network: started before its steps, removed after them (CONT-2 … CONT-4). */
export class JobContainers {
  readonly places: Map<FoldedName, StepPlace> = new Map<FoldedName, StepPlace>();
  readonly #options: JobContainersOptions;
  readonly #started: Started[] = [];
  readonly #setting: ContainerSetting;
  /** Marks what belongs to this agent. */
  readonly #label: string;

  constructor(options: JobContainersOptions) {
    const { layout, mark } = options;
    this.#options = options;
    // The work folder belongs to one agent alone, so what has its mark is left over from that agent's earlier life.
    const agent = createHash('sha256').update(layout.workFolder).digest('hex').slice(0, 16);
    this.#label = `signalbox.agent=${agent}`;
    this.#setting = { network: mark, labels: ['--label', this.#label], layout, node: process.execPath };
  }

  /** Starts everything, services first; throws a ContainerError that says what did not work. */
  async start(): Promise<void> {
    const { specification, variables, layout } = this.#options;
    // The engine would make a folder that is not there, for root alone.
    mkdirSync(join(layout.workFolder, '_tasks'), { recursive: true });
    await this.#removeLeftovers();
    await this.#must(
      ['network', 'create', ...this.#setting.labels, this.#setting.network],
      'The network of the job',
    );
    for (const { name, container } of specification.services ?? []) {
      await this.#startService(name, this.#expanded(container));
    }
    for (const container of specification.containers ?? []) {
      await this.#startStepContainer(this.#expanded(container));
    }
    for (const { alias, id, isService } of this.#started) {
      if (isService) await awaitHealth(this.#options.calls, alias, id);
    }
    const ids = this.#started.map(({ alias, id }) => [alias, { id }] as const);
    variables.setOwn('Agent.ContainerMapping', JSON.stringify(Object.fromEntries(ids)));
  }

  /** Removes everything, whatever state it is in; a service's own log is shown before. */
  async stop(calls: EngineCalls): Promise<void> {
    for (const { id, isService } of this.#started) {
      if (isService) await callEngine(calls, ['logs', '--tail', String(SERVICE_LOG_LINES), id]);
    }
    const ids = this.#started.map(({ id }) => id);
    if (ids.length > 0) await callEngine(calls, ['rm', '--force', '--volumes', ...ids]);
    await callEngine(calls, ['network', 'rm', this.#setting.network]);
    calls.host.reaper.afterDeath([]);
  }

  /** From now on it does not outlive the agent: what runs in it could act although its lease is over (LAW-8). */
  #note(started: Started): void {
    this.#started.push(started);
    const { engine, environment, host } = this.#options.calls;
    const settings = Object.entries(environment)
      .filter(([name]) => ENGINE_SETTINGS.test(name))
      .map(([name, value]) => `${name}=${value}`);
    const ids = this.#started.map(({ id }) => id);
    host.reaper.afterDeath(['/usr/bin/env', ...settings, engine.file, 'rm', '--force', '--volumes', ...ids]);
  }

  async #startService(name: string, container: JobContainer): Promise<void> {
    await pullImage(this.#options.calls, container, this.#options.layout.temp);
    const id = await this.#create(container, (environment) =>
      createService(container, { name, environment }, this.#setting),
    );
    this.#note({ alias: name, id, isService: true });
    await this.#must(['start', id], `The service "${name}"`);
    await tellPorts(this.#options.calls, { name, id }, this.#options.variables);
  }

  async #startStepContainer(container: JobContainer): Promise<void> {
    const { calls, layout } = this.#options;
    const { alias } = container;
    await pullImage(calls, container, layout.temp);
    const id = await this.#create(container, (environment) =>
      createStepContainer(container, environment, this.#setting),
    );
    this.#note({ alias, id, isService: false });
    await this.#must(['start', id], `The container "${alias}"`);
    const user = choosesUser(container) ? [] : agentUser();
    this.places.set(
      fold(alias),
      containerPlace({
        alias,
        id,
        engine: calls.engine,
        host: calls.host,
        agentEnvironment: calls.environment,
        base: await this.#environmentOf(id, user.length > 0),
        user,
        temp: layout.temp,
      }),
    );
  }

  /** What the image and the file say; a user that the image does not know gets a home that it can write. */
  async #environmentOf(id: string, needsHome: boolean): Promise<Record<string, string>> {
    const { calls, layout } = this.#options;
    const format = '{{range .Config.Env}}{{println .}}{{end}}';
    const { text } = await callEngine(calls, ['inspect', '--format', format, id], { quiet: true });
    const path =
      /^PATH=(.*)$/m.exec(text)?.[1] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    return { PATH: path, ...(needsHome ? { HOME: layout.temp } : {}) };
  }

  async #create(
    container: JobContainer,
    words: (environment: readonly string[]) => readonly string[],
  ): Promise<string> {
    const { calls, layout } = this.#options;
    const file = environmentFile(container.env ?? {}, layout.temp);
    try {
      const end = await callEngine(calls, words(file.args), { environment: file.environment });
      if (end.code !== 0) throw failure(`The container "${container.alias}"`, end);
      return end.text.trim().split('\n').at(-1) ?? '';
    } finally {
      file.remove();
    }
  }

  async #must(args: readonly string[], what: string): Promise<void> {
    const end = await callEngine(this.#options.calls, args);
    if (end.code !== 0) throw failure(what, end);
  }

  async #removeLeftovers(): Promise<void> {
    const { calls } = this.#options;
    const filter = ['--filter', `label=${this.#label}`];
    const found = await callEngine(calls, ['ps', '--all', '--quiet', ...filter], { quiet: true });
    const ids = found.text.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await callEngine(calls, ['rm', '--force', '--volumes', ...ids]);
    await callEngine(calls, ['network', 'prune', '--force', ...filter], { quiet: true });
  }

  /** Everything that may hold macros, with the values that the job starts with (CONT-1). */
  #expanded(container: JobContainer): JobContainer {
    const { variables } = this.#options;
    const expand = (text: string): string => variables.expand(text);
    const { image, env = {}, options, ports, volumes } = container;
    return {
      ...container,
      image: expand(image),
      env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, expand(value)])),
      ...(options === undefined ? {} : { options: expand(options) }),
      ...(ports === undefined ? {} : { ports: ports.map(expand) }),
      ...(volumes === undefined ? {} : { volumes: volumes.map(expand) }),
    };
  }
}

function failure(what: string, end: EngineEnd): ContainerError {
  const last = end.errors.trim().split('\n').at(-1) ?? '';
  return new ContainerError(`${what} could not be started (exit code ${end.code}): ${last}`);
}

/** What steps write belongs to the agent's user; root needs no change. */
function agentUser(): readonly string[] {
  const user = process.getuid?.() ?? 0;
  return user === 0 ? [] : ['--user', `${user}:${process.getgid?.() ?? user}`];
}
