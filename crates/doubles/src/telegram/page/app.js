// The page on which anyone plays a customer: people on the left, one chat, and how the bot is doing.

import { act, ask, listen } from './api.js';
import { compose, concern, run } from './compose.js';
import { connection } from './connection.js';
import { avatar, byId, el, form, notice, time } from './dom.js';
import { message, summary } from './message.js';

let state = null;
/** The chat that is open, as the text of its number. */
let open = location.hash.slice(2) || null;
let loading = false;
let stale = false;
let pinned = true;
/** Taps whose answers were told already. */
let told = null;
/** What each part of the page shows, so that only what changed is drawn again: a player goes on playing. */
const shown = new Map();

const personOf = (key) => state.people.find((person) => person.key === key);
const chatOf = (key) => state.chats.find((chat) => chat.key === key);
/** Who writes in the open chat: its person, or in a group the first one. */
const writer = () => (personOf(open) ?? state.people[0])?.key;
const where = () => (open === null ? null : { key: open, user: writer() });

async function refresh() {
  // One request at a time; a change that comes meanwhile is asked for after it.
  if (loading) {
    stale = true;
    return;
  }
  loading = true;
  const answer = await run(() => ask('state'));
  loading = false;
  if (answer) {
    state = answer;
    draw();
  }
  if (stale) {
    stale = false;
    await refresh();
  }
}

function draw() {
  const bot = state.bots.find((one) => String(one.id) === state.bot);
  changed('list', [open, rows()], drawList);
  changed('chat', [open, chatOf(open), state.people, bot.name], drawChat);
  tellAnswers(bot.callbacks);
  changed('connection', [bot, state.requests, state.violations], () =>
    byId('connection-body').replaceChildren(...connection(state)));
}

/** Says what the bot answered to a tap; answers from before the page was opened are old. */
function tellAnswers(callbacks) {
  const answered = Object.entries(callbacks).filter(([, answer]) => answer !== null);
  const fresh = told && answered.filter(([id, answer]) => !told.has(id) && answer.text);
  told = new Set(answered.map(([id]) => id));
  if (fresh?.length) notice(fresh.at(-1)[1].text);
}

function changed(part, value, drawPart) {
  const text = JSON.stringify(value);
  if (shown.get(part) === text) return;
  shown.set(part, text);
  drawPart();
}

function rows() {
  const people = state.people.map((person) => ({ key: person.key, name: person.name, chat: chatOf(person.key) }));
  const groups = state.chats.filter((chat) => chat.group).map((chat) => ({ key: chat.key, name: chat.title, chat }));
  const last = (row) => row.chat?.messages.at(-1)?.message.date ?? 0;
  return [...people, ...groups].sort((a, b) => last(b) - last(a));
}

function drawList() {
  byId('list').replaceChildren(...rows().map((row) => {
    const entry = row.chat?.messages.at(-1);
    const said = entry === undefined ? 'Has not written yet' : entry.deleted ? 'Message deleted' : summary(entry.message);
    return el('li', {}, el('button', {
      type: 'button', class: 'person', 'aria-current': row.key === open ? 'true' : undefined, onclick: () => show(row.key),
    },
    avatar(row.key, row.name),
    el('span', { class: 'lines' }, el('strong', {}, row.name), el('span', {}, said)),
    el('span', { class: 'when' }, row.chat?.barred ? 'blocked' : entry ? time(entry.message.date) : '')));
  }));
}

function show(key) {
  open = key;
  history.replaceState(null, '', key === null ? '#' : `#c${key}`);
  concern(null);
  draw();
  pinned = true;
  keepAtEnd();
}

/** Stays at the newest message until somebody scrolls away from it. */
function keepAtEnd() {
  const list = byId('messages');
  if (pinned) list.scrollTop = list.scrollHeight;
}

