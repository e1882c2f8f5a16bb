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
  page.document.style = page.document.style.map(sheet => ({ ...sheet, rules: used(sheet.rules) }));

  const withoutComments = node => {
    node.children = node.children?.filter(child => child.type !== 'comment').map(withoutComments);
    return node;
  };
  withoutComments(page.document);
  return JSON.stringify(page);
}
