"""Calls imaplib's methods against the server and ends with an error at the first thing that is not as it should be."""
import imaplib
import re
import ssl
import sys

SCHEME, PORT, ADDRESS, PASSWORD = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


def trusting():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def connection():
    if SCHEME == "imaps":
        return imaplib.IMAP4_SSL("127.0.0.1", PORT, ssl_context=trusting())
    return imaplib.IMAP4("127.0.0.1", PORT)


def ok(answer, status="OK"):
    assert answer[0] == status, answer
    return answer[1]


def refused(call, *arguments):
    """Answered BAD, which imaplib raises, or NO."""
    try:
        assert call(*arguments)[0] == "NO", (call, arguments)
    except imaplib.IMAP4.error:
        pass


def bodies(data):
    return [item[1] for item in data if isinstance(item, tuple)]


def numbers(data):
    return [int(number) for number in data[0].split()]


def message(number):
    text = "Message-ID: <py.%d@example.net>\r\nFrom: Bob <bob@example.net>\r\nSubject: number %d\r\n\r\n" % (number, number)
    return (text + "Zeile äöü\r\n" * (number % 7)).encode()


def sign_in():
    m = connection()
    assert m.PROTOCOL_VERSION == "IMAP4REV1"
    if SCHEME == "imap":
        ok(m.starttls(trusting()))
        assert "STARTTLS" not in m.capabilities
    ok(m.authenticate("PLAIN", lambda challenge: b"\0" + ADDRESS.encode() + b"\0" + PASSWORD.encode()))
    m.logout()
    m = connection()
    refused(m.login, ADDRESS, "wrong")
    ok(m.login(ADDRESS, PASSWORD))
    return m


def mailboxes(m):
    assert ok(m.namespace())[0].startswith(b'(("" "/")')
    ok(m.create("Folder/Below"))
    refused(m.create, "Folder/Below")
    ok(m.subscribe("Folder/Below"))
    assert any(b"Folder/Below" in line for line in ok(m.lsub()))
    ok(m.rename("Folder", "Case"))
    assert len(ok(m.list("Case/", "*"))) == 1
    ok(m.unsubscribe("Case/Below"))
    ok(m.getquotaroot("INBOX"))
    for call, arguments in ((m.getacl, ["INBOX"]), (m.setacl, ["INBOX", "x", "lr"]), (m.proxyauth, ["x"])):
        refused(call, *arguments)


def messages(m):
    sent = [message(number) for number in range(100)]
    for number, each in enumerate(sent):
        ok(m.append("INBOX", r"(\Seen)" if number % 2 else None, '"01-Feb-2024 12:00:%02d +0100"' % (number % 60), each))
    assert ok(m.select("INBOX")) == [b"100"]
    fetched = ok(m.fetch("1:*", "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"))
    assert bodies(fetched) == sent
    sizes = [int(re.search(rb"RFC822.SIZE (\d+)", item[0])[1]) for item in fetched if isinstance(item, tuple)]
    assert sizes == [len(each) for each in sent]
    parts = bodies(ok(m.fetch("1:*", "(BODY.PEEK[HEADER] BODY.PEEK[TEXT])")))
    assert [parts[2 * i] + parts[2 * i + 1] for i in range(100)] == sent
    assert bodies(ok(m.fetch("2", "(BODY.PEEK[]<5.20>)"))) == [sent[1][5:25]]
    assert sum(b"ENVELOPE" in item for item in ok(m.fetch("1:*", "(ENVELOPE BODYSTRUCTURE)"))) == 100
    refused(m.partial, "1", "RFC822", "1", "10")
    return sent


def searches(m):
    odd = list(range(2, 101, 2))
    assert numbers(ok(m.search(None, "SEEN"))) == odd
    assert numbers(ok(m.search(None, "NOT SEEN SUBJECT 10"))) == [11]
    assert numbers(ok(m.search(None, "ON 1-Feb-2024"))) == list(range(1, 101))
    m.literal = "zeile äö".encode()
    assert 2 in numbers(ok(m.search("UTF-8", "BODY")))
    m.literal = "ÄÖÜ".encode("latin1")
    assert numbers(ok(m.search("ISO-8859-1", "TEXT"))) == [n for n in range(1, 101) if (n - 1) % 7]
    ok(m.search("X-UNKNOWN", "TEXT", "x"), "NO")
    assert sorted(numbers(ok(m.sort("(REVERSE DATE SUBJECT)", "UTF-8", "ALL")))) == list(range(1, 101))
    assert numbers(ok(m.uid("SORT", "(REVERSE ARRIVAL)", "UTF-8", "UID 1:3"))) == [3, 2, 1]
    threads = ok(m.thread("REFERENCES", "UTF-8", "ALL"))
    assert sorted(map(int, re.findall(rb"\d+", threads[0]))) == list(range(1, 101))


def changes(m, sent):
    assert len(ok(m.store("1:3", "+FLAGS", r"(\Deleted $Junk)"))) == 3
    ok(m.copy("1:5", "Case/Below"))
    assert b"TRYCREATE" in ok(m.copy("1", "Nowhere"), "NO")[0]
    ok(m.check())
    assert ok(m.expunge()) in ([b"1", b"1", b"1"], [b"3", b"2", b"1"])
    ok(m.uid("MOVE", "4:5", "Case/Below"))
    ok(m.unselect())
    ok(m.select("Case/Below", readonly=True))
    assert bodies(ok(m.fetch("1:*", "(BODY.PEEK[])"))) == sent[:5] + sent[3:5]
    refused(m.store, "1", "+FLAGS", r"(\Seen)")


def unicode_names():
    m = connection()
    ok(m.login(ADDRESS, PASSWORD))
    ok(m.enable("UTF8=ACCEPT"))
    assert m.utf8_enabled
    ok(m.create('"Größe ✓"'))
    assert ok(m.select('"Größe ✓"')) == [b"0"]
    m.logout()
    m = connection()
    ok(m.login(ADDRESS, PASSWORD))
    assert b"Gr&APYA3w-e &JxM-" in ok(m.list('""', "Gr*"))[0]
    ok(m.delete('"Gr&APYA3w-e &JxM-"'))
    m.logout()


session = sign_in()
mailboxes(session)
letters = messages(session)
searches(session)
changes(session, letters)
session.logout()
unicode_names()
print("done")
