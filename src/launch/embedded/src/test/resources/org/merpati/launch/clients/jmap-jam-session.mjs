// A mail session by jmap-jam: node session.mjs SESSION-URL USER PASSWORD
import assert from "node:assert/strict";
import JamClient from "jmap-jam";

const [url, user, password] = process.argv.slice(2);

// the client knows bearer tokens alone; the server wants HTTP Basic
const basic = "Basic " + Buffer.from(`${user}:${password}`).toString("base64");
const send = globalThis.fetch;
globalThis.fetch = (address, init = {}) =>
  send(address, { ...init, headers: { ...init.headers, Authorization: basic } });

const jam = new JamClient({ sessionUrl: url, bearerToken: "none" });
const session = await jam.session;
assert.equal(session.username, user);
const accountId = await jam.getPrimaryAccount();
assert.ok(session.accounts[accountId].isPersonal);

// mailboxes
const [boxes] = await jam.api.Mailbox.get({ accountId });
const inbox = boxes.list.find((box) => box.role === "inbox");
assert.ok(inbox, "an inbox");
assert.equal(inbox.totalEmails, 0);
const [made] = await jam.api.Mailbox.set({
  accountId,
  create: { box: { name: "Vögel", parentId: null } },
});
const birds = made.created.box.id;

// a message by upload and import, and one by Email/set
const message = [
  "From: Bo <bo@example.net>",
  `To: ${user}`,
  "Subject: =?utf-8?q?Br=C3=BCtende?= pigeons",
  "Date: Sun, 22 Nov 2026 10:00:00 +0000",
  "Message-ID: <jam-1@example.net>",
  "Content-Type: text/plain; charset=utf-8",
  "Content-Transfer-Encoding: 8bit",
  "",
  "Zwölf Eier.",
  "",
].join("\r\n");
const upload = await jam.uploadBlob(accountId, message, {
  headers: { "Content-Type": "message/rfc822" },
});
assert.equal(upload.size, Buffer.byteLength(message));
const [imported] = await jam.api.Email.import({
  accountId,
  emails: { first: { blobId: upload.blobId, mailboxIds: { [inbox.id]: true } } },
});
const first = imported.created.first;
const [set] = await jam.api.Email.set({
  accountId,
  create: {
    second: {
      mailboxIds: { [inbox.id]: true },
      subject: "Feathers",
      from: [{ name: "Ann", email: user }],
      to: [{ name: null, email: "bo@example.net" }],
      inReplyTo: ["jam-1@example.net"],
      references: ["jam-1@example.net"],
      bodyValues: { text: { value: "Weiß und grau." } },
      textBody: [{ partId: "text", type: "text/plain" }],
    },
  },
});
const second = set.created.second;
const state = set.newState;

// several calls that refer to one another
const [{ ids, emails, threads, snippets }] = await jam.requestMany((t) => {
  const ids = t.Email.query({
    accountId,
    filter: { inMailbox: inbox.id },
    sort: [{ property: "receivedAt", isAscending: true }],
    calculateTotal: true,
  });
  const emails = t.Email.get({
    accountId,
    ids: ids.$ref("/ids"),
    properties: ["id", "threadId", "subject", "from", "preview", "bodyValues", "textBody"],
    fetchTextBodyValues: true,
  });
  const threads = t.Thread.get({ accountId, ids: emails.$ref("/list/*/threadId") });
  const snippets = t.SearchSnippet.get({
    accountId,
    filter: { text: "pigeons" },
    emailIds: ids.$ref("/ids"),
  });
  return { ids, emails, threads, snippets };
});
assert.equal(ids.total, 2);
assert.deepEqual(new Set(ids.ids), new Set([first.id, second.id]));
const read = emails.list.find((email) => email.id === first.id);
assert.equal(read.subject, "Brütende pigeons");
assert.deepEqual(read.from, [{ name: "Bo", email: "bo@example.net" }]);
assert.equal(read.bodyValues[read.textBody[0].partId].value.trim(), "Zwölf Eier.");
assert.equal(emails.list.find((email) => email.id === second.id).preview, "Weiß und grau.");
assert.ok(threads.list.length >= 1);
assert.match(
  snippets.list.find((snippet) => snippet.emailId === first.id).subject,
  /<mark>pigeons<\/mark>/,
);

// the octets come back as they went
const download = await jam.downloadBlob({
  accountId,
  blobId: first.blobId,
  mimeType: "message/rfc822",
  fileName: "pigeons.eml",
});
assert.equal(await download.text(), message);

// changes
await jam.api.Email.set({
  accountId,
  update: {
    [first.id]: { "keywords/$seen": true, [`mailboxIds/${birds}`]: true },
  },
  destroy: [second.id],
});
const [changes] = await jam.api.Email.changes({ accountId, sinceState: state });
assert.deepEqual(changes.updated, [first.id]);
assert.deepEqual(changes.destroyed, [second.id]);
const [after] = await jam.api.Mailbox.get({ accountId, ids: [birds] });
assert.equal(after.list[0].totalEmails, 1);
assert.equal(after.list[0].unreadEmails, 0);

// errors are errors
await assert.rejects(jam.api.Email.get({ accountId: "nobody", ids: [] }), (error) => {
  assert.equal(error.type, "accountNotFound");
  return true;
});
const [gone] = await jam.api.Email.get({ accountId, ids: [second.id] });
assert.deepEqual(gone.notFound, [second.id]);

console.log("done");
