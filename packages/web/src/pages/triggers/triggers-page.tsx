import type { TriggerView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { useNow } from '../../data/clock.ts';
import { useTriggers } from '../../data/triggers.ts';
import { occasionLine, scheduleLines, triggerMark } from '../../view-models/manage/trigger.ts';
import { ago, moment } from '../../view-models/time.ts';
import { HooksPanel } from './hooks-panel.tsx';
import { TriggerPage } from './trigger-page.tsx';
import '../../components/manage/manage.css';

/** What starts runs by itself; of one pipeline, where the address names it. */
export function TriggersPage({ rest }: PageProps): ReactElement {
  const [id] = rest;
  const triggers = useTriggers();
  return (
    <Loaded query={triggers} what="the triggers" title="Triggers">
      {(list) => {
        if (id === undefined) return <All list={list} />;
        const found = list.find(({ pipeline }) => String(pipeline.id) === id);
        return found === undefined ? (
          <NotFound what={`The pipeline ${id}`} />
        ) : (
          <TriggerPage trigger={found} />
        );
      }}
    </Loaded>
  );
}

function All({ list }: { readonly list: readonly TriggerView[] }): ReactElement {
  return (
    <>
      <Heading title="Triggers" />
      <div className="manage">
        {list.length === 0 ? (
          <Empty title="No pipeline yet">
            <p>As soon as there is one, this page says what starts it by itself.</p>
          </Empty>
        ) : (
          <TriggerTable list={list} />
        )}
        <HooksPanel triggers={list} />
      </div>
    </>
  );
}

function TriggerTable({ list }: { readonly list: readonly TriggerView[] }): ReactElement {
  const now = useNow();
  return (
    <DataTable
      caption="Triggers of the pipelines"
      rows={list}
      keyOf={({ pipeline }) => pipeline.id}
      columns={[
        {
          head: 'Pipeline',
          cell: (trigger) => (
            <span className="state">
              <MarkIcon mark={triggerMark(trigger)} />
              <Link to={`triggers/${trigger.pipeline.id}`} data-nav="">
                <bdi>{trigger.pipeline.name}</bdi>
              </Link>
            </span>
          ),
        },
        { head: 'State', cell: (trigger) => triggerMark(trigger).label },
        { head: 'Looked', cell: ({ repository }) => <Looked {...repository} now={now} /> },
        {
          head: 'Next schedule',
          cell: (trigger) => {
            const [next] = scheduleLines(trigger, now);
            return next === undefined ? <span className="quiet">none</span> : <When at={next.next} />;
          },
        },
        {
          head: 'Last heard of',
          cell: ({ last }) => {
            if (last === undefined) return <span className="quiet">nothing</span>;
            const { what, mark, at } = occasionLine(last, now);
            return (
              <>
                {what}: {mark.label} <When at={at} />
              </>
            );
          },
        },
      ]}
    />
  );
}

function Looked(props: TriggerView['repository'] & { readonly now: number }): ReactElement {
  const { lookedAt, now } = props;
  if (lookedAt === undefined) return <span className="quiet">not yet</span>;
  return <When at={moment(ago(lookedAt, now), lookedAt)} />;
}
