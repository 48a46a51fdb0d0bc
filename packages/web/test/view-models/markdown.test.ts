import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdown, type Block, type Inline } from '../../src/view-models/markdown.ts';

function inlinesOf(text: string): readonly Inline[] {
  return markdown(text).flatMap((block: Block) => {
    if (block.kind === 'code') return [{ kind: 'code' as const, text: block.text }];
    return block.kind === 'list' ? block.items.flat() : block.lines.flat();
  });
}

describe('markdown', () => {
  it('reads headings, paragraphs, lists and code', () => {
    const text = '# Before\nyou say yes\n\n- one\n- two\n  more\n\n1. first\n```\n- raw **x**\n```';
    expect(markdown(text)).toEqual([
      { kind: 'heading', lines: [[{ kind: 'text', text: 'Before' }]] },
      { kind: 'paragraph', lines: [[{ kind: 'text', text: 'you say yes' }]] },
      {
        kind: 'list',
        ordered: false,
        items: [
          [{ kind: 'text', text: 'one' }],
          [
            { kind: 'text', text: 'two' },
            { kind: 'text', text: ' more' },
          ],
        ],
      },
      { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'first' }]] },
      { kind: 'code', text: '- raw **x**' },
    ]);
  });

  it('reads strong, emphasis, code and links inside a line', () => {
    expect(inlinesOf('a **b** *c* `d` [e](https://f.org/) https://g.org/h')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'strong', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'emphasis', text: 'c' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'd' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'e', href: 'https://f.org/' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'https://g.org/h', href: 'https://g.org/h' },
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    '/relative',
    '//host/x',
    'java\tscript:alert(1)',
  ])('makes no link of %j', (target) => {
    expect(inlinesOf(`[press](${target})`).some(({ kind }) => kind === 'link')).toBe(false);
  });

  it('keeps tags as characters', () => {
    const text = '<img src=x onerror=alert(1)> <script>alert(1)</script>';
    expect(inlinesOf(text)).toEqual([{ kind: 'text', text }]);
  });

  it('leads nowhere but to the web or to mail, whatever is written', () => {
    const marks = fc.constantFrom('[', ']', '(', ')', '*', '**', '`', '```', '- ', '1. ', '# ', '\n', ' ');
    const words = fc.constantFrom('a', 'javascript:', 'https://x.org/', '<b>', 'mailto:a@b.c', 'é');
    fc.assert(
      fc.property(fc.array(fc.oneof(marks, words), { maxLength: 40 }), (parts) => {
        for (const one of inlinesOf(parts.join(''))) {
          if (one.kind === 'link') expect(one.href).toMatch(/^(https?|mailto):/);
        }
      }),
    );
  });

  it('shows what is too long as it is', () => {
    const text = '**a** '.repeat(5000);
    expect(inlinesOf(text)).toEqual([{ kind: 'text', text }]);
  });
});
