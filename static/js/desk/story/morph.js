/* Makes one tree of nodes like another and leaves alone what is the same, so that pictures do not flicker and the page
   does not jump. */
export function morph(old, fresh) {
  if (old.isEqualNode(fresh) || isSameTime(old, fresh)) return;
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
    old.replaceWith(old.ownerDocument.adoptNode(fresh));
  } else if (old.nodeType !== Node.ELEMENT_NODE) {
    old.data = fresh.data;
  } else {
    morphAttributes(old, fresh);
    morphChildren(old, fresh);
  }
}

/* The page's script has put "2h ago" over the date; that stays. */
function isSameTime(old, fresh) {
  if (old.nodeName !== "TIME" || fresh.nodeName !== "TIME") return false;
  return Math.abs(new Date(old.dateTime) - new Date(fresh.dateTime)) < 3600000;
}

function morphAttributes(old, fresh) {
  // What the reader has opened stays open.
  const own = (name) => name === "open" || name === "aria-pressed";
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !own(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value && !own(name)) old.setAttribute(name, value);
  }
}

function morphChildren(old, fresh) {
  const was = [...old.childNodes];
  const is = [...fresh.childNodes];
  const same = (one, other) => one.isEqualNode(other) || isSameTime(one, other);
  while (was.length && is.length && same(was[0], is[0])) [was, is].forEach((nodes) => nodes.shift());
  while (was.length && is.length && same(was.at(-1), is.at(-1))) [was, is].forEach((nodes) => nodes.pop());
  const next = was.length ? was.at(-1).nextSibling : null;
  const shared = Math.min(was.length, is.length);
  for (let index = 0; index < shared; index += 1) morph(was[index], is[index]);
  was.slice(shared).forEach((node) => node.remove());
  const after = was.length ? next : endOf(old, fresh, is);
  is.slice(shared).forEach((node) => old.insertBefore(old.ownerDocument.adoptNode(node), after));
}

/* Where nodes belong that stand between what is the same at both ends. */
function endOf(old, fresh, added) {
  if (!added.length) return null;
  const behind = [...fresh.childNodes].length - [...fresh.childNodes].indexOf(added.at(-1)) - 1;
  return behind ? old.childNodes[old.childNodes.length - behind] : null;
}
