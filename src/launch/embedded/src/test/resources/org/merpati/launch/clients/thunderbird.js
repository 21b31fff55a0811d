// What a person does in Thunderbird, done from within: each verb of `verbs` may be called. Mailboxes are named by their full
// names, messages by their identifiers.
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
const Flags = Ci.nsMsgMessageFlags;
const PATIENCE = 45_000;

const account = MailServices.accounts.allServers.find((server) => server.type == "imap");
const root = account.rootFolder;

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

async function until(what, holds) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new Error("in vain: " + what);
    }
    await pause(50);
  }
}

// Thunderbird's work is done when it says so
const done = (start) =>
  new Promise((resolve, reject) =>
    start({
      QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
      OnStartRunningUrl() {},
      OnStopRunningUrl: (url, code) => (Components.isSuccessCode(code) ? resolve() : reject(failure(code))),
    }),
  );
const copied = (start) =>
  new Promise((resolve, reject) =>
    start({
      QueryInterface: ChromeUtils.generateQI(["nsIMsgCopyServiceListener"]),
      onStartCopy() {},
      onProgress() {},
      setMessageKey() {},
      getMessageId: () => null,
      onStopCopy: (code) => (Components.isSuccessCode(code) ? resolve() : reject(failure(code))),
    }),
  );
const failure = (code) => new Error("failed with " + code.toString(16));
// for what may say so to nobody, when the folder is busy already
const soon = (work) => Promise.race([work.catch(() => {}), pause(2000)]);

const folders = () => root.descendants.filter((folder) => named(folder) && !(folder.flags & Ci.nsMsgFolderFlags.ImapNoselect));
const named = (folder) => folder.QueryInterface(Ci.nsIMsgImapMailFolder).onlineName;
const find = (name) => folders().find((folder) => named(folder) == name);
const mailbox = (name) => {
  const folder = find(name);
  if (!folder) {
    throw new Error(name + " is not in " + folders().map(named));
  }
  return folder;
};
const held = (folder, identifier) => [...folder.messages].find((message) => message.messageId == identifier);
const message = (folder, identifier) => {
  const found = held(folder, identifier);
  if (!found) {
    throw new Error(identifier + " is not in " + named(folder));
  }
  return found;
};
const discover = () => done((listener) => MailServices.imap.discoverAllFolders(root, listener, null));

const update = (folder) => soon(done((listener) => folder.updateFolderWithListener(null, listener)));

async function download(folder) {
  await update(folder);
  const missing = [...folder.messages].filter((each) => !(each.flags & Flags.Offline)).map((each) => each.messageKey);
  if (missing.length) {
    await soon(done((listener) => MailServices.imap.downloadMessagesForOffline(missing.join(","), folder, listener, null)));
  }
}

// one character an octet
function octets(stream) {
  const binary = Cc["@mozilla.org/binaryinputstream;1"].createInstance(Ci.nsIBinaryInputStream);
  binary.setInputStream(stream);
  let text = "";
  for (let more = binary.available(); more > 0; more = binary.available()) {
    text += binary.readBytes(more);
  }
  binary.close();
  return text;
}

function flags(each) {
  const known = { "\\Seen": Flags.Read, "\\Answered": Flags.Replied, "\\Flagged": Flags.Marked, $Forwarded: Flags.Forwarded };
  const keywords = each.getStringProperty("keywords").split(" ").filter((word) => word);
  return Object.keys(known).filter((flag) => each.flags & known[flag]).concat(keywords);
}

async function file(text) {
  const path = Services.dirsvc.get("ProfD", Ci.nsIFile);
  path.append("message.eml");
  await IOUtils.write(path.path, Uint8Array.from(text, (character) => character.charCodeAt(0)));
  return path;
}

