import { describe, expect, it } from 'vitest';
import { spanEndText, spanInsideText, spanNote, type SpanView } from '../src/index.ts';

const span: SpanView = { until: ['Verify'], over: false, inside: ['East'], waiting: ['West', 'North'] };

describe('spanEndText', () => {
  it.each([
    ['run' as const, 'until the run is over'],
    [['Verify'], 'until its stage Verify is over'],
    [['Check', 'Verify'], 'until its stages Check and Verify are over'],
  ])('of %j is: %s', (until, text) => {
    expect(spanEndText(until)).toBe(text);
  });
});

describe('spanNote', () => {
  it('says until when it is held, who is inside, and who waits there', () => {
    expect(spanNote(span)).toBe(
      'Held until its stage Verify is over. Inside now: East. Waits inside: West, North.',
    );
  });

  it('says that no stage is inside between two of them', () => {
    expect(spanNote({ ...span, until: 'run', inside: [], waiting: [] })).toBe(
      'Held until the run is over. No stage is inside now.',
    );
  });

  it('says of one that is over that nobody comes in any more, and who is left', () => {
    expect(spanNote({ ...span, over: true, waiting: [] })).toBe(
      'Its span is over: no further stage comes in. Inside now: East.',
    );
  });
});

describe('spanInsideText', () => {
  it('is the part about the stages alone', () => {
    expect(spanInsideText(span)).toBe('Inside now: East. Waits inside: West, North.');
  });
});
