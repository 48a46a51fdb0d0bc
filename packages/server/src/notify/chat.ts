import type { JsonObject } from '@signalbox/store';
import type { Notice } from './notice.ts';
import { escapeMarkdown } from './texts.ts';

/** Slack cuts texts somewhere beyond this, and so do those that read the same. */
const SLACK_LENGTH = 3500;

/** A message for Slack's incoming webhooks; Mattermost and Rocket.Chat read it, too. */
export function slackMessage({ title, facts, link }: Notice): JsonObject {
  const lines = facts.map(({ name, text }) => `• *${escapeSlack(name)}*: ${escapeSlack(text)}`);
  const head = `<${link}|${escapeSlack(title).replaceAll('|', '¦')}>`;
  return { text: cut([head, ...lines].join('\n'), SLACK_LENGTH) };
}

/** A message for a webhook of Teams, as its workflows take it: an adaptive card. */
export function teamsMessage({ title, facts, link }: Notice): JsonObject {
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'TextBlock', text: escapeMarkdown(title), weight: 'Bolder', wrap: true },
      {
        type: 'FactSet',
        facts: facts.map(({ name, text }) => ({ title: name, value: escapeMarkdown(text) })),
      },
    ],
    actions: [{ type: 'Action.OpenUrl', title: 'Open in Signalbox', url: link }],
  };
  return {
    type: 'message',
    attachments: [
      { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card },
    ],
  };
}

// These three are all that Slack knows; without `<` nobody is mentioned by the name of a branch.
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
