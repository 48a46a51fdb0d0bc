import type { FreezeCalendar, FreezeRange } from '@signalbox/model';
import type { Collection } from '../wire/common.ts';

/** Some days, the last one included; without `to` the one day. */
type CalendarDates = Pick<FreezeRange, 'from'> & Partial<FreezeRange>;

/** What the routes of `routes/calendars.ts` take and answer. */
export interface CalendarShapes {
  readonly listCalendars: { readonly answer: Collection<FreezeCalendar> };
  readonly getCalendar: { readonly answer: FreezeCalendar };
  readonly setCalendar: {
    /** Days, or ranges of days with both ends. */
    readonly body: { readonly dates?: readonly (CalendarDates | string)[] };
    readonly answer: FreezeCalendar;
    readonly refuses: 409;
  };
  readonly removeCalendar: { readonly answer: undefined; readonly refuses: 409 };
}
