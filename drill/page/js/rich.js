// Rich text as nodes of the page: its pieces are shown as mrkdwn shows the same.

import { h } from './dom.js';
import { marked, token } from './mrkdwn.js';

const PART = {
  rich_text_section: (part, view) => h('span', { class: 'r-line' }, pieces(part, view)),
  rich_text_quote: (part, view) => h('blockquote', { class: 'r-line' }, pieces(part, view)),
  rich_text_preformatted: (part, view) => h('pre', null, pieces(part, view)),
  rich_text_list: (part, view) => h(part.style === 'ordered' ? 'ol' : 'ul', { class: 'r-list' }, part.elements.map((one) => h('li', null, pieces(one, view)))),
};

export const rich = (block, view) => block.elements.map((part) => PART[part.type]?.(part, view));

const pieces = (part, view) => part.elements.map((one) => styled(piece(one, view), one.style));

const PIECE = {
  text: (one) => marked(one.text),
  link: (one, view) => token(`${one.url}|${one.text || one.url}`, view),
  user: (one, view) => token(`@${one.user_id}`, view),
  channel: (one, view) => token(`#${one.channel_id}`, view),
  usergroup: (one, view) => token(`!${one.usergroup_id}`, view),
  broadcast: (one, view) => token(`!${one.range}`, view),
  date: (one, view) => token(`!date^${one.timestamp}^${one.format}|${one.fallback || ''}`, view),
  emoji: (one) => (one.unicode ? marked(String.fromCodePoint(...one.unicode.split('-').map((code) => parseInt(code, 16)))) : marked(`:${one.name}:`)),
};

const piece = (one, view) => PIECE[one.type]?.(one, view) ?? `(a piece of type ${one.type})`;

const TAGS = { bold: 'strong', italic: 'em', strike: 's', code: 'code' };

function styled(node, style) {
  return Object.keys(TAGS).filter((name) => style?.[name]).reduce((inner, name) => h(TAGS[name], null, inner), node);
}
