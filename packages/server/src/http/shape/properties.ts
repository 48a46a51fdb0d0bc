import type { WireProperty } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { PropertyBag, PropertyValue } from '@signalbox/store';

/** Properties on the wire; `only` names some, in any letter case. */
export function shapeProperties(
  bag: PropertyBag,
  only?: readonly string[],
): Readonly<Record<string, WireProperty>> {
  const wanted = only === undefined || only.length === 0 ? undefined : new Set(only.map(fold));
  const kept = Object.entries(bag).filter(([name]) => wanted?.has(fold(name)) ?? true);
  return Object.fromEntries(kept.map(([name, value]) => [name, { $type: typeOf(value), $value: value }]));
}

function typeOf(value: PropertyValue): WireProperty['$type'] {
  if (typeof value === 'string') return 'System.String';
  if (typeof value === 'boolean') return 'System.Boolean';
  return Number.isInteger(value) ? 'System.Int32' : 'System.Double';
}
