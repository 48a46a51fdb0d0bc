/** A resource that pipelines may use. */
export interface WireAuthorizedResource {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly authorized: boolean;
}

/** How many agents there are, in the words of the service. */
export interface WireResourceUsage {
  readonly distributedTaskAgents: number;
  readonly paidPrivateAgentSlots: number;
  readonly totalUsage: number;
  readonly xamlControllers: number;
}
