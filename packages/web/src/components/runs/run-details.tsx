import type { ReactElement } from 'react';
import type { JobDetail, StageDetail, StepDetail } from '../../view-models/run-detail.ts';
import { Icon, MarkIcon } from '../icon/icon.tsx';
import type { StageOrderAct } from '../../data/commands.ts';
import type { CheckActions } from './check-list.tsx';
import { CheckList } from './check-list.tsx';
import { StageActs } from './stage-acts.tsx';

type OpenLog = (log: number) => void;

/** What can be opened from the details of a run. */
interface DetailActions extends CheckActions {
  /** Absent when the viewer may not queue runs. */
  readonly actOnStage: ((stage: string, act: StageOrderAct) => void) | undefined;
}

/** Everything inside a run: stages with their reasons, jobs with agents, steps with logs. */
export function RunDetails(props: {
  readonly stages: readonly StageDetail[];
  readonly actions: DetailActions;
  /** The number of the log that is shown beside it, if one is. */
  readonly log?: number | undefined;
  /** The level of its headings: below a run of a list, or below the head of a page. */
  readonly heading: 'h2' | 'h4';
}): ReactElement {
  return (
    <div className="details">
      {props.stages.map((stage) => (
        <StageBlock
          key={stage.pill.key}
          stage={stage}
          actions={props.actions}
          log={props.log}
          heading={props.heading}
        />
      ))}
    </div>
  );
}

function StageBlock(props: {
  readonly stage: StageDetail;
  readonly actions: DetailActions;
  readonly log: number | undefined;
  readonly heading: 'h2' | 'h4';
}): ReactElement {
  const Title = props.heading;
  const { pill, name, attempt, acts, earlier, tokens, checks, reasons, jobs } = props.stage;
  const { actOnStage, openLog } = props.actions;
  return (
    <section className="detail-stage">
      <Title>
        <Icon name={pill.mark.icon} tone={pill.mark.tone} />
        <bdi>{pill.name}</bdi>
        <span className={`detail-state tone-${pill.mark.tone}`}>{pill.mark.label}</span>
        {attempt !== undefined && <span className="chip">{attempt}</span>}
        {tokens.map((token) => (
          <span key={token} className="chip" title="Fencing token of this grant">
            <Icon name="key" /> {token}
          </span>
        ))}
        {actOnStage !== undefined && acts.length > 0 && (
          <StageActs stage={pill.name} acts={acts} act={(act) => actOnStage(name, act)} />
        )}
      </Title>
      {checks.length > 0 && <CheckList checks={checks} actions={props.actions} />}
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {jobs.map((job) => (
        <JobBlock key={job.key} job={job} openLog={openLog} log={props.log} />
      ))}
      {earlier.map((before) => (
        <details key={before.title}>
          <summary>{before.title}</summary>
          {before.jobs.map((job) => (
            <JobBlock key={job.key} job={job} openLog={openLog} log={props.log} />
          ))}
        </details>
      ))}
    </section>
  );
}

function JobBlock(props: {
  readonly job: JobDetail;
  readonly openLog: OpenLog;
  readonly log: number | undefined;
}): ReactElement {
  const { job } = props;
  return (
    <div className="job">
      <p className="job-head">
        <MarkIcon mark={job.mark} />
        <bdi className="job-name">{job.name}</bdi>
        {job.agent !== undefined && (
          <span className="fact">
            <Icon name="queue" />
            <span className="hidden">on agent </span>
            <bdi>{job.agent}</bdi>
          </span>
        )}
        {job.duration !== undefined && <span className="job-time clockface">{job.duration}</span>}
      </p>
      {job.message !== undefined && <p className="job-message">{job.message}</p>}
      {job.steps.length > 0 && (
        <ol className="steps">
          {job.steps.map((step) => (
            <StepLine key={step.key} step={step} openLog={props.openLog} shown={props.log} />
          ))}
        </ol>
      )}
    </div>
  );
}

function StepLine(props: {
  readonly step: StepDetail;
  readonly openLog: OpenLog;
  readonly shown: number | undefined;
}): ReactElement {
  const { step, openLog } = props;
  const { log } = step;
  const face = (
    <>
      <MarkIcon mark={step.mark} />
      <bdi className="step-name">{step.name}</bdi>
      {step.progress !== undefined && <bdi className="fact">{step.progress}</bdi>}
      <span className="clockface step-time">{step.duration}</span>
    </>
  );
  return (
    <li>
      {log === undefined ? (
        <span className="step">{face}</span>
      ) : (
        <button
          type="button"
          className="step"
          aria-current={log === props.shown ? 'true' : undefined}
          data-nav=""
          onClick={() => openLog(log)}
        >
          {face}
          <span className="step-log">
            <Icon name="log" /> Log
          </span>
        </button>
      )}
      {step.issues.map((issue) => (
        <p key={issue.message} className={`issue issue-${issue.type}`}>
          <Icon
            name={issue.type === 'error' ? 'failed' : 'issues'}
            tone={issue.type === 'error' ? 'bad' : 'warn'}
          />
          <span>
            <span className="hidden">{issue.type}: </span>
            {issue.message}
          </span>
        </p>
      ))}
    </li>
  );
}
