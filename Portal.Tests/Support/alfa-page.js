// In the browser: the page as alfa takes it. Rules of style that match nothing here change nothing, and are most of what there is.
async (fromNode, fromWindow) => {
  const page = { url: location.href, device: fromWindow(), document: await fromNode() };

  // Without its pseudo-classes a selector matches no less than with them; what is none any more is kept.
  const matches = selector => {
    try {
      return document.querySelector(selector.replace(/::?[-\w]+(\([^()]*\))?/g, '')) !== null;
    } catch {
      return true;
    }
  };
  const used = rules => rules.filter(rule => rule.type !== 'style' || matches(rule.selector)).map(rule => (rule.rules ? { ...rule, rules: used(rule.rules) } : rule));

  // Hundreds of custom properties are set on :root alone, and alfa works out all of them for every element: where a rule uses one, its value stands instead.
  const elements = JSON.stringify(page.document.children);
  const root = getComputedStyle(document.documentElement);
  const worked = text => {
    const next = text.replace(/var\((--[-\w]+)(?:,[^()]*)?\)/g, (whole, name) => root.getPropertyValue(name) || whole);
    return next === text ? text : worked(next);
  };
  const left = text => text.replace(/(--[-\w]+):[^;]*;/g, (whole, name) => (elements.includes(`var(${name}`) ? whole : ''));
  const plain = rules => rules.map(rule => ({
    ...rule,
    ...(rule.rules && { rules: plain(rule.rules) }),
    ...(rule.style && { style: rule.selector === ':root' ? left(rule.style) : worked(rule.style) }),
  }));
  page.document.style = page.document.style.map(sheet => ({ ...sheet, rules: plain(used(sheet.rules)) }));

  const withoutComments = node => {
    node.children = node.children?.filter(child => child.type !== 'comment').map(withoutComments);
    return node;
  };
  withoutComments(page.document);
  return JSON.stringify(page);
}
