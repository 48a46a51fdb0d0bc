import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link, useAddress } from '../../app/navigation.tsx';
import { withQuery } from '../../app/address.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { useAudit } from '../../data/audit.ts';
import { useNow } from '../../data/clock.ts';
import type { AuditFilter, JournalPage } from '../../view-models/manage/audit.ts';
import { fitting, kindsIn, newestDecisions } from '../../view-models/manage/audit.ts';
import { counted } from '../../view-models/names.ts';
import { ReplayPanel } from './replay-panel.tsx';
import '../../components/manage/manage.css';

const EVERYTHING: AuditFilter = { kind: '', text: '' };

/** What was asked of the locks and what they decided, the newest first, and whether it comes out again. */
export function AuditPage(): ReactElement {
  const { query } = useAddress();
  const before = Number(/^\d{1,15}$/.exec(query.get('before') ?? '')?.[0] ?? Infinity);
  const audit = useAudit(before);
  const now = useNow();
  return (
    <>
      <Heading title="Audit log" />
      <div className="manage">
        <ReplayPanel />
        <Loaded query={audit} what="the journal">
          {({ items, next }) =>
            items.length === 0 ? (
              <Empty title="The locks have decided nothing yet">
                <p>Every request for a lock, and every decision about it, will stand here for ever.</p>
              </Empty>
            ) : (
              <Journal
                {...newestDecisions(items, { now, isWhole: next === undefined })}
                newest={before === Infinity}
              />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function Journal({ list, older, newest }: JournalPage & { readonly newest: boolean }): ReactElement {
  const [filter, setFilter] = useState(EVERYTHING);
  const shown = fitting(list, filter);
  return (
    <>
      <Filter filter={filter} kinds={kindsIn(list)} change={setFilter} />
      {shown.length === 0 ? (
        <p className="none">
          Nothing of these {counted(list.length, 'decision')} fits. {older !== undefined && 'Older ones may.'}
        </p>
      ) : (
        <DataTable
          caption="Journal of the locks, newest first"
          rows={shown}
          keyOf={({ version }) => version}
          columns={[
            { head: 'Line', cell: ({ version }) => version },
            { head: 'When', cell: ({ at }) => <When at={at} /> },
            {
              head: 'Asked',
              cell: ({ asked, question }) =>
                asked === '' ? (
                  <span className="quiet">not kept</span>
                ) : (
                  <Said type={asked} text={question} />
                ),
            },
            {
              head: 'Decided',
              cell: ({ facts }) => facts.map((fact) => <Said key={fact.version} {...fact} />),
            },
          ]}
        />
      )}
      <nav className="part-row" aria-label="Pages of the journal">
        {!newest && (
          <Link className="button" to="audit">
            Newest lines
          </Link>
        )}
        {older !== undefined && (
          <Link className="button" to={withQuery('audit', { before: String(older) })}>
            Older lines
          </Link>
        )}
      </nav>
    </>
  );
}

function Filter(props: {
  readonly filter: AuditFilter;
  readonly kinds: readonly string[];
  readonly change: (filter: AuditFilter) => void;
}): ReactElement {
  const { filter, kinds, change } = props;
  return (
    <div className="part-row" role="search">
      <input
        type="search"
        aria-label="Search the journal"
        placeholder="run, lock, person …"
        data-search=""
        className="part-select"
        value={filter.text}
        onChange={({ target }) => change({ ...filter, text: target.value })}
      />
      <select
        aria-label="Kind"
        className="part-select"
        value={filter.kind}
        onChange={({ target }) => change({ ...filter, kind: target.value })}
      >
        <option value="">every kind</option>
        {kinds.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </select>
    </div>
  );
}

function Said(props: { readonly type: string; readonly text: string }): ReactElement {
  return (
    <details className="said-line">
      <summary>{props.type}</summary>
      <code>{props.text}</code>
    </details>
  );
}
