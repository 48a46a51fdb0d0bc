import type { StepDetail, StepReport } from '@signalbox/api';
import { DETAIL_CHARS, STEP_DETAILS } from '../limits.ts';
import type { Masker } from '../masking/masker.ts';

/** How far a step is, by its own account: percent, what it does now, and its child records (LOG-11, LOG-12). */
export class StepProgress {
  readonly #masker: Masker;
  readonly #details = new Map<string, StepDetail>();
  #percent: number | undefined;
  #operation = '';

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** Sets both. */
  set(percent: number, operation: string): void {
    this.#percent = percent;
    this.#operation = this.#masked(operation);
  }

  detail(id: string): StepDetail | undefined {
    return this.#details.get(id);
  }

  /** Makes or replaces a child record; returns why that cannot be. */
  setDetail(detail: StepDetail): string | undefined {
    if (!this.#details.has(detail.id) && this.#details.size >= STEP_DETAILS)
      return `A step has at most ${STEP_DETAILS} child records.`;
    this.#details.set(detail.id, {
      ...detail,
      type: this.#masked(detail.type),
      name: this.#masked(detail.name),
      ...(detail.operation !== undefined && { operation: this.#masked(detail.operation) }),
    });
    return undefined;
  }

  /** The part of a step's report that is about this. */
  report(): Pick<StepReport, 'percent' | 'operation' | 'details'> {
    return {
      ...(this.#percent !== undefined && { percent: this.#percent }),
      ...(this.#operation !== '' && { operation: this.#operation }),
      ...(this.#details.size > 0 && { details: [...this.#details.values()] }),
    };
  }

  #masked(text: string): string {
    return this.#masker.maskStart(text, DETAIL_CHARS);
  }
}
