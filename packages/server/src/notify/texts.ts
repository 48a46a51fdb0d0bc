import type { Notice } from './notice.ts';

/** A message in the forms that targets read. */
export interface Texts {
  readonly text: string;
  readonly html: string;
  readonly markdown: string;
}

/** The one sentence, with its link. */
export function shortTexts({ title, link }: Notice): Texts {
  return {
    text: title,
    html: `<a href="${escapeHtml(link)}">${escapeHtml(title)}</a>`,
    markdown: `[${escapeMarkdown(title)}](${link})`,
  };
}

/** The sentence and everything that people want to know at once. */
export function longTexts(notice: Notice): Texts {
  const { title, facts, link } = notice;
  const short = shortTexts(notice);
  const items = facts.map(({ name, text }) => `<li>${escapeHtml(name)}: ${escapeHtml(text)}</li>`);
  return {
    text: [title, ...facts.map(({ name, text }) => `${name}: ${text}`), link].join('\n'),
    html: `${short.html}${items.length === 0 ? '' : `<ul>${items.join('')}</ul>`}`,
    markdown: [
      short.markdown,
      ...facts.map(({ name, text }) => `- ${escapeMarkdown(name)}: ${escapeMarkdown(text)}`),
    ].join('\n'),
  };
}

/** Names of branches, stages and people come from outside and must not become markup (TH8). */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The same for Markdown; a line break would begin a block of its own. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>()#~|!]/g, (one) => `\\${one}`).replace(/\s*[\r\n]+\s*/g, ' ');
}
