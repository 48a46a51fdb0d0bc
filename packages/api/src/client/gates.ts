import { ROUTES } from '../routes/table.ts';
import type { Collection } from '../wire/common.ts';
import type { AzureGatePatch, AzureGateView, NewAzureGate, NewAzureGateView } from '../wire/gate.ts';
import type { Transport } from './transport.ts';

/** Gates: stages of Azure DevOps that wait for locks here. */
export interface GatesClient {
  listAzureGates(project: string): Promise<Collection<AzureGateView>>;
  addAzureGate(project: string, gate: NewAzureGate): Promise<NewAzureGateView>;
  updateAzureGate(project: string, gate: string, patch: AzureGatePatch): Promise<AzureGateView>;
  removeAzureGate(project: string, gate: string): Promise<void>;
}

/** The calls of `GatesClient`. */
export function gatesClient(transport: Transport): GatesClient {
  return {
    listAzureGates: (project) => transport.json(ROUTES.listAzureGates, { path: { project } }),
    addAzureGate: (project, body) => transport.json(ROUTES.addAzureGate, { path: { project }, body }),
    updateAzureGate: (project, gate, body) =>
      transport.json(ROUTES.updateAzureGate, { path: { project, gate }, body }),
    removeAzureGate: (project, gate) => transport.json(ROUTES.removeAzureGate, { path: { project, gate } }),
  };
}
