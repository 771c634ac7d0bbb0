// One message as Telegram would show it: text with entities, media, buttons, reactions.

import { el, time } from './dom.js';

const TAGS = {
  bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'code',
  blockquote: 'q', expandable_blockquote: 'q',
};

const REACTIONS = ['👍', '❤', '🔥', '🎉', '😁', '🤔'];

/** @param {object} entry as in the books @param {object} tools what can be done with it */
export function message(entry, tools) {
  const own = !entry.from_bot;
  const { message: data } = entry;
  if (entry.deleted) {
    return el('li', { class: `line ${own ? 'own' : ''}` }, el('em', { class: 'gone' }, 'Message deleted'));
  }
  if (data.migrate_to_chat_id || data.migrate_from_chat_id) {
    return el('li', { class: 'line note' }, 'The group became a supergroup');
  }
  const bubble = el('div', { class: 'bubble', tabindex: '0' },
    tools.group && own && el('strong', { class: 'who' }, data.from.first_name),
    data.forward_origin && el('span', { class: 'origin' }, `Forwarded from ${origin(data.forward_origin)}`),
    data.reply_to_message && quote(data),
    ...media(data),
    (data.text ?? data.caption) && el('p', {}, ...marked(data.text ?? data.caption, data.entities ?? data.caption_entities)),
    el('span', { class: 'when' }, data.edit_date ? 'edited ' : '', time(data.date)));
  const reacted = entry.reactions.flatMap(({ reactions, from_bot: bot }) => reactions.map((one) =>
    el('span', { class: `chip ${bot ? 'of-bot' : ''}` }, one.emoji ?? '★')));
  return el('li', { class: `line ${own ? 'own' : ''}`, id: `m${entry.message_id}` },
    el('div', { class: 'stack' }, bubble,
      reacted.length > 0 && el('div', { class: 'chips' }, ...reacted), keyboard(entry, tools)),
    actions(entry, own, tools));
}

function actions(entry, own, tools) {
  const mine = (entry.reactions.find((one) => !one.from_bot)?.reactions ?? []).map((one) => one.emoji);
  const reactions = REACTIONS.map((emoji) => el('button', {
    type: 'button', 'aria-label': `React ${emoji}`, class: mine.includes(emoji) ? 'chosen' : '',
    onclick: () => tools.react(entry, mine.includes(emoji) ? [] : [emoji]),
  }, emoji));
  const text = own && (entry.message.text ?? entry.message.caption) !== undefined;
  return el('div', { class: 'actions' }, ...reactions,
    el('button', { type: 'button', title: 'Reply', 'aria-label': 'Reply', onclick: () => tools.reply(entry) }, '↩'),
    text && el('button', { type: 'button', title: 'Edit', 'aria-label': 'Edit', onclick: () => tools.edit(entry) }, '✎'),
    own && el('button', { type: 'button', title: 'Delete', 'aria-label': 'Delete', onclick: () => tools.remove(entry) }, '🗑'));
}

function keyboard(entry, tools) {
  const rows = entry.message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const button = (one) => one.url
    ? el('a', { href: /^(https?|tg):/.test(one.url) ? one.url : `https://${one.url}`, target: '_blank', rel: 'noreferrer' }, `${one.text} ↗`)
    : el('button', { type: 'button', onclick: () => tools.tap(entry, one) }, one.text);
  return el('div', { class: 'buttons' }, ...rows.map((row) => el('div', {}, ...row.map(button))));
}

const origin = (from) => from.sender_user_name ?? from.sender_user?.first_name ?? from.chat?.title ?? 'somewhere';

/** What a message says, in one line. */
export function summary(data) {
  const text = data.text ?? data.caption;
  const kind = ['photo', 'video', 'animation', 'audio', 'voice', 'video_note', 'sticker', 'document',
    'venue', 'location', 'contact', 'poll', 'dice'].find((key) => data[key]);
  const names = { video_note: 'Video message', voice: 'Voice message', document: 'File' };
  const name = kind && (names[kind] ?? kind[0].toUpperCase() + kind.slice(1));
  return [name, text].filter(Boolean).join(': ') || 'Message';
}

function quote(data) {
  const original = data.reply_to_message;
  return el('a', { class: 'quoted', href: `#m${original.message_id}` },
    el('strong', {}, original.from?.first_name ?? ''), el('span', {}, data.quote?.text ?? summary(original)));
}

function media(data) {
  const source = (file) => `/sim/files/${file.file_id}`;
  const shown = [];
  if (data.photo) {
    const photo = data.photo.at(-1);
    shown.push(el('img', { src: source(photo), alt: data.caption ?? 'Photo', width: photo.width, height: photo.height }));
  }
  if (data.sticker) shown.push(el('span', { class: 'large' }, data.sticker.emoji ?? '🙂'));
  const video = data.video ?? data.video_note ?? data.animation;
  if (video) shown.push(el('video', { src: source(video), controls: true, preload: 'none' }), file('Video', video));
  const audio = data.audio ?? data.voice;
  if (audio) shown.push(el('audio', { src: source(audio), controls: true, preload: 'none' }));
  if (data.document && !data.animation) shown.push(file(data.document.file_name ?? 'File', data.document));
  if (data.location) {
    const { latitude, longitude } = data.location;
    shown.push(el('div', { class: 'card place' }, el('strong', {}, data.venue?.title ?? 'Location'),
      el('span', {}, data.venue?.address ?? `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`)));
  }
  if (data.contact) {
    shown.push(el('div', { class: 'card' }, el('strong', {}, [data.contact.first_name, data.contact.last_name].filter(Boolean).join(' ')),
      el('span', {}, data.contact.phone_number)));
  }
  if (data.poll) {
    shown.push(el('div', { class: 'card' }, el('strong', {}, data.poll.question),
      ...data.poll.options.map((option) => el('span', {}, `○ ${option.text}`))));
  }
  if (data.dice) shown.push(el('span', { class: 'large' }, `${data.dice.emoji} ${data.dice.value}`));
  return shown;
}

function file(name, data) {
  const size = data.file_size > 1_000_000 ? `${(data.file_size / 1e6).toFixed(1)} MB` : `${Math.ceil(data.file_size / 1e3)} kB`;
  return el('a', { class: 'card file', href: `/sim/files/${data.file_id}`, download: name },
    el('strong', {}, name), el('span', {}, size));
}

/** Text cut at the borders of its entities; offsets are those of JavaScript, which also counts UTF-16. */
function marked(text, entities = []) {
  const borders = new Set([0, text.length, ...entities.flatMap((one) => [one.offset, one.offset + one.length])]);
  const cuts = [...borders].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1];
    const covering = entities.filter((one) => one.offset <= start && one.offset + one.length >= end);
    return covering.reduce((inner, one) => wrap(one, inner, text.slice(start, end)), document.createTextNode(text.slice(start, end)));
  });
}

function wrap(entity, inner, text) {
  const address = entity.type === 'text_link' ? entity.url : entity.type === 'url' ? text : null;
  if (address !== null && /^(https?|tg):/.test(address)) {
    return el('a', { href: address, target: '_blank', rel: 'noreferrer' }, inner);
  }
  const tag = TAGS[entity.type];
  if (tag) return el(tag, {}, inner);
  return el('span', { class: entity.type === 'spoiler' ? 'spoiler' : 'entity' }, inner);
}
