import type { Collection } from '../wire/common.ts';
import type {
  ImpliedTrigger,
  OccasionView,
  PushHookView,
  TriggerChange,
  TriggerView,
} from '../wire/triggers.ts';

/** What the routes of `routes/triggers.ts` take and answer. */
export interface TriggerShapes {
  readonly listTriggers: { readonly answer: Collection<TriggerView> };
  readonly updateTriggers: { readonly body: ImpliedTrigger; readonly answer: ImpliedTrigger };
  readonly listOccasions: {
    readonly query: { readonly $top?: number };
    readonly answer: Collection<OccasionView>;
  };
  readonly updateTrigger: { readonly body: TriggerChange; readonly answer: TriggerView };
  readonly lookAtRepository: { readonly answer: TriggerView; readonly refuses: 409 };
  readonly listPushHooks: { readonly answer: Collection<PushHookView> };
  readonly addPushHook: {
    /** The number of a pipeline; the hook is for its repository. */
    readonly body: { readonly definition: number };
    readonly answer: PushHookView;
  };
  readonly removePushHook: { readonly answer: undefined };
  readonly tellOfPush: { readonly answer: { readonly accepted: true }; readonly status: 202 };
}
