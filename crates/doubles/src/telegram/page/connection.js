// How a bot connects, how it is doing, and faults on demand.

import { ask } from './api.js';
import { el, notice } from './dom.js';
import { run } from './compose.js';

const FAULTS = [
  ['Too many requests, for 10 s', { fault: 'too_many_requests', retry_after_secs: 10, times: 1 }],
  ['Server error, three times', { fault: 'server_error', status: 500, times: 3 }],
  ['Take the message, drop the answer', { fault: 'drop_response', times: 1 }],
  ['Each update three times', { fault: 'duplicate', copies: 3, times: 10 }],
  ['Updates in any order', { fault: 'shuffle', times: 10 }],
  ['Half a webhook', { fault: 'truncate_webhook', times: 1 }],
];

/** @param {object} state as `/sim/state` answers it */
export function connection(state) {
  const bot = state.bots.find((one) => String(one.id) === state.bot);
  const way = bot.webhook ? `Webhook to ${bot.webhook.url}` : bot.polling ? 'Long polling' : 'Not connected yet';
  const copied = (text) => el('button', {
    type: 'button', class: 'copy', title: 'Copy',
    onclick: async () => {
      await navigator.clipboard.writeText(text);
      notice('Copied');
    },
  }, text);
  return [
    el('dl', {},
      el('dt', {}, 'Bot API base URL'), el('dd', {}, copied(location.origin)),
      el('dt', {}, 'Token'), el('dd', {}, copied(bot.token)),
      el('dt', {}, 'Bot'), el('dd', {}, `@${bot.username}`),
      el('dt', {}, 'Connection'), el('dd', {}, way),
      bot.webhook?.last_error_message && el('dt', {}, 'Last error'),
      bot.webhook?.last_error_message && el('dd', { class: 'bad' }, bot.webhook.last_error_message),
      el('dt', {}, 'Updates waiting'), el('dd', {}, String(bot.pending_updates)),
      el('dt', {}, 'Requests, wrong ones'), el('dd', {}, `${state.requests}, ${state.violations}`)),
    el('p', {}, el('a', { href: '/sim/books', target: '_blank' }, 'All books as JSON')),
    el('h2', {}, 'Let something go wrong'),
    el('div', { class: 'faults' }, ...FAULTS.map(([name, fault]) => el('button', {
      type: 'button', class: 'quiet',
      onclick: () => run(async () => {
        await ask('faults', 'POST', fault);
        notice(`Coming: ${name.toLowerCase()}`);
      }),
    }, name)), el('button', { type: 'button', onclick: () => run(() => ask('faults', 'DELETE')) }, 'All well again')),
  ];
}
