import type { PlanEvent, PlanLines, PlanRecords, WirePlanRecord, WireTaskLog } from '../wire/plans.ts';
import type { Collection } from '../wire/common.ts';

/** What the routes of `routes/plans.ts` take and answer. */
export interface PlanShapes {
  readonly sendPlanEvent: { readonly body: PlanEvent; readonly answer: undefined; readonly refuses: 409 };
  readonly feedPlanRecord: { readonly body: PlanLines; readonly answer: undefined; readonly refuses: 409 };
  /** A check has one log, whatever is asked for. */
  readonly createPlanLog: { readonly body: { readonly path?: string }; readonly answer: WireTaskLog };
  readonly appendPlanLog: { readonly answer: WireTaskLog; readonly refuses: 409 };
  readonly updatePlanRecords: { readonly body: PlanRecords; readonly answer: Collection<WirePlanRecord> };
}