function drawChat() {
  const known = open !== null && (personOf(open) || chatOf(open));
  document.body.classList.toggle('reading', Boolean(known));
  byId('chat').classList.toggle('empty', !known);
  if (!known) {
    byId('chat-bar').replaceChildren();
    byId('messages').replaceChildren(el('li', { class: 'line note' }, 'Choose a person, or make one'));
    return;
  }
  const chat = chatOf(open);
  drawBar(chat);
  const list = byId('messages');
  const started = chat && chat.messages.length > 0;
  const tools = { group: chat?.group, react, tap, remove, reply: (entry) => concern({ reply: entry }), edit: (entry) => concern({ edit: entry }) };
  list.replaceChildren(...(started
    ? chat.messages.map((entry) => message(entry, tools))
    : [el('li', { class: 'line note' }, el('button', { type: 'button', onclick: () => run(() => act(open, 'start')) }, 'Start'))]));
  const keys = chat?.keyboard?.keyboard ?? [];
  byId('reply-keyboard').replaceChildren(...keys.map((row) => el('div', {}, ...row.map((key) => {
    const text = typeof key === 'string' ? key : key.text;
    return el('button', { type: 'button', class: 'quiet', onclick: () => run(() => act(open, 'send', { text, user: writer() })) }, text);
  }))));
  keepAtEnd();
}

function drawBar(chat) {
  const bot = state.bots.find((one) => String(one.id) === state.bot);
  const title = chat?.group ? chat.title : bot.name;
  const doing = chat?.action ? `${chat.action.replaceAll('_', ' ')}…` : chat?.barred ? 'blocked' : `bot · you are ${personOf(writer())?.name ?? 'nobody'}`;
  const button = (name, action) => el('button', { type: 'button', class: 'quiet', onclick: () => run(action) }, name);
  const ways = chat?.group
    ? [button(chat.barred ? 'Add bot' : 'Remove bot', () => act(open, 'member', { user: writer(), member: chat.barred })),
      button('Upgrade', async () => show((await act(open, 'migrate', { user: writer() })).key))]
    : [button('Start', start), button(chat?.barred ? 'Unblock' : 'Block', () => act(open, 'block', { blocked: !chat?.barred }))];
  byId('chat-bar').replaceChildren(
    el('button', { type: 'button', class: 'icon back', 'aria-label': 'Back', onclick: () => show(null) }, '‹'),
    avatar(chat?.group ? open : state.bot, title),
    el('span', { class: 'lines' }, el('strong', {}, title), el('span', {}, doing)), ...ways);
}

async function start() {
  const asked = await form('Press Start', [{ name: 'parameter', label: 'Parameter of the deep link, if there is one' }], 'Start');
  if (asked) await act(open, 'start', asked);
}

const react = (entry, reaction) => run(() => act(open, 'react', { message_id: entry.message_id, reaction, user: writer() }));
const remove = (entry) => run(() => act(open, 'delete', { message_id: entry.message_id, user: writer() }));

async function tap(entry, button) {
  if (button.callback_data === undefined) {
    notice('This kind of button does nothing here');
    return;
  }
  await run(() => act(open, 'tap', { message_id: entry.message_id, data: button.callback_data, user: writer() }));
}

byId('new-person').addEventListener('click', async () => {
  const about = await form('New person', [
    { name: 'first_name', label: 'First name', required: true },
    { name: 'last_name', label: 'Last name' },
    { name: 'username', label: 'Username' },
    { name: 'language_code', label: 'Language', value: navigator.language.slice(0, 2) },
  ], 'Make');
  const made = about && (await run(() => ask('people', 'POST', about)));
  if (made) {
    await refresh();
    show(made.key);
  }
});
byId('new-group').addEventListener('click', async () => {
  const about = await form('New group with the bot', [{ name: 'title', label: 'Title', required: true }], 'Make');
  const made = about && (await run(() => ask('groups', 'POST', about)));
  if (made) {
    await refresh();
    show(made.key);
  }
});
byId('theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
});
byId('messages').addEventListener('scroll', ({ target: list }) => {
  pinned = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
});
// A picture has its height only when it is there.
byId('messages').addEventListener('load', keepAtEnd, true);
byId('connection').open = matchMedia('(min-width: 721px)').matches;
compose(where);
listen(refresh, (online) => document.body.classList.toggle('offline', !online));
