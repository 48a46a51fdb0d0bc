import type { FreezeCalendar, FreezeRange } from '@signalbox/model';
import type { Collection } from '../wire/common.ts';

/** What the routes of `routes/calendars.ts` take and answer. */
export interface CalendarShapes {
  readonly listCalendars: { readonly answer: Collection<FreezeCalendar> };
  readonly getCalendar: { readonly answer: FreezeCalendar };
  readonly setCalendar: {
    readonly body: { readonly dates: readonly FreezeRange[] };
    readonly answer: FreezeCalendar;
    readonly refuses: 409;
  };
  readonly removeCalendar: { readonly answer: undefined; readonly refuses: 409 };
}
