import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link, useAddress } from '../../app/navigation.tsx';
import { withQuery } from '../../app/address.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { AUDIT_LINES, useAudit } from '../../data/audit.ts';
import { useNow } from '../../data/clock.ts';
import type { AuditFilter, Decision } from '../../view-models/manage/audit.ts';
import { decisions, fitting, kindsIn } from '../../view-models/manage/audit.ts';
import { ReplayPanel } from './replay-panel.tsx';
import '../../components/manage/manage.css';

const EVERYTHING: AuditFilter = { kind: '', text: '' };

/** What was asked of the locks and what they decided, and whether it comes out again. */
export function AuditPage(): ReactElement {
  const { query } = useAddress();
  const after = Number(/^\d{1,15}$/.exec(query.get('after') ?? '')?.[0] ?? 0);
  const audit = useAudit(after);
  const now = useNow();
  return (
    <>
      <Heading title="Audit log" />
      <div className="manage">
        <ReplayPanel />
        <Loaded query={audit} what="the journal">
          {({ items, next }) =>
            items.length === 0 ? (
              <Empty title={after === 0 ? 'The locks have decided nothing yet' : 'Nothing behind this line'}>
                <p>Every request for a lock, and every decision about it, will stand here for ever.</p>
                {after > 0 && <Link to="audit">From the first line</Link>}
              </Empty>
            ) : (
              <Journal list={decisions(items, now)} after={after} {...(next !== undefined && { next })} />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function Journal(props: {
  readonly list: readonly Decision[];
  readonly after: number;
  readonly next?: string;
}): ReactElement {
  const { list, after, next } = props;
  const [filter, setFilter] = useState(EVERYTHING);
  const shown = fitting(list, filter);
  return (
    <>
      <Filter filter={filter} kinds={kindsIn(list)} change={setFilter} />
      {shown.length === 0 ? (
        <p className="none">No line of this page fits.</p>
      ) : (
        <DataTable
          caption="Journal of the locks, oldest first"
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
        {after > 0 && (
          <Link
            className="button"
            to={withQuery('audit', { after: String(Math.max(0, after - AUDIT_LINES)) })}
          >
            Older lines
          </Link>
        )}
        {next !== undefined && (
          <Link className="button" to={withQuery('audit', { after: next })}>
            Newer lines
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
