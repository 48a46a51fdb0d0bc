import type { AgentFact, JobStepTarget, StepDetail, StepReport } from '@signalbox/api';
import type { Instant, NodeResult } from '@signalbox/model';
import type { JobFiles } from '../artifacts/job-files.ts';
import type { CommandTarget, FileWork, IssuePlace, IssueType } from '../commands/command-target.ts';
import { Restrictions } from '../commands/restrictions.ts';
import { runLine } from '../commands/run-line.ts';
import { worstResult } from '../job/results.ts';
import { LOG_LINE_CHARS, READ_LINE_CHARS, STEP_LOG_CHARS } from '../limits.ts';
import type { Masker } from '../masking/masker.ts';
import type { SplitLine } from '../process/line-splitter.ts';
import type { LineSink } from '../process/run-process.ts';
import type { Endpoints } from '../variables/endpoints.ts';
import type { TaskVariables } from '../variables/task-variables.ts';
import type { VariableStore } from '../variables/variable-store.ts';
import { IssueList, issueText } from './issue-list.ts';
import type { LogStream } from './log-stream.ts';
import { StepProgress } from './step-progress.ts';

/** What a step's output needs of its job. */
export interface StepOutputOptions {
  readonly order: number;
  readonly stepName: string;
  readonly logs: LogStream;
  readonly masker: Masker;
  readonly variables: VariableStore;
  readonly taskVariables: TaskVariables;
  readonly endpoints: Endpoints;
  readonly prependPath: string[];
  /** The step's `target`, as far as it says what the step may tell its agent. */
  readonly target?: JobStepTarget | undefined;
  readonly now: () => Instant;
  readonly files: JobFiles;
  readonly push: (fact: AgentFact) => void;
  /** Told when the step's progress or its child records changed. */
  readonly progressed: () => void;
}

/**
 * Everything that one step says: lines, issues and logging commands. All of it passes the masker here, the one
 * gate before it leaves the agent (SEC-1, INV-61).
 */
export class StepOutput implements CommandTarget, LineSink {
  readonly stepName: string;
  readonly variables: VariableStore;
  readonly taskVariables: TaskVariables;
  readonly endpoints: Endpoints;
  readonly masker: Masker;
  readonly prependPath: string[];
  readonly restrictions: Restrictions;
  readonly #options: StepOutputOptions;
  readonly #issues: IssueList;
  readonly #progress: StepProgress;
  #done = new AbortController();
  readonly #debugging: boolean;
  #commandResult: NodeResult | undefined;
  #chars = 0;
  #work: Promise<void> = Promise.resolve();
  readonly #stopped = new AbortController();
  #stderrLines = 0;

  constructor(options: StepOutputOptions) {
    this.#options = options;
    this.stepName = options.stepName;
    this.variables = options.variables;
    this.masker = options.masker;
    this.taskVariables = options.taskVariables;
    this.endpoints = options.endpoints;
    this.prependPath = options.prependPath;
    this.restrictions = new Restrictions(options.target);
    this.#issues = new IssueList(options.masker);
    this.#progress = new StepProgress(options.masker);
    this.#debugging = options.variables.isTrue('System.Debug');
  }

  /** What `task.complete` and failed commands made of the step (LOG-4, LOG-14). */
  get commandResult(): NodeResult | undefined {
    return this.#commandResult;
  }

  /** Aborted when the step ends itself by `task.complete done=true`. */
  get done(): AbortSignal {
    return this.#done.signal;
  }

  /** Lines on standard error, for `failOnStderr` (STEPY-5). */
  get stderrLines(): number {
    return this.#stderrLines;
  }

  get congested(): boolean {
    return this.#options.logs.congested;
  }

  drained(): Promise<void> {
    return this.#options.logs.drained();
  }

  /** What follows the part that is kept is only there to recognise a secret that reaches into it. */
  lineLimit(): number {
    return READ_LINE_CHARS + this.masker.longest;
  }

