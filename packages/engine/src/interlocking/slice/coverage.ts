import { EARLIEST, LATEST, comparePlaces, type Place } from '../order.ts';

/** How far an ordered index is known: every row of the store up to and including `through` is in the slice. */
export class Prefix {
  #through: Place = EARLIEST;

  get through(): Place {
    return this.#through;
  }

  get complete(): boolean {
    return this.includes(LATEST);
  }

  includes(place: Place): boolean {
    return comparePlaces(place, this.#through) <= 0;
  }

  extend(through: Place): void {
    if (comparePlaces(through, this.#through) > 0) this.#through = through;
  }

  finish(): void {
    this.#through = LATEST;
  }

  /** What an answer of at most `count` rows above `after` proves; `places` are theirs, in order. */
  answered(after: Place, count: number, places: readonly Place[]): void {
    if (comparePlaces(after, this.#through) > 0) return;
    const last = places.at(-1);
    if (places.length < count || last === undefined) this.finish();
    else this.extend(last);
  }
}
