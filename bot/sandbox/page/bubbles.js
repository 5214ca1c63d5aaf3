// Turns messages into elements. Text from people and from the bot only ever becomes text nodes.

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const safeAddress = (address) => (/^(https?:|mailto:|tel:)/i.test(address) ? address : null);

function link(address, children, actions) {
  const start = actions.startCode(address);
  if (start) {
    return element("a", { href: "#", onclick: (event) => { event.preventDefault(); actions.follow(address); } }, ...children);
  }
  const safe = safeAddress(address);
  return safe ? element("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, ...children) : element("span", {}, ...children);
}

const wrappers = {
  bold: (_entity, children) => element("b", {}, ...children),
  italic: (_entity, children) => element("i", {}, ...children),
  underline: (_entity, children) => element("u", {}, ...children),
  strikethrough: (_entity, children) => element("s", {}, ...children),
  code: (_entity, children) => element("code", {}, ...children),
  pre: (_entity, children) => element("pre", {}, ...children),
  blockquote: (_entity, children) => element("blockquote", {}, ...children),
  expandable_blockquote: (_entity, children) =>
    element("blockquote", { class: "folded", role: "button", title: "Ketuk untuk membuka", onclick: (event) => event.currentTarget.classList.toggle("folded") }, ...children),
  spoiler: (_entity, children) =>
    element("span", { class: "spoiler", role: "button", onclick: (event) => event.currentTarget.classList.add("shown") }, ...children),
  date_time: (entity, children) => element("time", { title: new Date(entity.unix_time * 1000).toLocaleString("id-ID") }, ...children),
  text_link: (entity, children, actions) => link(entity.url, children, actions),
  url: (_entity, children, actions) => {
    const text = children.map((child) => child.textContent ?? child).join("");
    return link(/^https?:/i.test(text) ? text : `https://${text}`, children, actions);
  },
  bot_command: (_entity, children, actions) => {
    const text = children.map((child) => child.textContent ?? child).join("");
    return element("span", { class: "command", role: "button", onclick: () => actions.say(text) }, ...children);
  },
};

const blocks = new Set(["pre", "blockquote", "expandable_blockquote"]);

// Entities nest but never cross; offsets are UTF-16 code units, as in JavaScript strings.
function formatted(text, entities, start, end, actions) {
  const children = [];
  let position = start;
  const inside = entities.filter((entity) => entity.offset >= start && entity.offset + entity.length <= end);
  while (inside.length) {
    const entity = inside.shift();
    if (entity.offset < position) continue;
    const stop = entity.offset + entity.length;
    children.push(text.slice(position, entity.offset));
    const nested = formatted(text, inside, entity.offset, stop, actions);
    const wrap = wrappers[entity.type];
    children.push(...(wrap ? [wrap(entity, nested, actions)] : nested));
    const ownLine = blocks.has(entity.type) && text[stop] === "\n" && stop < end;
    position = ownLine ? stop + 1 : stop;
  }
  children.push(text.slice(position, end));
  return children.filter((child) => child !== "");
}

const readableSize = (bytes) =>
  bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;

const icons = { document: "📄", voice: "🎤", video: "🎬", video_note: "⏺", audio: "🎵" };
const labels = { voice: "Pesan suara", video: "Video", video_note: "Video bulat", audio: "Audio" };

function media(messages) {
  const photos = messages.filter((message) => message.media?.kind === "photo");
  const parts = [];
  if (photos.length) {
    parts.push(
      element(
        "div",
        { class: photos.length > 1 ? "tiles many" : "tiles", "data-row": "" },
        ...photos.map((photo) =>
          element("a", { href: photo.media.url, target: "_blank", rel: "noopener" }, element("img", { src: photo.media.url, alt: `Foto ${photo.media.name}` })),
        ),
      ),
    );
  }
  for (const { media: file } of messages) {
    if (!file || file.kind === "photo") continue;
    parts.push(
      element(
        "a",
        { class: "file", "data-row": "", href: file.url, download: file.name },
        element("i", { "aria-hidden": "true" }, icons[file.kind] ?? "📎"),
        element("span", {}, labels[file.kind] ?? file.name, element("small", {}, readableSize(file.size))),
      ),
    );
  }
  return parts;
}

function keyboard(message, actions) {
  if (!message.buttons.length) return null;
  const rows = message.buttons.map((row, rowNumber) =>
    element(
      "div",
      { "data-row": "" },
      ...row.map((button, column) => {
        const kinds = [button.style ?? "", button.pending ? "pending" : "", button.url ? "link" : ""].join(" ").trim();
        const press = () => {
          if (button.live) actions.tap(message, rowNumber, column);
          else if (button.url && actions.startCode(button.url)) actions.follow(button.url);
          else if (button.copy) navigator.clipboard?.writeText(button.copy);
          else if (button.url && safeAddress(button.url)) window.open(button.url, "_blank", "noopener");
        };
        return element("button", { type: "button", class: kinds, "aria-busy": button.pending ? "true" : null, onclick: press }, button.text);
      }),
    ),
  );
  return element("div", { class: "keyboard" }, ...rows);
}

function tools(message, mine, actions) {
  const offered = [["Balas", () => actions.reply(message)]];
  if (mine) offered.push(["Ubah", () => actions.edit(message)]);
  offered.push(["Hapus", () => actions.remove(message)]);
  const row = element("div", { class: "tools", "data-row": "", hidden: true }, ...offered.map(([name, run]) => element("button", { type: "button", onclick: run }, name)));
  const toggle = (event) => {
    row.hidden = !row.hidden;
    event.currentTarget.setAttribute("aria-expanded", String(!row.hidden));
  };
  const more = element("button", { type: "button", class: "more", "data-row": "", "aria-label": "Balas, ubah atau hapus pesan ini", "aria-expanded": "false", onclick: toggle }, "⋯");
  return [more, row];
}

// One bubble; an album is several messages in one.
export function bubble(messages, { mine, showSender, actions }) {
  const [first] = messages;
  const main = messages.find((message) => message.text) ?? first;
  const marks = [main.pinned && "📌", main.silent && !mine && "🔕", main.edited && "disunting", first.date.slice(11, 16).replace(":", ".")];
  const foot = element("span", { class: "foot" }, marks.filter(Boolean).join(" "));
  const inner = [
    showSender ? element("strong", { class: "sender" }, first.sender.name) : null,
    main.forwarded ? element("span", { class: "origin" }, `Diteruskan dari ${main.forwarded}`) : null,
    main.reply
      ? element("button", { type: "button", class: "quote", "data-row": "", onclick: () => actions.show(main.reply.id) }, element("strong", {}, main.reply.name), element("span", {}, main.reply.text))
      : null,
    ...media(messages),
    element("span", { class: "text", "data-row": "" }, ...formatted(main.text, main.entities, 0, main.text.length, actions)),
    foot,
  ];
  const label = `${first.sender.name}, ${first.date.slice(11, 16).replace(":", ".")}`;
  const classes = ["message", mine && "mine", main.buttons.length && "with-buttons"].filter(Boolean).join(" ");
  return element("article", { class: classes, "data-id": main.id, "aria-label": label }, element("div", { class: "bubble" }, ...inner), keyboard(main, actions), ...tools(main, mine, actions));
}
