import { HEALTH_PAUSES_MS, SERVICE_LOG_LINES } from '../limits.ts';
import type { VariableStore } from '../variables/variable-store.ts';
import { callEngine, ContainerError, type EngineCalls } from './container-engine.ts';

const HEALTH = '{{if .State.Health}}{{.State.Health.Status}}{{end}}';

/** CONT-3: a service whose image says how its health is told is waited for; the others count as healthy. */
export async function awaitHealth(calls: EngineCalls, name: string, id: string): Promise<void> {
  const { output, host, stop } = calls;
  let health = await healthOf(calls, id);
  for (const pause of HEALTH_PAUSES_MS) {
    if (health !== 'starting' || stop.aborted) break;
    output.info(`The service "${name}" is starting. It is asked again in ${pause / 1_000} s.`);
    await host.clock.sleep(pause, stop);
    health = await healthOf(calls, id);
  }
  if (health === '' || health === 'healthy') return;
  await callEngine(calls, ['logs', '--tail', String(SERVICE_LOG_LINES), id]);
  throw new ContainerError(`The service "${name}" is not healthy: it says "${health}".`);
}

async function healthOf(calls: EngineCalls, id: string): Promise<string> {
  const { text } = await callEngine(calls, ['inspect', '--format', HEALTH, id], { quiet: true });
  return text.trim();
}

/** CONT-3: which port of the machine is which of the service's, as `agent.services.<name>.ports.<port>`. */
export async function tellPorts(
  calls: EngineCalls,
  { name, id }: { readonly name: string; readonly id: string },
  variables: VariableStore,
): Promise<void> {
  const { text } = await callEngine(calls, ['port', id]);
  for (const [, inside = '', outside = ''] of text.matchAll(/^(\d+)(?:\/\w+)? -> .*:(\d+)$/gm)) {
    variables.setOwn(`agent.services.${name}.ports.${inside}`, outside);
  }
}
