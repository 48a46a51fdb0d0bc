import type { FreezeCalendar } from '@signalbox/model';
import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import { Dialog } from '../../components/dialogs/dialog.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSession } from '../../data/context.tsx';
import { useCalendars, useRemoveCalendar, useSetCalendar } from '../../data/settings.ts';
import { readDates, writeDates } from '../../view-models/manage/calendar-form.ts';

/** The calendars of days on which business hours stay closed. */
export function CalendarsPart(): ReactElement {
  const calendars = useCalendars();
  const { me } = useSession();
  const [open, setOpen] = useState<Partial<FreezeCalendar>>();
  const may = me.permissions.includes('manageLocks');
  const add = may && (
    <button type="button" className="button" onClick={() => setOpen({})}>
      New calendar
    </button>
  );
  return (
    <Panel
      title="Calendars of freezes"
      note="A check for business hours names a calendar, and stays closed on its days."
      acts={add}
    >
      <Loaded query={calendars} what="the calendars">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No calendar yet">
              <p>Name the days on which nothing is to be deployed, for example the end of the year.</p>
            </Empty>
          ) : (
            <CalendarTable list={list} edit={may ? setOpen : undefined} />
          )
        }
      </Loaded>
      {open !== undefined && <EditCalendar calendar={open} close={() => setOpen(undefined)} />}
    </Panel>
  );
}

function CalendarTable(props: {
  readonly list: readonly FreezeCalendar[];
  readonly edit: ((calendar: FreezeCalendar) => void) | undefined;
}): ReactElement {
  const { list, edit } = props;
  const remove = useRemoveCalendar();
  return (
    <DataTable
      caption="Calendars of freezes"
      rows={list}
      keyOf={({ name }) => name}
      columns={[
        { head: 'Calendar', cell: ({ name }) => <bdi>{name}</bdi> },
        { head: 'Days', cell: (calendar) => writeDates(calendar).replaceAll('\n', ', ') },
        {
          head: 'What can be done',
          acts: true,
          cell: (calendar) =>
            edit !== undefined && (
              <>
                <button
                  type="button"
                  className="button"
                  aria-label={`Change the calendar ${calendar.name}`}
                  onClick={() => edit(calendar)}
                >
                  Change
                </button>
                <ConfirmButton
                  change={remove}
                  order={calendar.name}
                  label="Remove"
                  about={`Remove the calendar ${calendar.name}`}
                  text="Its days are no longer closed. A calendar that a check names is not removed."
                />
              </>
            ),
        },
      ]}
    />
  );
}

function EditCalendar(props: {
  readonly calendar: Partial<FreezeCalendar>;
  readonly close: () => void;
}): ReactElement {
  const { calendar, close } = props;
  const save = useSetCalendar();
  const problemId = useId();
  const [name, setName] = useState(calendar.name ?? '');
  const [text, setText] = useState(() => writeDates({ dates: calendar.dates ?? [] }));
  const read = readDates(text);
  return (
    <Dialog title={calendar.name ?? 'New calendar'} kind="small" close={close}>
      <SubmitForm
        change={save}
        order={() => (read.kind === 'dates' ? { name: name.trim(), dates: read.dates } : undefined)}
        label="Save"
        close={close}
        done={close}
      >
        {calendar.name === undefined && (
          <label>
            Name
            <input required value={name} onChange={({ target }) => setName(target.value)} />
          </label>
        )}
        <label>
          Days, one or a range to a line
          <textarea
            rows={6}
            required
            value={text}
            placeholder={'2026-11-27\n12-24 to 01-02'}
            onChange={({ target }) => setText(target.value)}
            aria-invalid={read.kind === 'problem'}
            aria-describedby={read.kind === 'problem' ? problemId : undefined}
          />
        </label>
        {read.kind === 'problem' && (
          <p id={problemId} className="form-error">
            {read.text}
          </p>
        )}
      </SubmitForm>
    </Dialog>
  );
}