  /** A line of the step's process: a logging command, or text. */
  line(line: SplitLine, pipe: 'stdout' | 'stderr'): void {
    if (pipe === 'stderr') this.#stderrLines += 1;
    if (line.cut && line.text.includes('##vso[')) {
      this.issue(
        'warning',
        `A line of more than ${READ_LINE_CHARS} characters is not read as a logging command.`,
      );
    } else if (runLine(line.text, this)) {
      return;
    }
    this.#write(line.text);
  }

  /** A line of a program whose output is not to be trusted with logging commands (TH9). */
  plainLine(line: SplitLine): void {
    this.#write(line.text);
  }

  /** Text of the agent's own; may have several lines. */
  info(text: string): void {
    for (const line of text.split(/\r\n|\r|\n/)) this.#write(line);
  }

  debug(text: string): void {
    if (this.#debugging) this.info(`##[debug]${text}`);
  }

  issue(type: IssueType, message: string, place: IssuePlace = {}): void {
    this.#issues.add(type, message, place);
    this.info(`##[${type}]${issueText(type, message, place)}`);
  }

  complete(result: NodeResult, done: boolean): void {
    this.#commandResult = worstResult(this.#commandResult ?? 'succeeded', result);
    if (done) this.#done.abort();
  }

  afterwards(work: FileWork): void {
    this.#work = this.#work.then(async () => {
      let problem: string | undefined;
      try {
        problem = await work(this.#options.files, this.#stopped.signal);
      } catch (error) {
        problem = error instanceof Error ? error.message : String(error);
      }
      if (problem === undefined) return;
      this.issue('error', problem);
      this.complete('failed', false);
    });
  }

  /** Resolves when everything that commands began is done; the signal ends it. */
  async settled(stop: AbortSignal): Promise<void> {
    const end = (): void => this.#stopped.abort();
    stop.addEventListener('abort', end, { once: true });
    if (stop.aborted) end();
    await this.#work;
    stop.removeEventListener('abort', end);
  }

  /** Before another try: the result is as if nothing had been said, the issues stay (STEPY-8). */
  restart(): void {
    this.#commandResult = undefined;
    this.#done = new AbortController();
    this.#stderrLines = 0;
  }

  output(name: string, value: string, secret: boolean): void {
    this.#options.push({ kind: 'output', name, value, secret });
  }

  progress(percent: number, operation: string): void {
    this.#progress.set(percent, operation);
    this.#options.progressed();
  }

  detail(id: string): StepDetail | undefined {
    return this.#progress.detail(id);
  }

  setDetail(detail: StepDetail): string | undefined {
    const problem = this.#progress.setDetail(detail);
    if (problem === undefined) this.#options.progressed();
    return problem;
  }

  runNumber(number: string): void {
    this.#options.push({ kind: 'runNumber', number });
  }

  tag(tag: string): void {
    this.#options.push({ kind: 'tag', tag });
  }

  now(): Instant {
    return this.#options.now();
  }

  /** The part of a step's report that comes from what it said. */
  report(): Omit<StepReport, 'order' | 'name' | 'displayName' | 'state' | 'startTime'> {
    const { logs, order } = this.#options;
    return {
      ...this.#issues.report(),
      ...this.#progress.report(),
      ...(logs.lineCount(order) > 0 ? { log: order } : {}),
    };
  }

  #write(text: string): void {
    const { logs, order } = this.#options;
    if (this.#chars > STEP_LOG_CHARS) return;
    const cut = text.length > LOG_LINE_CHARS;
    const masked = this.masker.maskStart(text, LOG_LINE_CHARS);
    this.#chars += masked.length + 1;
    logs.append(order, cut ? `${masked} [line cut: more than ${LOG_LINE_CHARS} characters]` : masked);
    if (this.#chars <= STEP_LOG_CHARS) return;
    logs.append(order, `##[warning]The log is cut here: more than ${STEP_LOG_CHARS} characters.`);
  }
}