const verbs = {
  signIn(password, certificate) {
    if (certificate) {
      const database = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB);
      Cc["@mozilla.org/security/certoverride;1"]
        .getService(Ci.nsICertOverrideService)
        .rememberValidityOverride(account.hostname, account.port, {}, database.constructX509FromBase64(certificate), true);
    }
    account.password = password;
  },

  // each mailbox with its messages, after the server was asked and everything downloaded
  async everything() {
    await discover();
    const all = {};
    for (const folder of folders()) {
      await download(folder);
      all[named(folder)] = [...folder.messages].map((each) => ({
        flags: flags(each),
        octets: each.flags & Flags.Offline ? octets(folder.getMsgInputStream(each, {})) : "not downloaded",
      }));
    }
    return all;
  },

  // what Thunderbird takes a mailbox for, by its special use
  special(name) {
    const uses = Ci.nsMsgFolderFlags;
    return ["Inbox", "Archive", "Drafts", "Junk", "SentMail", "Trash"].filter((use) => mailbox(name).flags & uses[use]).join();
  },

  // without what it has downloaded, so that the server is asked for parts of it
  async online(name, identifier) {
    const folder = mailbox(name);
    const found = message(folder, identifier);
    folder.discardOfflineMsg(found.messageKey);
    const uri = folder.getUriForMsg(found);
    let text = "";
    await new Promise((resolve, reject) =>
      MailServices.messageServiceFromURI(uri).streamMessage(
        uri,
        {
          QueryInterface: ChromeUtils.generateQI(["nsIStreamListener"]),
          onStartRequest() {},
          onDataAvailable(request, stream, offset, count) {
            const binary = Cc["@mozilla.org/binaryinputstream;1"].createInstance(Ci.nsIBinaryInputStream);
            binary.setInputStream(stream);
            text += binary.readBytes(count);
          },
          onStopRequest: (request, code) => (Components.isSuccessCode(code) ? resolve() : reject(failure(code))),
        },
        null,
        null,
        false,
        "",
        false,
      ),
    );
    return text;
  },

  read: (name, identifier, seen) => {
    const folder = mailbox(name);
    folder.markMessagesRead([message(folder, identifier)], seen);
  },
  readAll: (name) => mailbox(name).markAllMessagesRead(null),
  flag: (name, identifier, flagged) => {
    const folder = mailbox(name);
    folder.markMessagesFlagged([message(folder, identifier)], flagged);
  },
  tag: (name, identifier, keyword) => {
    const folder = mailbox(name);
    folder.addKeywordsToMessages([message(folder, identifier)], keyword);
  },
  untag: (name, identifier, keyword) => {
    const folder = mailbox(name);
    folder.removeKeywordsFromMessages([message(folder, identifier)], keyword);
  },
  answered: (name, identifier) => {
    const folder = mailbox(name);
    folder.addMessageDispositionState(message(folder, identifier), folder.nsMsgDispositionState_Replied);
  },
  forwarded: (name, identifier) => {
    const folder = mailbox(name);
    folder.addMessageDispositionState(message(folder, identifier), folder.nsMsgDispositionState_Forwarded);
  },

  copy: (name, identifiers, to) => transfer(name, identifiers, to, false),
  move: (name, identifiers, to) => transfer(name, identifiers, to, true),
  async trash(name, identifier) {
    const folder = mailbox(name);
    const found = message(folder, identifier);
    await copied((listener) => folder.deleteMessages([found], null, false, false, listener, true));
  },
  undo: () => MailServices.txns.transactionManager.undoTransaction(),

  // as a message that was sent is filed
  async append(name, octets, keyword) {
    const message = await file(octets);
    await copied((listener) =>
      MailServices.copy.copyFileMessage(message, mailbox(name), null, false, Flags.Read, keyword, listener, null),
    );
  },
  // by way of a folder on this machine
  async carry(name, identifiers, to) {
    const here = MailServices.accounts.localFoldersServer.rootFolder.subFolders[0];
    const from = mailbox(name);
    const messages = identifiers.map((identifier) => message(from, identifier));
    await copied((listener) => MailServices.copy.copyMessages(from, messages, here, false, listener, null, false));
    await copied((listener) => MailServices.copy.copyMessages(here, [...here.messages], mailbox(to), false, listener, null, false));
  },

  async create(parent, name) {
    const above = parent ? mailbox(parent) : root;
    above.createSubfolder(name, null);
    await until(name + " is made", () => find(parent ? parent + "/" + name : name));
  },
  async rename(name, leaf) {
    const renamed = name.replace(/[^/]*$/, leaf);
    await done((listener) => MailServices.imap.renameLeaf(mailbox(name), leaf, listener, null));
    await until(renamed + " is there", () => find(renamed));
  },
  async moveFolder(name, parent) {
    await done((listener) => MailServices.imap.moveFolder(mailbox(name), mailbox(parent), listener, null));
    await discover();
  },
  // for good; Thunderbird forgets it when the server does not list it
  async deleteFolder(name) {
    await done((listener) => MailServices.imap.deleteFolder(mailbox(name), listener, null));
    account.performExpand(null);
    await until(name + " is gone", () => !find(name));
  },
  subscribe: (name) => done((listener) => MailServices.imap.subscribeFolder(root, name, listener)),
  unsubscribe: (name) => done((listener) => MailServices.imap.unsubscribeFolder(root, name, listener)),

  async search(name, attribute, text) {
    const search = Cc["@mozilla.org/messenger/searchSession;1"].createInstance(Ci.nsIMsgSearchSession);
    search.addScopeTerm(Ci.nsMsgSearchScope.onlineMail, mailbox(name));
    const term = search.createTerm();
    term.attrib = Ci.nsMsgSearchAttrib[attribute];
    term.op = Ci.nsMsgSearchOp.Contains;
    const value = term.value;
    value.attrib = term.attrib;
    value.str = text;
    term.value = value;
    search.appendTerm(term);
    const found = [];
    await new Promise((resolve) => {
      search.registerListener({
        QueryInterface: ChromeUtils.generateQI(["nsIMsgSearchNotify"]),
        onNewSearch() {},
        onSearchHit: (hit) => found.push(hit.messageId),
        onSearchDone: resolve,
      });
      search.search(null);
    });
    return found;
  },

  getMessages: (name) => update(mailbox(name)),

  // wait until the server has said so unasked
  told: (name, identifier, wanted) =>
    until(identifier + " with " + wanted, () => {
      const found = held(mailbox(name), identifier);
      return found && flags(found).sort().join(" ") == wanted;
    }),
  toldGone: (name, identifier) => until(identifier + " is gone", () => !held(mailbox(name), identifier)),
};

async function transfer(name, identifiers, to, move) {
  const from = mailbox(name);
  const messages = identifiers.map((identifier) => message(from, identifier));
  await copied((listener) => MailServices.copy.copyMessages(from, messages, mailbox(to), move, listener, null, false));
}
