import type {
  ConnectRequest,
  ConnectResponse,
  LeaveRequest,
  LogRequest,
  PollRequest,
  PollResponse,
  RenewRequest,
  RenewResponse,
  ReportRequest,
  WaitRequest,
} from '../agent-protocol.ts';
import { ROUTES } from '../routes/table.ts';
import type { Transport } from './transport.ts';

/** The agent protocol. Every refusal is an `ApiError`; its `code` is the word that the protocol names. */
export interface AgentClient {
  /** `pool` is a name or a number. */
  connect(pool: string, request: ConnectRequest): Promise<ConnectResponse>;
  poll(agent: number, request: PollRequest, signal?: AbortSignal): Promise<PollResponse>;
  leave(agent: number, request: LeaveRequest): Promise<void>;
  renew(request: number, body: RenewRequest): Promise<RenewResponse>;
  wait(request: number, body: WaitRequest, signal?: AbortSignal): Promise<RenewResponse>;
  report(request: number, body: ReportRequest): Promise<void>;
  log(request: number, body: LogRequest): Promise<void>;
}

/** The calls of `AgentClient`. */
export function agentClient(transport: Transport): AgentClient {
  return {
    connect: (pool, body) => transport.json(ROUTES.agentConnect, { path: { pool }, body }),
    poll: (agentId, body, signal) => transport.json(ROUTES.agentPoll, { path: { agentId }, body, signal }),
    leave: (agentId, body) => transport.json(ROUTES.agentLeave, { path: { agentId }, body }),
    renew: (request, body) => transport.json(ROUTES.jobRenew, { path: { request }, body }),
    wait: (request, body, signal) => transport.json(ROUTES.jobWait, { path: { request }, body, signal }),
    report: (request, body) => transport.json(ROUTES.jobReport, { path: { request }, body }),
    log: (request, body) => transport.json(ROUTES.jobLog, { path: { request }, body }),
  };
}
