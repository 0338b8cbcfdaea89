// A portal of somebody else's: another origin with a strict policy of its own, whose pages hold what a webmaster pasted.

import { createServer } from "node:http";

/** Elements and attributes that a careful publishing system leaves in what an editor pastes. */
const KEPT = /^(a|b|br|caption|em|figcaption|figure|h[1-6]|img|li|ol|p|strong|table|tbody|td|th|thead|tr|ul)$/;
const KEPT_ATTRIBUTES = /^(href|src|alt|width|height|border|cellpadding|cellspacing)$/;

/** What such a system makes of a piece of HTML: no script, no frame, no style, and the words of what it takes out. */
export function stripped(html) {
  return html
    .replace(/<script\b.*?<\/script>/gs, "")
    .replace(/<(\/?)([\w-]+)([^>]*)>/g, (_, end, name, attributes) => {
      if (!KEPT.test(name)) return "";
      const kept = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].filter(([, key]) => KEPT_ATTRIBUTES.test(key));
      return `<${end}${name}${kept.map(([whole]) => ` ${whole}`).join("")}>`;
    });
}

/**
 * Starts a portal on a port of its own. `show(html, policy)` gives the address of a page with a piece of HTML in it, which is
 * sent under this Content-Security-Policy; the piece fills the page's width.
 */
export async function startPortal() {
  const pages = [];
  const server = createServer((request, response) => {
    const page = pages[Number(request.url.slice(1))];
    if (!page || request.url === "/favicon.ico") return response.writeHead(204).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": page.policy });
    response.end(`<!doctype html><html lang="zh"><title>门户</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="stylesheet" href="data:text/css,body{margin:0}img{max-width:100%;height:auto;display:block}">
      ${page.html}</html>`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    show: (html, policy) => `${url}/${pages.push({ html, policy }) - 1}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
