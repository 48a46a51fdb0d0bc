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

/** What the routes of `routes/agent.ts` take and answer. */
export interface AgentShapes {
  readonly agentConnect: {
    readonly body: ConnectRequest;
    readonly answer: ConnectResponse;
    readonly refuses: 409;
  };
  readonly agentPoll: { readonly body: PollRequest; readonly answer: PollResponse; readonly refuses: 409 };
  readonly agentLeave: { readonly body: LeaveRequest; readonly answer: undefined; readonly refuses: 409 };
  readonly jobRenew: { readonly body: RenewRequest; readonly answer: RenewResponse; readonly refuses: 409 };
  readonly jobWait: { readonly body: WaitRequest; readonly answer: RenewResponse; readonly refuses: 409 };
  readonly jobReport: { readonly body: ReportRequest; readonly answer: undefined; readonly refuses: 409 };
  readonly jobLog: { readonly body: LogRequest; readonly answer: undefined; readonly refuses: 409 };
}
