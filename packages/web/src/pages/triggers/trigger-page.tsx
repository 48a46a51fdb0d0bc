import type { TriggerView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { When } from '../../components/feedback/when.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useChangeTrigger, useLook, useOccasions } from '../../data/triggers.ts';
import { occasionLine, scheduleLines, triggerMark } from '../../view-models/manage/trigger.ts';
import { ago, moment } from '../../view-models/time.ts';

/** What a pipeline listens to, what it heard of, and why some of it started nothing. */
export function TriggerPage({ trigger }: { readonly trigger: TriggerView }): ReactElement {
  const { me } = useSession();
  const mark = triggerMark(trigger);
  return (
    <>
      <Heading
        title={trigger.pipeline.name}
        trail={[{ label: 'Triggers', to: 'triggers' }]}
        before={<MarkIcon mark={mark} />}
        after={<span className="quiet">{mark.label}</span>}
        acts={
          <Link className="button" to={`pipelines/${trigger.pipeline.id}`}>
            The pipeline
          </Link>
        }
      />
      <div className="manage">
        <Repository trigger={trigger} />
        <Occasions definition={trigger.pipeline.id} />
        <Schedules trigger={trigger} />
        {me.permissions.includes('editDefinitions') && <Switches trigger={trigger} />}
      </div>
    </>
  );
}

function Repository({ trigger }: { readonly trigger: TriggerView }): ReactElement {
  const { repository, pipeline } = trigger;
  const look = useLook();
  const now = useNow();
  const { me } = useSession();
  return (
    <Panel
      title="Repository"
      acts={
        me.permissions.includes('queueRuns') && (
          <button
            type="button"
            className="button"
            disabled={look.isPending}
            onClick={() => look.mutate(pipeline.id)}
          >
            {look.isPending ? 'Looking …' : 'Look now'}
          </button>
        )
      }
    >
      <p>
        <code>{repository.url}</code>{' '}
        {repository.lookedAt === undefined ? (
          'was not looked at yet.'
        ) : (
          <>
            was looked at <When at={moment(ago(repository.lookedAt, now), repository.lookedAt)} />.
          </>
        )}
      </p>
      {repository.problem !== undefined && <p className="form-error">{repository.problem}</p>}
      <Refused error={look.error} />
    </Panel>
  );
}

function Occasions({ definition }: { readonly definition: number }): ReactElement {
  const occasions = useOccasions(definition);
  const now = useNow();
  return (
    <Panel title="What it heard of">
      <Loaded query={occasions} what="what the pipeline heard of">
        {(list) =>
          list.length === 0 ? (
            <p className="none">No push, pull request, schedule or run of another pipeline yet.</p>
          ) : (
            <DataTable
              caption="What the pipeline heard of, newest first"
              rows={list.map((one) => occasionLine(one, now))}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: 'What came of it',
                  cell: ({ mark, run }) => (
                    <span className="state">
                      <MarkIcon mark={mark} />{' '}
                      {run === undefined ? (
                        <span aria-hidden="true">{mark.label}</span>
                      ) : (
                        <Link to={`runs/${run}`}>run {run}</Link>
                      )}
                    </span>
                  ),
                },
                { head: 'What', cell: ({ what }) => <bdi>{what}</bdi> },
                { head: 'Why', cell: ({ why }) => why },
                { head: 'When', cell: ({ at }) => <When at={at} /> },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Schedules({ trigger }: { readonly trigger: TriggerView }): ReactElement {
  const lines = scheduleLines(trigger, useNow());
  return (
    <Panel title="Schedules" note={`Times are meant in ${trigger.timeZone}.`}>
      {lines.length === 0 ? (
        <p className="none">None. A file names them under `schedules`.</p>
      ) : (
        <ul className="plain">
          {lines.map(({ key, text, next }) => (
            <li key={key}>
              {text}, next <When at={next} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Switches({ trigger }: { readonly trigger: TriggerView }): ReactElement {
  const change = useChangeTrigger(trigger.pipeline.id);
  const [timeZone, setTimeZone] = useState(trigger.timeZone);
  return (
    <Panel title="Switches">
      <SubmitForm
        change={change}
        order={() => ({ timeZone: timeZone.trim() })}
        label="Save the zone"
        said="Saved."
      >
        <label className="tick">
          <input
            type="checkbox"
            checked={trigger.automatic}
            disabled={change.isPending}
            onChange={({ target }) => change.mutate({ automatic: target.checked })}
          />
          It starts by itself
        </label>
        <label className="tick">
          <input
            type="checkbox"
            checked={trigger.pollPullRequests}
            disabled={change.isPending}
            onChange={({ target }) => change.mutate({ pollPullRequests: target.checked })}
          />
          Look for pull requests in the repository, too
        </label>
        <label>
          Time zone of its schedules
          <input
            required
            value={timeZone}
            placeholder="Europe/Berlin"
            onChange={({ target }) => setTimeZone(target.value)}
          />
        </label>
      </SubmitForm>
    </Panel>
  );
}
