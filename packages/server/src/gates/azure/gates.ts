import { fold, type ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { Sealer } from '../../auth/sealer.ts';
import { hashOf, newSecret } from '../../auth/secret.ts';

/** An organisation of Azure DevOps whose stages may wait for locks of a project here (INV-36). */
export interface AzureGate {
  readonly name: string;
  /** The only address that is called back, with a slash at its end: `https://dev.azure.com/contoso/`. */
  readonly organizationUrl: string;
  /** A personal access token for what comes after Azure's own token has ended (HOOK-8); empty: none. */
  readonly pat: string;
  /** How long a stage holds its locks at most when Azure cannot be asked about it. */
  readonly holdMinutes: number;
  /** Added to `holdMinutes`. */
  readonly graceMinutes: number;
  /** The number of the token with which Azure's check calls. */
  readonly token: number;
}

/** The gates of projects by name, letter case aside. */
export interface AzureGates {
  list(project: ProjectId): Promise<readonly AzureGate[]>;
  find(project: ProjectId, name: string): Promise<AzureGate | undefined>;
  /** Makes a gate with a token of its own, whose secret is told here and never again; undefined: the name is taken. */
  add(
    project: ProjectId,
    gate: Omit<AzureGate, 'token'>,
  ): Promise<{ readonly gate: AzureGate; readonly secret: string } | undefined>;
  /** Changes a gate that is there; its token stays. */
  save(project: ProjectId, gate: AzureGate): Promise<void>;
  /** Its token ends with it. False when there was none. */
  remove(project: ProjectId, name: string): Promise<boolean>;
}

/** The gates that a store knows; personal access tokens are sealed. */
export function azureGates({
  store,
  sealer,
}: {
  readonly store: Store;
  readonly sealer: Sealer;
}): AzureGates {
  const read = (value: string): AzureGate => {
    const gate = JSON.parse(value) as AzureGate;
    return { ...gate, pat: sealer.open(gate.pat) };
  };
  const write = (gate: AzureGate): string => JSON.stringify({ ...gate, pat: sealer.seal(gate.pat) });
  const find: AzureGates['find'] = async (project, name) => {
    const value = await store.settings.get(keyOf(project, name));
    return value === undefined ? undefined : read(value);
  };
  return {
    find,
    async list(project) {
      return (await store.settings.list(keyOf(project, ''))).map(({ value }) => read(value));
    },
    async add(project, gate) {
      if ((await find(project, gate.name)) !== undefined) return undefined;
      const secret = newSecret();
      const name = `Azure DevOps gate ${gate.name}`;
      const token = await store.tokens.create({ hash: hashOf(secret), name, scope: 'gate', project });
      const made = { ...gate, token: token.id };
      const kept = await store.settings.setOnce(keyOf(project, gate.name), write(made));
      if (read(kept).token === token.id) return { gate: made, secret };
      // Somebody else was first.
      await store.tokens.revoke(token.id);
      return undefined;
    },
    save: (project, gate) => store.settings.set(keyOf(project, gate.name), write(gate)),
    async remove(project, name) {
      const gate = await find(project, name);
      if (gate === undefined) return false;
      await store.tokens.revoke(gate.token);
      return store.settings.remove(keyOf(project, name));
    },
  };
}

function keyOf(project: ProjectId, name: string): string {
  return `azure-gate:${project}:${fold(name)}`;
}
