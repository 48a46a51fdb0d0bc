import type { Address, AggregateKind } from '@signalbox/engine';

/** One text per aggregate, for maps. */
export function addressText(address: Address): string {
  return `${address.kind}:${address.id}`;
}

/** An address from its columns. */
export function addressOf(kind: string, id: number): Address {
  return { kind: kind as AggregateKind, id };
}
