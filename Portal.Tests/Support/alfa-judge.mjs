// Judges pages by alfa. Each line that comes in is the path of a page as alfa-page.js gives it;
// what fails a rule goes out as a line of JSON: page, rule, what.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

const alfa = name => import(new URL(`../../Portal/node_modules/@siteimprove/alfa-${name}/dist/index.js`, import.meta.url));
const [{ Audit, Outcome }, { default: rules }, { Page }, { Criterion }, { Device }, { Document, Node, Sheet }, { Request, Response }, { URL: Address }] =
  await Promise.all(['act', 'rules', 'web', 'wcag', 'device', 'dom', 'http', 'url'].map(alfa));

// Left out: rules that serve criteria of level AAA only. Whatever serves no criterion (WAI-ARIA, good practice) is asked too.
const isAsked = rule => {
  const criteria = [...rule.requirements].filter(Criterion.isCriterion);
  return criteria.length === 0 || criteria.some(criterion => /"AA?"/.test(JSON.stringify(criterion.level)));
};
const asked = [...rules].filter(isAsked);

// Most of a page are its style sheets, and they are the same on every page.
const sheets = new Map();
const sheetOf = json => {
  const key = JSON.stringify(json);
  if (!sheets.has(key)) sheets.set(key, Sheet.from(json));
  return sheets.get(key);
};

function pageOf({ url, device: json, document }) {
  const device = Device.from(json);
  const address = Address.parse(url).getUnsafe();
  const children = document.children.map(child => Node.from(child, device));
  return Page.of(Request.of('GET', address), Response.of(address, 200, []), Document.of(children, document.style.map(sheetOf)), device);
}

// An element in one line, or a group of them (landmarks of one name).
const told = target => (Node.isNode(target) ? [target] : [...target])
  .map(element => `${element.path?.() ?? ''} ${String(element).replace(/\s+/g, ' ').slice(0, 160)}`).join(' | ');
const said = outcome => [...outcome.expectations].map(([, answer]) => answer.toJSON()).filter(answer => answer.type === 'err').map(answer => answer.error.message).join('; ');

for await (const file of createInterface(process.stdin)) {
  const name = basename(file, '.json');
  const page = pageOf(JSON.parse(readFileSync(file, 'utf8')));
  for (const outcome of await Audit.of(page, asked).evaluate())
    if (Outcome.isFailed(outcome))
      console.log(JSON.stringify({ page: name, rule: outcome.rule.uri.split('/').at(-1), what: `${said(outcome)}: ${told(outcome.target)}` }));
}
