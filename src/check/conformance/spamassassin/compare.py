#!/usr/bin/env python3
"""Compares what `merpati mime show --json` reads in real messages with what Python's email package (policy default) reads.

    compare.py FOLDER FILES OUTPUT KNOWN

FILES names one message a line, relative to FOLDER; OUTPUT has Merpati's JSON, a line each, in the same order; KNOWN is the table of single differences
(tab-separated: file, what, reason). What differs is either covered by one of the rules below, each with the section that says why ours is
right, or stands in KNOWN. Anything else, and a row of KNOWN that no longer differs, is an error. The last line counts.
"""
import collections
import email
import email.policy
import hashlib
import json
import os
import re
import sys

RULES = {
    "eight-bit": "no RFC says which charset octets beyond ASCII in a header are in: Python puts U+FFFD, ours guesses",
    "comment": "RFC 8621 §4.1.2.3: the comment is the name where there is no other",
    "white space": "RFC 8621 §4.1.2.3: names have no white space at their ends",
    "encoded word": "RFC 2047 §5: a word next to other text is none; decoded leniently in names and subjects, never in addresses",
    "quoted": "RFC 5322 §3.4.1: a quoted local part is shown as it stands; Python drops the quotes",
    "empty": "RFC 5322 §3.4.1: <> is no address",
}


def addresses(message, name):
    fields = message.get_all(name)
    if not fields:
        return []
    return [(a.display_name or "", a.addr_spec) for a in fields[-1].addresses]


def python_leaves(part, found):
    if part.get_content_maintype() == "message":
        found.append((part.get_content_type(), None, part.get_filename()))
    elif part.is_multipart():
        for child in part.get_payload():
            python_leaves(child, found)
    else:
        content = part.get_payload(decode=True) or b""
        found.append((part.get_content_type(), hashlib.sha256(content).hexdigest(), part.get_filename()))


def our_leaves(part, found):
    if "parts" in part:
        for child in part["parts"]:
            our_leaves(child, found)
    else:
        message = part["type"].startswith("message/")
        found.append((part["type"], None if message else part["sha256"], part["name"]))


def raw(octets, name):
    """The octets of the last field of that name."""
    head = re.split(rb"\r?\n\r?\n", octets, maxsplit=1)[0]
    found = re.findall(rb"(?ims)^%s[ \t]*:(.*?)(?=^\S|\Z)" % name.encode(), head)
    return found[-1] if found else b""


def rule_of_text(octets, ours, theirs):
    if any(octet > 127 for octet in octets):
        return "eight-bit"
    if "=?" in theirs and "=?" not in ours:
        return "encoded word"
    return None


def rule_of_addresses(octets, ours, theirs):
    """The rule that makes them differ; None when there is another reason."""
    if any(octet > 127 for octet in octets):
        return "eight-bit"
    theirs = [one for one in theirs if one[1] != "<>"]
    if ours == theirs:
        return "empty"
    if len(ours) != len(theirs):
        return None
    rules = set()
    for (name, address), (their_name, their_address) in zip(ours, theirs):
        if name != their_name:
            if name == their_name.strip():
                rules.add("white space")
            elif not their_name:
                rules.add("comment")
            elif "=?" in their_name:
                rules.add("encoded word")
            else:
                return None
        if address != their_address:
            if address.replace('"', "") == their_address:
                rules.add("quoted")
            elif "=?" in address:
                rules.add("encoded word")
            else:
                return None
    return sorted(rules)[0]


def differences(octets, ours):
    """Pairs of what differs and the rule that covers it."""
    message = email.message_from_bytes(octets, policy=email.policy.default)
    fields = message.get_all("subject")
    theirs = str(fields[-1]).strip() if fields else ""
    subject = ours["subject"] or ""
    if subject != theirs:
        yield "subject", rule_of_text(raw(octets, "subject"), subject, theirs), subject, theirs
    for name, key in (("from", "from"), ("to", "to"), ("cc", "cc"), ("reply-to", "replyTo"), ("sender", "sender")):
        mine = [(one["name"] or "", one["address"] or "") for one in ours[key]]
        yours = addresses(message, name)
        if mine != yours:
            yield key, rule_of_addresses(raw(octets, name), mine, yours), mine, yours
    mine, yours = [], []
    our_leaves(ours["parts"], mine)
    python_leaves(message, yours)
    for what, column in (("types", 0), ("content", 1), ("names", 2)):
        a, b = [leaf[column] for leaf in mine], [leaf[column] for leaf in yours]
        if a != b:
            yield what, None, a, b


def main(folder, files, output, known_file):
    known = {}
    with open(known_file, encoding="utf-8") as rows:
        for row in list(rows)[1:]:
            file, what, reason = row.rstrip("\n").split("\t")
            known[(file, what)] = reason
    used, counts, messages, failed = set(), collections.Counter(), 0, 0
    names = [line.rstrip("\n") for line in open(files, encoding="utf-8")]
    with open(output, encoding="utf-8") as lines:
        for name, line in zip(names, lines, strict=True):
            messages += 1
            with open(os.path.join(folder, name), "rb") as file:
                octets = file.read()
            for what, rule, ours, theirs in differences(octets, json.loads(line)):
                if rule:
                    counts[what, rule] += 1
                elif (name, what) in known:
                    used.add((name, what))
                else:
                    failed += 1
                    print(f"{name}\t{what}\n  ours   {ours}\n  Python {theirs}")
            if messages % 1000 == 0:
                print(f"{messages} messages compared", file=sys.stderr)
    for row in sorted(set(known) - used):
        failed += 1
        print(f"{row[0]}\t{row[1]}\n  listed, but it does not differ")
    for (what, rule), count in sorted(counts.items()):
        print(f"{count:5} {what:8} {RULES[rule]}")
    print(f"{len(used):5} listed one by one")
    print(f"{messages} messages, {failed} unexplained differences")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
