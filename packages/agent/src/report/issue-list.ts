import type { StepIssue, StepReport } from '@signalbox/api';
import type { IssuePlace, IssueType } from '../commands/command-target.ts';
import { DETAIL_CHARS, ISSUES_KEPT, MESSAGE_CHARS } from '../limits.ts';
import type { Masker } from '../masking/masker.ts';

/** The issues of a step: the first ten of each kind are kept, masked; the counts go on (AGENT-12). */
export class IssueList {
  readonly #masker: Masker;
  readonly #issues: StepIssue[] = [];
  readonly #counts: Record<IssueType, number> = { error: 0, warning: 0 };

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** Adds one. */
  add(type: IssueType, message: string, place: IssuePlace): void {
    this.#counts[type] += 1;
    if (this.#counts[type] > ISSUES_KEPT) return;
    const { path, code, ...where } = place;
    this.#issues.push({
      type,
      message: this.#masker.maskStart(message, MESSAGE_CHARS),
      ...where,
      ...(path !== undefined && { path: this.#masker.maskStart(path, DETAIL_CHARS) }),
      ...(code !== undefined && { code: this.#masker.maskStart(code, DETAIL_CHARS) }),
    });
  }

  /** The part of a step's report that is about issues. */
  report(): Pick<StepReport, 'issues' | 'errorCount' | 'warningCount'> {
    const { error: errorCount, warning: warningCount } = this.#counts;
    return { issues: [...this.#issues], errorCount, warningCount };
  }
}

/** An issue as the log shows it: `a.c(3,9): error E7: message`. */
export function issueText(
  type: IssueType,
  message: string,
  { path, line, column, code }: IssuePlace,
): string {
  const at = [line, column].filter((one) => one !== undefined).join(',');
  const parts = [
    path === undefined ? undefined : `${path}${at === '' ? '' : `(${at})`}`,
    code === undefined ? undefined : `${type} ${code}`,
    message,
  ];
  return parts.filter((part) => part !== undefined).join(': ');
}
