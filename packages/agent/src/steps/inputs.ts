import { fold, type FoldedName } from '@signalbox/model';

/** The inputs of a step with their macros expanded; names ignore case. */
export class StepInputs {
  readonly #values: ReadonlyMap<FoldedName, string>;

  constructor(inputs: Readonly<Record<string, string>>, expand: (text: string) => string) {
    this.#values = new Map(Object.entries(inputs).map(([name, value]) => [fold(name), expand(value)]));
  }

  /** The first of these names that has a value; else empty. */
  text(...names: readonly string[]): string {
    for (const name of names) {
      const value = this.#values.get(fold(name));
      if (value !== undefined && value !== '') return value;
    }
    return '';
  }

  /** True only for the text `true` in any letter case. */
  isTrue(name: string): boolean {
    return fold(this.text(name)) === 'true';
  }
}
